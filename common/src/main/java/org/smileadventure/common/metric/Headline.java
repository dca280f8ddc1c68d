package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.util.List;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.WindowMoments;

/**
 * Those of a window's figures that are kept for lists and for the population, and those that the
 * risks rest on.
 */
public record Headline(Measure score, Measure engagement, Measure distress, List<Risk> risks) {

  /** Of the window that ends on {@code last}. */
  public static Headline of(WindowMoments moments, LocalDate last) {
    var score = Measure.of(Series.of(moments, Metric.SCORE), Effect.SCORE);
    var distress = Measure.of(Series.of(moments, Metric.DISTRESS), Effect.DISTRESS);
    return new Headline(
        score,
        Measure.of(Series.of(moments, Metric.ENGAGEMENT), Effect.ENGAGEMENT),
        distress,
        Risk.of(moments, score, distress, last));
  }
}
