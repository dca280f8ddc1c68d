package org.smileadventure.web.phases;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Needed;

/**
 * How a child played in a phase, beside the days before it.
 *
 * @param during null: it has not begun
 * @param remarks what else is to be known, a sentence each
 * @param points the values of one figure
 */
public record PhaseEffects(
    Phase phase,
    Range before,
    @Nullable Range during,
    List<FigureEffect> figures,
    List<String> remarks,
    Points points) {

  /** Days, and what was played in them. */
  public record Range(
      LocalDate from,
      LocalDate to,
      long sessions,
      long abandoned,
      double perWeek,
      WithoutPlay withoutPlay) {}

  /** On how many of how many days there was no play. */
  public record WithoutPlay(long days, long of) {}

  /**
   * A figure.
   *
   * @param certainty clear, likely, unclear or too_early
   * @param reading what can be said, in a word
   * @param why what the sentence rests on, a sentence each
   * @param caution what may make it look better than it is; null: nothing known
   * @param change null: there is too little
   */
  public record FigureEffect(
      String figure,
      String title,
      String unit,
      String certainty,
      String reading,
      String sentence,
      List<String> why,
      @Nullable String caution,
      @Nullable Needed needed,
      Side before,
      Side during,
      @Nullable Change change) {
    /** It was getting better, or worse, before the phase and went on so. */
    public boolean wasThereBefore() {
      return reading.startsWith("already_");
    }
  }

  /** One side: n sessions, the middle value and where it went in a week. */
  public record Side(long n, @Nullable Double median, @Nullable Double trendPerWeek) {}

  /** A value, and where it lies with a confidence of 95 %. */
  public record Estimate(double value, double standardError, double low, double high) {}

  /** How far one side is from the other. */
  public record Change(
      double level,
      Estimate nap,
      Estimate tau,
      Estimate correctedTau,
      @Nullable Estimate logResponseRatio,
      double pnd,
      double ird) {}

  public record Value(LocalDate day, double value) {}

  public record Points(String figure, List<Value> before, List<Value> during) {}

  /** The figure of which the points are told. */
  public FigureEffect shown() {
    return figures.stream()
        .filter(told -> told.figure().equals(points.figure()))
        .findFirst()
        .orElseThrow();
  }
}
