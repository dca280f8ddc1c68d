package org.smileadventure.query.effect;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.PhaseEffect;
import org.smileadventure.common.metric.PhaseFigure;
import org.smileadventure.query.phase.Phase;
import org.smileadventure.query.words.Missing;

/**
 * How a child played in a phase, beside the days before it. It does not tell that the phase made
 * the difference.
 *
 * @param during null: the phase has not begun
 * @param remarks what else is to be known, a sentence each
 * @param others phases that begin or end in these days
 * @param points the values of one figure
 */
public record PhaseEffects(
    Phase phase,
    Range before,
    @Nullable Range during,
    List<FigureEffect> figures,
    List<String> remarks,
    List<Phase> others,
    Points points,
    Instant computedAt) {

  /**
   * Days, both ends in them, and what was played, whatever became of the sessions.
   *
   * @param ended sessions that are over
   */
  public record Range(
      LocalDate from,
      LocalDate to,
      long sessions,
      long ended,
      long abandoned,
      double perWeek,
      DaysWithoutPlay withoutPlay) {}

  /**
   * A figure.
   *
   * @param better up or down
   * @param why what the sentence rests on
   * @param caution what may make the figure look better than it is; null: nothing known
   * @param needed null: there is enough to tell
   */
  public record FigureEffect(
      @JsonUnwrapped PhaseEffect effect,
      String title,
      String unit,
      String better,
      String sentence,
      List<String> why,
      @Nullable String caution,
      @Nullable Missing needed) {}

  /** The values of a figure, of each session in its order. */
  public record Points(
      PhaseFigure figure, List<PhaseEffect.Value> before, List<PhaseEffect.Value> during) {}

  /** What is told of a figure. */
  public FigureEffect of(PhaseFigure figure) {
    return figures.stream()
        .filter(told -> told.effect().figure() == figure)
        .findFirst()
        .orElseThrow();
  }
}
