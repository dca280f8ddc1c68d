/** What the figures mean, and what they cannot tell. */
@NullMarked
package org.smileadventure.web.meaning;

import org.jspecify.annotations.NullMarked;
