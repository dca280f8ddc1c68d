package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.util.List;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.WindowMoments;

/** Those of a window's figures that are kept for lists and for the population. */
public record Headline(Measure score, Measure engagement, Measure success, List<Risk> risks) {

  /** Of the window that ends on {@code last}. */
  public static Headline of(WindowMoments moments, LocalDate last) {
    var score = Measure.of(Series.of(moments, Metric.SCORE), Effect.SCORE);
    return new Headline(
        score,
        Measure.of(Series.of(moments, Metric.ENGAGEMENT), Effect.ENGAGEMENT),
        Measure.of(Series.of(moments, Metric.SUCCESS), Effect.SUCCESS),
        Risk.of(moments, score, last));
  }
}
