package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Objects;
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
      Certainty certainty,
      @JsonUnwrapped @Nullable Lack lack) {

    private static Difference of(Comparison compared) {
      return new Difference(
          compared.one(),
          compared.other(),
          compared.difference(),
          compared.interval(),
          compared.certainty(),
          compared.lack());
    }

    /** Whether it may be told that there is more with somebody there. */
    public boolean helps() {
      return certainty.tells() && difference != null && difference > 0;
    }
  }

  static Support of(WindowMoments moments) {
    var rating = Series.of(moments, Metric.RATING);
    return new Support(
        Difference.of(compare(moments, Metric.ENGAGEMENT, Effect.ENGAGEMENT)),
        Difference.of(compare(moments, Metric.SUCCESS, Effect.SUCCESS)),
        new Rating(
            rating.n(),
            rating.n() == 0 ? null : rating.sample().mean(),
            Trend.of(rating, Effect.RATING),
            rating.n() == 0 ? Lack.ofCases(1) : null));
  }

  /** A session of which nobody knows whether somebody was there is on neither side. */
  private static Comparison compare(WindowMoments moments, Metric metric, Effect effect) {
    return Comparison.of(sample(moments, metric, true), sample(moments, metric, false), effect);
  }

  private static Sample sample(WindowMoments moments, Metric metric, boolean supported) {
    var plays = moments.plays();
    return Sample.of(
        plays.values(metric, play -> Objects.equals(plays.supported(play), supported)), metric);
  }
}
