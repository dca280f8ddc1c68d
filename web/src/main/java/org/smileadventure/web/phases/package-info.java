/** What began for a child, and how it played before and after. */
@NullMarked
package org.smileadventure.web.phases;

import org.jspecify.annotations.NullMarked;
