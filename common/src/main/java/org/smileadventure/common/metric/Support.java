package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a support person makes of it, and what the parents say. */
public record Support(Difference engagement, Difference success, Rating parentRating) {

  /**
   * What parents say.
   *
   * @param mean from 1 to 5; null without a rating
   */
  public record Rating(
      long n, @Nullable Double mean, Trend trend, @JsonUnwrapped @Nullable Lack lack) {}

  /**
   * The difference that a support person makes.
   *
   * @param difference with − without; null, as is the interval, below 2 values on either side
   * @param interval after Welch, who does not assume equal variances
   */
  public record Difference(
      Mean with,
      Mean without,
      @Nullable Double difference,
      @Nullable Interval interval,
      @JsonUnwrapped @Nullable Lack lack) {
    private static final int LEAST_N = 2;

    private static Difference of(Moments with, Moments without) {
      if (with.n() < LEAST_N || without.n() < LEAST_N) {
        return new Difference(mean(with), mean(without), null, null, Lack.ofCases(LEAST_N));
      }
      var difference = difference(with, without);
      return new Difference(
          mean(with),
          mean(without),
          difference,
          Interval.around(difference, margin(with, without)),
          null);
    }

    private static Mean mean(Moments moments) {
      return Mean.of(moments.n(), moments.sum(), 1);
    }

    /** Exact up to the last step, so that equal means differ by 0. */
    private static double difference(Moments with, Moments without) {
      var numerator =
          with.sum()
              .multiply(BigDecimal.valueOf(without.n()))
              .subtract(without.sum().multiply(BigDecimal.valueOf(with.n())));
      return Moments.quotient(numerator, with.n() * without.n());
    }

    private static double margin(Moments with, Moments without) {
      var a = with.variance() / with.n();
      var b = without.variance() / without.n();
      if (a + b == 0) {
        return 0;
      }
      var degreesOfFreedom =
          (a + b) * (a + b) / (a * a / (with.n() - 1) + b * b / (without.n() - 1));
      return Confidence.standardErrors(degreesOfFreedom) * Math.sqrt(a + b);
    }
  }

  static Support of(WindowMoments moments) {
    var total = moments.total();
    var rating = moments.of("rating");
    return new Support(
        difference(moments.of("engagement"), total.supportedEngagement()),
        difference(moments.of("success"), total.supportedSuccess()),
        new Rating(
            rating.n(),
            rating.n() == 0 ? null : rating.moments().mean(),
            Trend.of(rating, Effect.RATING),
            rating.n() == 0 ? Lack.ofCases(1) : null));
  }

  private static Difference difference(Series all, Moments supported) {
    return Difference.of(supported, all.moments().minus(supported));
  }
}
