package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * How a value of sessions is distributed, and where it goes.
 *
 * @param mean null, as are the extremes, without a value
 * @param sd with n − 1 in the denominator; null below 2 values
 * @param lack what it takes for what is null here; the trend has its own
 */
public record Measure(
    long n,
    @Nullable Double mean,
    @Nullable Double sd,
    @Nullable Double min,
    @Nullable Double max,
    @JsonUnwrapped @Nullable Lack lack,
    Trend trend) {

  static Measure of(Series series, Effect effect) {
    var n = series.n();
    return new Measure(
        n,
        n == 0 ? null : series.sample().mean() / effect.unit(),
        n < 2 ? null : Math.sqrt(series.sample().variance()) / effect.unit(),
        inUnits(series.min(), effect),
        inUnits(series.max(), effect),
        n < 2 ? Lack.ofCases(n == 0 ? 1 : 2) : null,
        Trend.of(series, effect));
  }

  boolean hasMeanOf(int cases, DoublePredicate condition) {
    return mean != null && n >= cases && condition.test(mean);
  }

  private static @Nullable Double inUnits(@Nullable BigDecimal value, Effect effect) {
    return value == null ? null : value.doubleValue() / effect.unit();
  }
}
