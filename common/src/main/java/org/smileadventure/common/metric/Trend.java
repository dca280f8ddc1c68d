package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a value goes over a window, by least squares against time.
 *
 * @param direction null, as is all that rests on the line, below 4 values on 3 days
 * @param interval of the slope per week
 * @param change from the first to the last day that has a value
 * @param earlyAverage mean of the first half of the values, by count; null below 2
 */
public record Trend(
    @Nullable Direction direction,
    @Nullable Double slopePerWeek,
    @Nullable Double standardError,
    @Nullable Interval interval,
    @Nullable Double change,
    long n,
    long days,
    @Nullable Double earlyAverage,
    @Nullable Double lateAverage,
    @JsonUnwrapped @Nullable Lack lack) {
  static final int LEAST_N = 4;
  static final int LEAST_DAYS = 3;
  private static final int DAYS_PER_WEEK = 7;

  /** Whether things get better; which way that is depends on the value. */
  public enum Direction {
    IMPROVING,
    DECLINING,
    STABLE;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Trend of(Series series, Effect effect) {
    var early = earlyAverage(series, effect);
    var late = lateAverage(series, effect);
    if (series.n() < LEAST_N || series.days() < LEAST_DAYS) {
      return new Trend(
          null,
          null,
          null,
          null,
          null,
          series.n(),
          series.days(),
          early,
          late,
          Lack.ofCasesOnDays(LEAST_N, LEAST_DAYS));
    }
    var line = series.line();
    var weekly = (double) DAYS_PER_WEEK / effect.unit();
    var interval = Interval.around(line.slope() * weekly, line.slopeMargin() * weekly);
    var change =
        line.slope() * ChronoUnit.DAYS.between(series.firstDay(), series.lastDay()) / effect.unit();
    return new Trend(
        effect.direction(interval, change),
        line.slope() * weekly,
        line.standardError() * weekly,
        interval,
        change,
        series.n(),
        series.days(),
        early,
        late,
        null);
  }

  boolean is(Direction other) {
    return direction == other;
  }

  private static @Nullable Double earlyAverage(Series series, Effect effect) {
    return series.n() < 2
        ? null
        : Sample.quotient(series.earlySum(), series.n() / 2) / effect.unit();
  }

  private static @Nullable Double lateAverage(Series series, Effect effect) {
    return series.n() < 2
        ? null
        : Sample.quotient(series.sum().subtract(series.earlySum()), series.n() - series.n() / 2)
            / effect.unit();
  }
}
