/**
 * How far a child has got with each scenario, and what to play next: {@link
 * org.smileadventure.query.mastery.MasteryReader}.
 */
package org.smileadventure.query.mastery;
