package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

/**
 * All that is told of a child in a window. A pure function of the window and its moments; what each
 * figure means stands in {@code docs/metrics.md}. Score, engagement and success are on a scale of
 * their own, duration is in minutes, recovery and distress in seconds.
 */
public record WindowFigures(
    Totals totals,
    Share completionRate,
    Measure score,
    Measure engagement,
    Measure success,
    Measure duration,
    Measure recovery,
    Measure distress,
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
    var headline = Headline.of(moments, last);
    var score = headline.score();
    var engagement = headline.engagement();
    var risks = headline.risks();
    var success = Measure.of(Series.of(moments, Metric.SUCCESS), Effect.SUCCESS);
    var duration = Measure.of(Series.of(moments, Metric.DURATION), Effect.MINUTES);
    var calming = Calming.of(moments);
    var chances = Triggers.chances(moments);
    var looks = Looks.at(chances.values(), calming);
    var triggers = Triggers.of(moments, chances, looks);
    var strategies = Strategies.of(moments, calming, looks);
    var bestTime = BestTime.of(moments);
    var support = Support.of(moments);
    return new WindowFigures(
        Totals.of(moments),
        Share.of(moments.sessions(Status.COMPLETED), moments.ended()),
        score,
        engagement,
        success,
        duration,
        Measure.of(Series.of(moments, Metric.RECOVERY), Effect.RECOVERY),
        headline.distress(),
        Forecast.of(Series.of(moments, Metric.SCORE)),
        ScenarioAttempts.of(moments.plays()).stream()
            .map(played -> Learning.of(played.scenario(), played.successRates()))
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
   * The day on which these figures, of the window that ends on {@code last}, will be others
   * although nothing is written: because a day enters or leaves the window or the one before it, a
   * streak breaks or a silence becomes long. Null: never.
   *
   * @param days how many the window has; null: it is that of all days
   */
  public static @Nullable LocalDate dueOn(
      WindowMoments moments, @Nullable Integer days, LocalDate last) {
    var around = moments.surroundings();
    return Stream.of(
            around.nextDay(),
            days == null ? null : moved(moments.firstDay(), days),
            days == null ? null : moved(around.firstDayBefore(), 2L * days),
            moved(moments.completedDays().last(), 2),
            around.lastPlay() == null ? null : Risk.silentFrom(around.lastPlay()))
        .filter(day -> day != null && day.isAfter(last))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable LocalDate moved(@Nullable LocalDate day, long days) {
    return day == null ? null : day.plusDays(days);
  }
}
