package org.smileadventure.query.picture;

import java.awt.geom.Rectangle2D;
import java.time.LocalDate;
import java.util.List;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.smileadventure.common.metric.DaysWithoutPlay;

/** A strip below the values of a course: dark on the days without play. */
record Strip(List<DaysWithoutPlay.Stretch> stretches) {
  /** How much of the range of values it takes. */
  private static final double SHARE = 0.04;

  private static final double HALF_A_DAY = 0.5;

  /** Where an axis begins that has room for it. */
  double below(double low, double high) {
    return stretches.isEmpty() ? low : low - SHARE * (high - low);
  }

  void draw(XYPlot plot, LocalDate from, LocalDate to, double low, double high) {
    var below = below(low, high);
    var height = (low - below) * 0.7;
    for (var stretch : stretches) {
      var first = Math.max(stretch.from().toEpochDay(), from.toEpochDay()) - HALF_A_DAY;
      var last = Math.min(stretch.to().toEpochDay(), to.toEpochDay()) + HALF_A_DAY;
      if (last > first) {
        plot.addAnnotation(
            new XYShapeAnnotation(
                new Rectangle2D.Double(first, below, last - first, height),
                null,
                null,
                Tone.MUTED.color()));
      }
    }
  }
}
