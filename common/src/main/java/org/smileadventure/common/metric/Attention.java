package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.WindowMoments;

/**
 * How long the child stays with it: active minutes of a session.
 *
 * @param mean null, as are the three shares, without a session
 * @param high percentage of sessions of at least 20 minutes
 * @param moderate of at least 10 and less than 20
 * @param limited of less than 10
 */
public record Attention(
    long n,
    @Nullable Double mean,
    Trend trend,
    @Nullable Double high,
    @Nullable Double moderate,
    @Nullable Double limited,
    @JsonUnwrapped @Nullable Lack lack) {

  static Attention of(WindowMoments moments) {
    var active = Series.of(moments, Metric.ACTIVE);
    var n = active.n();
    var high = moments.attentionHigh();
    var moderate = moments.attentionModerate();
    return new Attention(
        n,
        n == 0 ? null : active.sample().mean() / Effect.MINUTES.unit(),
        Trend.of(active, Effect.MINUTES),
        Share.percentageOrNull(high, n),
        Share.percentageOrNull(moderate, n),
        Share.percentageOrNull(n - high - moderate, n),
        n == 0 ? Lack.ofCases(1) : null);
  }
}
