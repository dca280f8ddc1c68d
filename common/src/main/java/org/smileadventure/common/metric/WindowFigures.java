package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is told of a child in a window. A pure function of the window and its moments; what each
 * figure means stands in {@code docs/metrics.md}. Score, engagement and success are on a scale of
 * their own, duration is in minutes, recovery in seconds.
 */
public record WindowFigures(
    Totals totals,
    Share completionRate,
    Measure score,
    Measure engagement,
    Measure success,
    Measure duration,
    Measure recovery,
    Forecast forecast,
    List<Learning> learning,
    Consistency consistency,
    Attention attention,
    Emotions emotions,
    Triggers triggers,
    Strategies strategies,
    BestTime bestTime,
    Support support,
    List<Risk> risks,
    List<Recommendation> recommendations,
    Activities activities) {

  /**
   * The figures of the window that ends on {@code last}.
   *
   * @param first the window's first day; null: it has none
   */
  public static WindowFigures of(WindowMoments moments, @Nullable LocalDate first, LocalDate last) {
    var total = moments.total();
    var score = Measure.of(moments.of("score"), Effect.SCORE);
    var engagement = Measure.of(moments.of("engagement"), Effect.ENGAGEMENT);
    var success = Measure.of(moments.of("success"), Effect.SUCCESS);
    var duration = Measure.of(moments.of("duration"), Effect.MINUTES);
    var triggers = Triggers.of(moments);
    var strategies = Strategies.of(moments);
    var bestTime = BestTime.of(moments);
    var support = Support.of(moments);
    var risks = Risk.of(moments, score, last);
    return new WindowFigures(
        Totals.of(moments),
        Share.of(total.completed(), total.ended()),
        score,
        engagement,
        success,
        duration,
        Measure.of(moments.of("recovery"), Effect.RECOVERY),
        Forecast.of(moments.of("score")),
        moments.scenarios().stream()
            .map(scenario -> Learning.of(scenario.scenario(), scenario.successRates()))
            .sorted(Comparator.comparing(Learning::scenario, CodePoints.ORDER))
            .toList(),
        Consistency.of(moments, score, first, last),
        Attention.of(moments),
        Emotions.of(moments),
        triggers,
        strategies,
        bestTime,
        support,
        risks,
        Recommendation.of(
            risks, engagement, success, duration, bestTime, triggers, strategies, support),
        Activities.of(moments));
  }

  /**
   * The day on which these figures, of the window of so many days that ends on {@code last}, will
   * be others although nothing is written: because a day enters or leaves the window or the one
   * before it, a streak breaks or a silence becomes long. Null: never.
   */
  public static @Nullable LocalDate dueOn(WindowMoments moments, int days, LocalDate last) {
    return Stream.of(
            moments.nextDay(),
            moved(moments.firstDay(), days),
            moved(moments.firstDayBefore(), 2L * days),
            moments.streak() == null ? null : moments.streak().lastDay().plusDays(2),
            moments.lastPlay() == null ? null : Risk.silentFrom(moments.lastPlay()))
        .filter(day -> day != null && day.isAfter(last))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable LocalDate moved(@Nullable LocalDate day, long days) {
    return day == null ? null : day.plusDays(days);
  }
}
