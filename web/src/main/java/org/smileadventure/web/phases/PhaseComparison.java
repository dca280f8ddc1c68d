package org.smileadventure.web.phases;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures of the days before something began beside those of the days after. */
public record PhaseComparison(Phase phase, int days, List<Change> figures) {

  /** The mean of n sessions. */
  public record Side(LocalDate from, LocalDate to, long n, @Nullable Double mean) {}

  public record Interval(double low, double high) {}

  /**
   * A figure.
   *
   * @param difference after − before; null, as is the interval, where there is too little
   * @param interval where it lies with a confidence of 95 %
   */
  public record Change(
      String figure,
      String title,
      String unit,
      Side before,
      Side after,
      @Nullable Double difference,
      @Nullable Interval interval,
      String certainty,
      String sentence) {}
}
