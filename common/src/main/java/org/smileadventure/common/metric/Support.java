package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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

    private static Difference of(Comparison compared) {
      return new Difference(
          compared.one(),
          compared.other(),
          compared.difference(),
          compared.interval(),
          compared.lack());
    }
  }

  static Support of(WindowMoments moments) {
    var rating = Series.of(moments, Metric.RATING);
    return new Support(
        Difference.of(engagement(moments)),
        Difference.of(
            Comparison.of(
                sample(moments, Metric.SUPPORTED_SUCCESS),
                sample(moments, Metric.SUCCESS)
                    .minus(sample(moments, Metric.SUPPORTED_SUCCESS))
                    .minus(sample(moments, Metric.SUCCESS_OF_UNKNOWN_SUPPORT)),
                Effect.SUCCESS)),
        new Rating(
            rating.n(),
            rating.n() == 0 ? null : rating.sample().mean(),
            Trend.of(rating, Effect.RATING),
            rating.n() == 0 ? Lack.ofCases(1) : null));
  }

  /** The engagement with a support person beside the one without, and how sure that is. */
  public static Comparison engagement(WindowMoments moments) {
    return Comparison.of(
        sample(moments, Metric.SUPPORTED_ENGAGEMENT),
        // Whoever has an engagement has a start, which tells about support.
        sample(moments, Metric.ENGAGEMENT).minus(sample(moments, Metric.SUPPORTED_ENGAGEMENT)),
        Effect.ENGAGEMENT);
  }

  private static Sample sample(WindowMoments moments, Metric metric) {
    return Sample.of(moments.values(metric), metric);
  }
}
