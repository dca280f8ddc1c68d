package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.math.MathContext;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Values;

/**
 * How many values, their sum and the sum of their squares; exact, so that it does not matter how
 * they were added up.
 */
record Sample(long n, BigDecimal sum, BigDecimal sumSq) {
  static Sample of(Values values, Metric metric) {
    return new Sample(
        values.n(),
        BigDecimal.valueOf(values.sum(), metric.scale()),
        new BigDecimal(values.sumSq(), 2 * metric.scale()));
  }

  /** Needs n ≥ 1. */
  double mean() {
    return quotient(sum, n);
  }

  /** With n − 1 in the denominator; needs n ≥ 2. */
  double variance() {
    return squaredDeviations().doubleValue() / n / (n - 1);
  }

  /** n times the sum of the squared deviations from the mean. */
  BigDecimal squaredDeviations() {
    return sumSq.multiply(BigDecimal.valueOf(n)).subtract(sum.multiply(sum));
  }

  static double quotient(BigDecimal sum, long n) {
    return sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128).doubleValue();
  }
}
