package org.smileadventure.common.fold;

import java.math.BigDecimal;

/** Quotients of what is counted, rounded once, half up, as PostgreSQL rounds a numeric. */
final class Ratio {
  private Ratio() {}

  /** The nearest integer. Neither number is negative, and the dividend is far from the largest. */
  static long rounded(long dividend, long divisor) {
    return (dividend + divisor / 2) / divisor;
  }

  /** With four decimals. */
  static BigDecimal withFourDecimals(long dividend, long divisor) {
    return BigDecimal.valueOf(rounded(10_000 * dividend, divisor), 4);
  }
}
