package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;

/**
 * One value of a window's sessions, in its own unit.
 *
 * @param earlySum of the first ⌊n ÷ 2⌋ values
 */
record Series(Values values, Metric metric, BigDecimal earlySum) {

  static Series of(WindowMoments moments, Metric metric) {
    return new Series(
        moments.values(metric),
        metric,
        BigDecimal.valueOf(moments.earlySum(metric), metric.scale()));
  }

  long n() {
    return values.n();
  }

  /** On how many days there is a value. */
  long days() {
    return values.days().size();
  }

  Sample sample() {
    return Sample.of(values, metric);
  }

  BigDecimal sum() {
    return sample().sum();
  }

  /** Null: there is no value. */
  @Nullable BigDecimal min() {
    return n() == 0 ? null : BigDecimal.valueOf(values.min(), metric.scale());
  }

  @Nullable BigDecimal max() {
    return n() == 0 ? null : BigDecimal.valueOf(values.max(), metric.scale());
  }

  /** Needs a value. */
  LocalDate firstDay() {
    return Objects.requireNonNull(values.days().first());
  }

  LocalDate lastDay() {
    return Objects.requireNonNull(values.days().last());
  }

  /** Against days; needs values on 3 of them. */
  LineFit line() {
    var sample = sample();
    return LineFit.of(
        n(),
        BigDecimal.valueOf(values.x()),
        BigDecimal.valueOf(values.xx()),
        sample.sum(),
        sample.sumSq(),
        new BigDecimal(values.xy(), metric.scale()));
  }
}
