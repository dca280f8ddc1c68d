/** How a child felt, what upset it and what helped. */
@NullMarked
package org.smileadventure.web.feelings;

import org.jspecify.annotations.NullMarked;
