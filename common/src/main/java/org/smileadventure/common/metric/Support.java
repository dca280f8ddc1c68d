package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.WindowMoments;

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

    private static Difference of(Sample with, Sample without) {
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

    private static Mean mean(Sample sample) {
      return Mean.of(sample.n(), sample.sum(), 1);
    }

    /** Exact up to the last step, so that equal means differ by 0. */
    private static double difference(Sample with, Sample without) {
      var numerator =
          with.sum()
              .multiply(BigDecimal.valueOf(without.n()))
              .subtract(without.sum().multiply(BigDecimal.valueOf(with.n())));
      return Sample.quotient(numerator, with.n() * without.n());
    }

    private static double margin(Sample with, Sample without) {
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
    var rating = Series.of(moments, Metric.RATING);
    return new Support(
        Difference.of(
            sample(moments, Metric.SUPPORTED_ENGAGEMENT),
            // Whoever has an engagement has a start, which tells about support.
            sample(moments, Metric.ENGAGEMENT).minus(sample(moments, Metric.SUPPORTED_ENGAGEMENT))),
        Difference.of(
            sample(moments, Metric.SUPPORTED_SUCCESS),
            sample(moments, Metric.SUCCESS)
                .minus(sample(moments, Metric.SUPPORTED_SUCCESS))
                .minus(sample(moments, Metric.SUCCESS_OF_UNKNOWN_SUPPORT))),
        new Rating(
            rating.n(),
            rating.n() == 0 ? null : rating.sample().mean(),
            Trend.of(rating, Effect.RATING),
            rating.n() == 0 ? Lack.ofCases(1) : null));
  }

  private static Sample sample(WindowMoments moments, Metric metric) {
    return Sample.of(moments.values(metric), metric);
  }
}
