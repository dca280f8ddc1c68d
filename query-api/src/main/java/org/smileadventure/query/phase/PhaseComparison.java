package org.smileadventure.query.phase;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Interval;

/**
 * Figures of the days before something began beside those of the days after, from its own day on.
 * It does not tell that one comes from the other.
 *
 * @param days how many on each side, at most: there is no day after today
 */
record PhaseComparison(Phase phase, int days, List<FigureChange> figures, Instant computedAt) {

  /** One side: the mean of n values. */
  record PhaseSide(LocalDate from, LocalDate to, long n, @Nullable Double mean) {}

  /**
   * A figure.
   *
   * @param difference after − before; null, as is the interval, below 2 values on either side
   * @param interval at 95 %, after Welch
   */
  record FigureChange(
      Figure figure,
      String title,
      String unit,
      PhaseSide before,
      PhaseSide after,
      @Nullable Double difference,
      @Nullable Interval interval,
      Certainty certainty,
      String sentence) {}
}
