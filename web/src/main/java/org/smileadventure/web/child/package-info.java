/** A child: the period in four sentences, and each of its figures. */
@NullMarked
package org.smileadventure.web.child;

import org.jspecify.annotations.NullMarked;
