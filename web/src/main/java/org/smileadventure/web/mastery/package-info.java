/** How far a child has got with each scenario, and what to play next. */
@NullMarked
package org.smileadventure.web.mastery;

import org.jspecify.annotations.NullMarked;
