package org.smileadventure.common.statistic;

/**
 * A value and how sure it is: its standard error, and the intervals at 95 % ({@code low}, {@code
 * high}) and at 80 % ({@code likelyLow}, {@code likelyHigh}).
 */
public record Estimate(
    double value,
    double standardError,
    double low,
    double high,
    double likelyLow,
    double likelyHigh) {

  /** With intervals of the normal distribution. */
  static Estimate normal(double value, double standardError) {
    return within(value, standardError, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** The same of a value that cannot be below {@code least} or above {@code most}. */
  static Estimate within(double value, double standardError, double least, double most) {
    var margin = Quantiles.NORMAL * standardError;
    var likely = Quantiles.LIKELY_NORMAL * standardError;
    return new Estimate(
        value,
        standardError,
        Math.max(least, value - margin),
        Math.min(most, value + margin),
        Math.max(least, value - likely),
        Math.min(most, value + likely));
  }

  /** Whether the 95 % interval lies on one side of {@code none}. */
  public boolean leavesOut(double none) {
    return none < low || none > high;
  }

  /** Whether the 80 % interval does. */
  public boolean likelyLeavesOut(double none) {
    return none < likelyLow || none > likelyHigh;
  }
}
