package org.smileadventure.query.picture;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.time.LocalDate;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.language.Language;
import org.smileadventure.query.picture.Tone.Hold;

/**
 * A figure before a phase and in it, session by session: rings before, diamonds in it; the middle
 * value of each as a thick line; and the trend of the days before, which goes on as a dashed line.
 *
 * @param axis what is measured, and its unit
 * @param key what the marks are; it stands above
 * @param remark stands in the picture where there is too little; null: nothing
 * @param high where the axis ends; null: where the points have room
 * @param begins the first day of the phase
 * @param phases this one first, and others that begin or end in these days
 * @param trend of the days before; null: there is too little
 */
public record TwoPhases(
    Language language,
    String title,
    String description,
    String axis,
    String key,
    @Nullable String remark,
    @Nullable Double high,
    LocalDate from,
    LocalDate begins,
    LocalDate to,
    List<Course.Phase> phases,
    Side before,
    Side during,
    @Nullable Trend trend,
    List<DaysWithoutPlay.Stretch> withoutPlay)
    implements Picture {
  private static final int HEIGHT = 350;
  private static final int LINE_HEIGHT = 25;
  private static final double RADIUS = 4.5;

  /** A session. */
  public record Point(LocalDate day, double value) {}

  /**
   * One side.
   *
   * @param median null: there is no session
   * @param words of the median
   */
  public record Side(List<Point> points, @Nullable Double median, String words) {}

  /** A line between two days. */
  public record Trend(LocalDate from, double valueFrom, LocalDate to, double valueTo) {
    double at(double day) {
      var length = (double) to.toEpochDay() - from.toEpochDay();
      var share = length == 0 ? 0 : (day - from.toEpochDay()) / length;
      return valueFrom + share * (valueTo - valueFrom);
    }
  }

  @Override
  public int height() {
    return HEIGHT + LINE_HEIGHT * Frame.lines(key, Frame.SMALL);
  }

  @Override
  public JFreeChart chart() {
    var top = top();
    var plot =
        Frame.course(language, from, to, 0, top, Steps.numbers(0, top, language), withoutPlay);
    var lines = new XYSeriesCollection();
    var lined = new XYLineAndShapeRenderer(true, false);
    if (trend != null) {
      add(
          lines,
          lined,
          segment("before", trend, at(from), at(begins) - 1, top),
          Frame.OUTLINE,
          Tone.SECOND);
      add(
          lines,
          lined,
          segment("then", trend, at(begins) - 1, at(to), top),
          Frame.DASHED,
          Tone.SECOND);
    }
    add(lines, lined, level("middle before", before, at(from), at(begins) - 1), THICK, Tone.FIRST);
    add(lines, lined, level("middle then", during, at(begins), at(to)), THICK, Tone.FIRST);
    plot.setDataset(0, points());
    plot.setRenderer(0, new Marks());
    plot.setDataset(1, lines);
    plot.setRenderer(1, lined);
    words(plot, before, at(from), TextAnchor.BOTTOM_LEFT, Hold.START_ABOVE, top);
    words(plot, during, at(to), TextAnchor.BOTTOM_RIGHT, Hold.END_ABOVE, top);
    Frame.tell(plot, from, to, 0, phases, remark);
    return Frame.around(plot, axis, key);
  }

  private static final BasicStroke THICK =
      new BasicStroke(4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  private static double at(LocalDate day) {
    return (double) day.toEpochDay();
  }

  private double top() {
    if (high != null) {
      return high;
    }
    var largest = 0.0;
    for (var side : List.of(before, during)) {
      for (var point : side.points()) {
        largest = Math.max(largest, point.value());
      }
    }
    return Steps.roundUp(largest * 1.05);
  }

  private static void add(
      XYSeriesCollection lines,
      XYLineAndShapeRenderer renderer,
      XYSeries line,
      java.awt.Stroke stroke,
      Tone tone) {
    var number = lines.getSeriesCount();
    lines.addSeries(line);
    renderer.setSeriesPaint(number, tone.color());
    renderer.setSeriesStroke(number, stroke);
  }

  /** As far as it is within the picture. */
  private static XYSeries segment(String key, Trend trend, double first, double last, double top) {
    var line = new XYSeries(key, false, true);
    var slope = trend.at(first + 1) - trend.at(first);
    var start = first;
    var end = last;
    if (slope != 0) {
      var atZero = first - trend.at(first) / slope;
      var atTop = first + (top - trend.at(first)) / slope;
      start = Math.max(first, Math.min(atZero, atTop));
      end = Math.min(last, Math.max(atZero, atTop));
    }
    if (end > start) {
      line.add(start, Math.clamp(trend.at(start), 0, top));
      line.add(end, Math.clamp(trend.at(end), 0, top));
    }
    return line;
  }

  private static XYSeries level(String key, Side side, double first, double last) {
    var line = new XYSeries(key, false, true);
    if (side.median() != null) {
      line.add(first - 0.5, side.median());
      line.add(last + 0.5, side.median());
    }
    return line;
  }

  private static void words(
      XYPlot plot, Side side, double day, TextAnchor anchor, Hold hold, double top) {
    if (side.median() != null) {
      var words =
          new XYTextAnnotation(
              side.words(), day, Math.min(side.median() + top * 0.015, top * 0.93));
      words.setFont(Frame.SMALL);
      words.setPaint(Tone.INK.color(hold));
      words.setTextAnchor(anchor);
      plot.addAnnotation(words);
    }
  }

  private XYSeriesCollection points() {
    var points = new XYSeriesCollection();
    for (var side : List.of(before, during)) {
      var series = new XYSeries(points.getSeriesCount(), false, true);
      side.points().forEach(point -> series.add(at(point.day()), point.value()));
      points.addSeries(series);
    }
    return points;
  }

  private static final class Marks extends XYLineAndShapeRenderer {
    private static final long serialVersionUID = 1;

    Marks() {
      super(false, true);
      setUseOutlinePaint(true);
      setUseFillPaint(true);
      setSeriesPaint(0, Tone.FIRST.color());
      setSeriesFillPaint(0, Tone.PAPER.color());
      setSeriesOutlinePaint(0, Tone.FIRST.color());
      setSeriesOutlineStroke(0, new BasicStroke(1.5f));
      setSeriesPaint(1, Tone.FIRST.color());
      setSeriesFillPaint(1, Tone.FIRST.color());
      setSeriesOutlinePaint(1, Tone.PAPER.color());
      setSeriesOutlineStroke(1, new BasicStroke(1f));
    }

    @Override
    public Shape getItemShape(int row, int column) {
      if (row == 0) {
        return new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS);
      }
      var reach = RADIUS * 1.3;
      var diamond = new Path2D.Double();
      diamond.moveTo(0, -reach);
      diamond.lineTo(reach, 0);
      diamond.lineTo(0, reach);
      diamond.lineTo(-reach, 0);
      diamond.closePath();
      return diamond;
    }
  }
}
