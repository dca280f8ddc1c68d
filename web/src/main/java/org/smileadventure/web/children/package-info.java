/** The children of who looks, at a glance. */
@NullMarked
package org.smileadventure.web.children;

import org.jspecify.annotations.NullMarked;
