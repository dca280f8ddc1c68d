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
    var margin = Quantiles.NORMAL * standardError;
    var likely = Quantiles.LIKELY_NORMAL * standardError;
    return new Estimate(
        value, standardError, value - margin, value + margin, value - likely, value + likely);
  }

  /** Whether the 95 % interval lies on one side of {@code none}. */
  public boolean leavesOut(double none) {
    return none < low || none > high;
  }
}
