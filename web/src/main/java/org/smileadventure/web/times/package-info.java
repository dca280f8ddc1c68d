/** When a child plays best, with whom, and how regularly. */
@NullMarked
package org.smileadventure.web.times;

import org.jspecify.annotations.NullMarked;
