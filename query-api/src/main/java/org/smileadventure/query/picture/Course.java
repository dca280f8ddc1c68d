package org.smileadventure.query.picture;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.language.Language;
import org.smileadventure.query.picture.Tone.Hold;

/**
 * How a figure went: a point for each day, week or month, the larger the more it rests on; the line
 * through them with its band, if there is one; the mean of the period before; and what began
 * meanwhile.
 *
 * @param axis what is measured, and its unit
 * @param remark stands in the picture where there is no line; null: nothing
 * @param low where the axis begins
 * @param high where it ends; null: where the points have room
 * @param key what the strip below is; null: there is none
 * @param withoutPlay days without play, as a strip below
 * @param fits in the order of their days; none: there is too little for a line
 */
public record Course(
    Language language,
    String title,
    String description,
    String axis,
    @Nullable String key,
    @Nullable String remark,
    double low,
    @Nullable Double high,
    LocalDate from,
    LocalDate to,
    List<Point> points,
    List<Fit> fits,
    @Nullable Before before,
    List<Phase> phases,
    List<DaysWithoutPlay.Stretch> withoutPlay)
    implements Picture {
  private static final int HEIGHT = 350;
  private static final double LEAST_RADIUS = 4;
  private static final double LARGEST_RADIUS = 8;
  private static final int LABEL_ROWS = 3;
  private static final double LABEL_HEIGHT = 24;

  /** The mean of n values about a day. */
  public record Point(LocalDate day, long n, double mean) {}

  /** The line at a day, and its band. */
  public record Fit(LocalDate day, double value, double low, double high) {}

  /** The mean of the period before, with the words for it. */
  public record Before(double mean, String words) {}

  /** What began or ended on a day. */
  public record Phase(LocalDate day, String words) {
    /**
     * Its line, which stands before the day.
     *
     * @param middle of the picture, as an epoch day
     */
    ValueMarker line(int row, double middle) {
      var line = new ValueMarker(at(day) - 0.5, Tone.SECOND.color(), Frame.DOTTED);
      line.setAlpha(1f);
      line.setLabel(Words.shortened(words));
      line.setLabelFont(Frame.SMALL);
      line.setLabelBackgroundColor(new java.awt.Color(0, 0, 0, 0));
      var toTheLeft = at(day) > middle;
      line.setLabelPaint(Tone.SECOND.color(toTheLeft ? Hold.END_ABOVE : Hold.START_ABOVE));
      line.setLabelAnchor(toTheLeft ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
      line.setLabelTextAnchor(toTheLeft ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
      line.setLabelOffset(new RectangleInsets(2 + row % LABEL_ROWS * LABEL_HEIGHT, 5, 2, 5));
      return line;
    }
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public JFreeChart chart() {
    var top = top();
    var empty = high == null && top == low;
    var plot =
        Frame.course(
            language,
            from,
            to,
            low,
            empty ? low + 1 : top,
            empty ? List.of() : Steps.numbers(low, top, language),
            withoutPlay);
    plot.setDataset(0, line());
    plot.setRenderer(0, lineRenderer());
    plot.setDataset(1, dots());
    plot.setRenderer(1, new Dots(points));
    if (before != null) {
      plot.addRangeMarker(beforeMarker(before, top), Layer.FOREGROUND);
    }
    Frame.tell(plot, from, to, low, phases, remark);
    return Frame.around(plot, axis, key);
  }

  private static double at(LocalDate day) {
    return (double) day.toEpochDay();
  }

  private double top() {
    if (high != null) {
      return high;
    }
    var largest = before == null ? low : before.mean();
    for (var point : points) {
      largest = Math.max(largest, point.mean());
    }
    for (var fit : fits) {
      largest = Math.max(largest, fit.value());
    }
    return largest == low ? low : Steps.roundUp(largest * 1.05);
  }

  private YIntervalSeriesCollection line() {
    var series = new YIntervalSeries("line");
    var top = top();
    for (var fit : fits) {
      series.add(
          at(fit.day()),
          Math.clamp(fit.value(), low, top),
          Math.clamp(fit.low(), low, top),
          Math.clamp(fit.high(), low, top));
    }
    var data = new YIntervalSeriesCollection();
    data.addSeries(series);
    return data;
  }

  private static DeviationRenderer lineRenderer() {
    var renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(1f);
    renderer.setSeriesPaint(0, Tone.FIRST.color());
    renderer.setSeriesFillPaint(0, Tone.BAND.color());
    renderer.setSeriesStroke(0, Frame.LINE);
    return renderer;
  }

  private XYSeriesCollection dots() {
    var series = new XYSeries("points", false, true);
    for (var point : points) {
      series.add(at(point.day()), point.mean());
    }
    return new XYSeriesCollection(series);
  }

  private static final class Dots extends XYLineAndShapeRenderer {
    private static final long serialVersionUID = 1;
    private final transient List<Point> points;

    Dots(List<Point> points) {
      super(false, true);
      this.points = new ArrayList<>(points);
      setSeriesPaint(0, Tone.FIRST.color());
      setUseOutlinePaint(true);
      setSeriesOutlinePaint(0, Tone.PAPER.color());
      setSeriesOutlineStroke(0, new java.awt.BasicStroke(1.5f));
      setUseFillPaint(true);
      setSeriesFillPaint(0, Tone.FIRST.color());
    }

    @Override
    public Shape getItemShape(int row, int column) {
      var radius =
          Math.clamp(
              LEAST_RADIUS - 1 + Math.sqrt((double) points.get(column).n()),
              LEAST_RADIUS,
              LARGEST_RADIUS);
      return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }
  }

  /** Where the words for a level line can stand. */
  private record Place(boolean left, boolean above, RectangleAnchor anchor, TextAnchor textAnchor) {
    static final Place RIGHT_ABOVE =
        new Place(false, true, RectangleAnchor.TOP_RIGHT, TextAnchor.BOTTOM_RIGHT);
    static final List<Place> ALL =
        List.of(
            RIGHT_ABOVE,
            new Place(true, true, RectangleAnchor.TOP_LEFT, TextAnchor.BOTTOM_LEFT),
            new Place(false, false, RectangleAnchor.BOTTOM_RIGHT, TextAnchor.TOP_RIGHT),
            new Place(true, false, RectangleAnchor.BOTTOM_LEFT, TextAnchor.TOP_LEFT));
  }

  /** Where the words for a line at this level hide fewest points. */
  private Place freest(double level, double top) {
    var height = (top - low) * 0.12;
    var width = (at(to) - at(from)) * 0.35;
    ToLongFunction<Place> hidden =
        place ->
            points.stream()
                .filter(
                    point ->
                        place.left
                            ? at(point.day()) < at(from) + width
                            : at(point.day()) > at(to) - width)
                .mapToDouble(point -> place.above ? point.mean() - level : level - point.mean())
                .filter(distance -> distance > -height / 4 && distance < height)
                .count();
    return Place.ALL.stream()
        .filter(place -> place.above ? level + height <= top : level - height >= low)
        .min(Comparator.comparingLong(hidden))
        .orElse(Place.RIGHT_ABOVE);
  }

  private ValueMarker beforeMarker(Before mean, double top) {
    var marker = new ValueMarker(mean.mean(), Tone.MUTED.color(), Frame.DASHED);
    marker.setAlpha(1f);
    marker.setLabel(mean.words());
    marker.setLabelFont(Frame.SMALL);
    marker.setLabelBackgroundColor(new java.awt.Color(0, 0, 0, 0));
    var place = freest(mean.mean(), top);
    marker.setLabelPaint(Tone.MUTED.color(place.left ? Hold.START_ABOVE : Hold.END_ABOVE));
    marker.setLabelAnchor(place.anchor);
    marker.setLabelTextAnchor(place.textAnchor);
    return marker;
  }
}
