package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The means of a value of two lots of sessions.
 *
 * @param difference one − other; null, as is the interval, below 2 values on either side
 * @param interval after Welch, who does not assume equal variances
 * @param certainty too early below 4 values on either side
 */
record Comparison(
    Mean one,
    Mean other,
    @Nullable Double difference,
    @Nullable Interval interval,
    Certainty certainty,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 2;
  private static final int LEAST_N_TO_TELL = 4;

  static Comparison of(Sample one, Sample other, Effect effect) {
    if (one.n() < LEAST_N || other.n() < LEAST_N) {
      return new Comparison(
          mean(one, effect),
          mean(other, effect),
          null,
          null,
          Certainty.TOO_EARLY,
          Lack.ofCases(LEAST_N));
    }
    var difference = difference(one, other) / effect.unit();
    var a = one.variance() / one.n();
    var b = other.variance() / other.n();
    var error = Math.sqrt(a + b) / effect.unit();
    var degreesOfFreedom = degreesOfFreedom(a, one.n(), b, other.n());
    var interval = Interval.around(difference, error * Confidence.standardErrors(degreesOfFreedom));
    return new Comparison(
        mean(one, effect),
        mean(other, effect),
        difference,
        interval,
        Math.min(one.n(), other.n()) < LEAST_N_TO_TELL
            ? Certainty.TOO_EARLY
            : Certainty.of(
                interval,
                Interval.around(
                    difference, error * Confidence.likelyStandardErrors(degreesOfFreedom)),
                effect.matters(difference)),
        null);
  }

  private static Mean mean(Sample sample, Effect effect) {
    return sample.n() == 0
        ? Mean.of(0, sample.sum(), 1)
        : new Mean(sample.n(), sample.mean() / effect.unit(), null);
  }

  /** Exact up to the last step, so that equal means differ by 0. */
  private static double difference(Sample one, Sample other) {
    var numerator =
        one.sum()
            .multiply(BigDecimal.valueOf(other.n()))
            .subtract(other.sum().multiply(BigDecimal.valueOf(one.n())));
    return Sample.quotient(numerator, one.n() * other.n());
  }

  /** Where neither side varies any will do: there is no error to multiply. */
  private static double degreesOfFreedom(double a, long n, double b, long m) {
    return a + b == 0 ? 1 : (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1));
  }
}
