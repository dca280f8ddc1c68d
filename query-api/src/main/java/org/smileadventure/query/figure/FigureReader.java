package org.smileadventure.query.figure;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Needed;
import org.smileadventure.common.metric.Points;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.phase.Phase;
import org.smileadventure.query.phase.PhaseReader;
import org.smileadventure.query.words.FigureWords;
import org.smileadventure.query.words.Missing;
import org.smileadventure.query.words.PaceWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads one figure of a child in a period. Its points, too, come from what the window was folded
 * from, so that no session is read for them.
 */
@Component
public class FigureReader {
  private final JdbcClient jdbc;
  private final PhaseReader phases;

  FigureReader(JdbcClient jdbc, PhaseReader phases) {
    this.jdbc = jdbc;
    this.phases = phases;
  }

  /**
   * A figure that was read.
   *
   * @param validUntil the child's next midnight, when the days of a window become others
   */
  public record Read(FigureAnswer answer, Instant validUntil) {}

  /**
   * The figure at this time; empty if the viewer may not see the child, or there is none. In a
   * transaction to which the child was opened.
   */
  public Optional<Read> read(
      Viewer viewer, ChildId child, Period period, Figure figure, Language language, Instant now) {
    return FigureWindow.read(jdbc, viewer, child, period, now)
        .map(
            window ->
                new Read(
                    answer(window, figure, phases.of(child), language, now), window.validUntil()));
  }

  /** The figure of a window that was read, with the phases of its child. */
  public static FigureAnswer answer(
      FigureWindow window, Figure figure, List<Phase> known, Language language, Instant now) {
    var moments = window.moments();
    var measure = figure.measure(moments);
    var certainty = measure.trend().certainty();
    var band = figure.band(moments);
    var points = points(window, figure);
    var words = new FigureWords(language, window.name(), figure);
    return new FigureAnswer(
        window.days().child().value(),
        figure,
        window.frame(),
        figure.unit(),
        figure.upIsGood() ? "up" : "down",
        certainty,
        words.title(),
        words.sentence(certainty, measure, band),
        words.means(),
        words.why(measure, moments),
        window.caution(figure, measure, language).orElse(null),
        Needed.of(figure, moments, window.lately(), window.today(), window.length())
            .map(needed -> Missing.of(language, needed))
            .orElse(null),
        measure,
        before(window, figure, words),
        points.grain(),
        points.items(),
        band,
        silence(window, language),
        beginnings(window, known),
        now);
  }

  private static Points points(FigureWindow window, Figure figure) {
    var days = window.days();
    var first = days.first();
    var plays = window.moments().plays();
    return first == null
        ? Points.ofMonths(figure, days.last(), plays)
        : Points.of(figure, first, days.last(), plays);
  }

  private static FigureAnswer.@Nullable PeriodBefore before(
      FigureWindow window, Figure figure, FigureWords words) {
    var moments = window.before();
    var days = window.days().before();
    if (moments == null || days == null) {
      return null;
    }
    var measure = figure.measure(moments);
    return new FigureAnswer.PeriodBefore(
        requireNonNull(days.first()), days.last(), measure, words.before(measure));
  }

  private static FigureAnswer.Silence silence(FigureWindow window, Language language) {
    var days = window.withoutPlay();
    return new FigureAnswer.Silence(days, new PaceWords(language, window.name()).without(days));
  }

  /** Those that begin or end in the window. */
  private static List<FigureAnswer.Beginning> beginnings(FigureWindow window, List<Phase> known) {
    return known.stream()
        .filter(p -> p.beginsOrEndsIn(window.days().first(), window.days().last()))
        .map(p -> new FigureAnswer.Beginning(p.id(), p.day(), p.until(), p.kind(), p.label()))
        .toList();
  }
}
