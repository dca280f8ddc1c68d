package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Plays;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;

/** One value of a window's sessions, in its own unit. */
record Series(Plays plays, Values values, Metric metric) {

  static Series of(WindowMoments moments, Metric metric) {
    return new Series(moments.plays(), moments.values(metric), metric);
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

  /** Of the first ⌊n ÷ 2⌋ values. */
  BigDecimal earlySum() {
    return BigDecimal.valueOf(plays.earlySum(metric), metric.scale());
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
