package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.statistic.RobustLine;

/**
 * Where a value goes within scenarios: the one slope that is left when each scenario has a level of
 * its own. So a change to an easier scenario is no progress.
 *
 * @param agreement null, as is all that rests on the slope, if too few sessions are left
 * @param interval of the slope per week
 * @param change over the days of the trend over all
 * @param n sessions with a value of scenarios that have two at least
 * @param scenarios how many these are
 */
public record WithinScenarios(
    @Nullable Agreement agreement,
    @Nullable Double slopePerWeek,
    @Nullable Double standardError,
    @Nullable Interval interval,
    @Nullable Double change,
    long n,
    int scenarios,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 8;

  /** What the two trends, over all and within scenarios, say to each other. */
  public enum Agreement {
    /** Both tell of the same change, or neither of any. */
    AGREES,
    /** Over all there is a change, and none that can be told within scenarios. */
    ONLY_OVER_ALL,
    /** There is one within scenarios, and none that can be told over all. */
    ONLY_WITHIN,
    OPPOSITE;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a window without a trend. */
  static WithinScenarios none(Series series) {
    return lacking(series.inScenarios(), LEAST_N);
  }

  /**
   * Beside the trend over all.
   *
   * @param certainty of the change over all
   */
  static WithinScenarios of(Series series, Effect effect, Certainty certainty, double change) {
    var repeated = series.inScenarios();
    var needed = (int) Math.max(LEAST_N, (series.n() + 1) / 2);
    if (repeated.n() < needed) {
      return lacking(repeated, needed);
    }
    return series
        .lineWithinScenarios()
        .map(line -> of(line, repeated, series, effect, certainty, change))
        .orElseGet(() -> lacking(repeated, needed));
  }

  private static WithinScenarios lacking(Series.InScenarios repeated, int needed) {
    return new WithinScenarios(
        null,
        null,
        null,
        null,
        null,
        repeated.n(),
        repeated.scenarios(),
        Lack.ofCasesOnDays(needed, Trend.LEAST_DAYS));
  }

  private static WithinScenarios of(
      RobustLine line,
      Series.InScenarios repeated,
      Series series,
      Effect effect,
      Certainty overAll,
      double changeOverAll) {
    var weekly = effect.perWeek();
    var slope = line.slope() * weekly;
    var interval = Interval.around(slope, line.margin() * weekly);
    var change = line.slope() * series.length() / effect.unit();
    var certainty =
        Certainty.of(
            interval, Interval.around(slope, line.likelyMargin() * weekly), effect.matters(change));
    return new WithinScenarios(
        agreement(overAll.tells(), changeOverAll, certainty.tells(), change),
        slope,
        line.standardError() * weekly,
        interval,
        change,
        repeated.n(),
        repeated.scenarios(),
        null);
  }

  private static Agreement agreement(
      boolean toldOverAll, double overAll, boolean toldWithin, double within) {
    if (toldOverAll && toldWithin) {
      return overAll > 0 == within > 0 ? Agreement.AGREES : Agreement.OPPOSITE;
    }
    if (toldOverAll) {
      return Agreement.ONLY_OVER_ALL;
    }
    return toldWithin ? Agreement.ONLY_WITHIN : Agreement.AGREES;
  }

  /** Whether the trend over all cannot be told because this one says something else. */
  public boolean disagrees() {
    return agreement != null && agreement != Agreement.AGREES;
  }
}
