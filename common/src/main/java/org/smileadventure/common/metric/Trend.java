package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a value goes over a window, by least squares against time. Its error and its interval hold
 * where a session resembles the one before it, too.
 *
 * @param direction null, as is all that rests on the line, below 4 values on 3 days; stable where
 *     the trend {@code within} scenarios disagrees
 * @param interval of the slope per week
 * @param change from the first to the last day that has a value
 * @param lag1 how much what the line leaves of a session resembles what it leaves of the one
 *     before: their autocorrelation; null too if it leaves nothing
 * @param earlyAverage mean of the first half of the values, by count; null below 2
 */
public record Trend(
    @Nullable Direction direction,
    Certainty certainty,
    @Nullable Double slopePerWeek,
    @Nullable Double standardError,
    @Nullable Interval interval,
    @Nullable Double change,
    @Nullable Double lag1,
    long n,
    long days,
    @Nullable Double earlyAverage,
    @Nullable Double lateAverage,
    WithinScenarios within,
    @JsonUnwrapped @Nullable Lack lack) {
  static final int LEAST_N = 4;
  static final int LEAST_DAYS = 3;

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
    var half = series.n() / 2;
    var earlySum = series.earlySum();
    var early = half == 0 ? null : average(earlySum, half, effect);
    var late =
        half == 0 ? null : average(series.sum().subtract(earlySum), series.n() - half, effect);
    if (!series.hasLine(LEAST_N)) {
      return new Trend(
          null,
          Certainty.TOO_EARLY,
          null,
          null,
          null,
          null,
          null,
          series.n(),
          series.days(),
          early,
          late,
          WithinScenarios.none(series),
          Lack.ofCasesOnDays(LEAST_N, LEAST_DAYS));
    }
    var line = series.line();
    var weekly = effect.perWeek();
    var slope = line.slope() * weekly;
    var interval = Interval.around(slope, line.slopeMargin() * weekly);
    var likely = Interval.around(slope, line.likelySlopeMargin() * weekly);
    var change = line.slope() * series.length() / effect.unit();
    var overAll = Certainty.of(interval, likely, effect.matters(change));
    var within = WithinScenarios.of(series, effect, overAll, change);
    var certainty = within.disagrees() ? Certainty.UNCLEAR : overAll;
    return new Trend(
        certainty == Certainty.CLEAR ? effect.direction(change) : Direction.STABLE,
        certainty,
        slope,
        line.standardError() * weekly,
        interval,
        change,
        line.robust().lag1(),
        series.n(),
        series.days(),
        early,
        late,
        within,
        null);
  }

  boolean is(Direction other) {
    return direction == other;
  }

  private static Double average(BigDecimal sum, long n, Effect effect) {
    return Sample.quotient(sum, n) / effect.unit();
  }
}
