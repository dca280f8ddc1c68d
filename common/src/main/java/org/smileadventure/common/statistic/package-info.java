/**
 * Statistics as pure functions over arrays of numbers: {@link SingleCase} compares two phases of
 * one child, {@link RobustLine} finds a trend, {@link RandomEffects} pools many children. It knows
 * nothing of children, sessions or figures, and what it answers is never NaN or infinite.
 */
package org.smileadventure.common.statistic;
