package org.smileadventure.query.figure;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.Points;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.words.Missing;

/**
 * A figure of a child in a window. What is text is in the language that was asked for.
 *
 * @param unit points, of_100, percent, minutes, seconds or of_5
 * @param better up or down
 * @param sentence how it goes
 * @param means what the figure is
 * @param why what the sentence rests on
 * @param caution what may make the figure look better than it is; null: nothing is known
 * @param needed null: there is enough to tell
 * @param before null: there is nothing before all days
 * @param points at most 92; of all days 120
 * @param band of the line, from the first to the last day with a value; empty if there is no line
 * @param withoutPlay days of the window without any session
 * @param phases those that began or ended in the window
 */
public record FigureAnswer(
    long childId,
    Figure figure,
    ChildAnalytics.Frame window,
    String unit,
    String better,
    Certainty certainty,
    String title,
    String sentence,
    String means,
    List<String> why,
    @Nullable String caution,
    @Nullable Missing needed,
    Measure measure,
    @Nullable PeriodBefore before,
    Points.Grain grain,
    List<Points.Point> points,
    List<Figure.Fitted> band,
    Silence withoutPlay,
    List<Beginning> phases,
    Instant computedAt) {

  /** As many days before the window. */
  public record PeriodBefore(LocalDate from, LocalDate to, Measure measure, String sentence) {}

  /** How many days were without play, in words too. */
  public record Silence(@JsonUnwrapped DaysWithoutPlay days, String sentence) {}

  /**
   * A phase, as a line in a picture.
   *
   * @param until the last day; null: it goes on
   */
  public record Beginning(
      UUID id, LocalDate day, @Nullable LocalDate until, String kind, String label) {}
}
