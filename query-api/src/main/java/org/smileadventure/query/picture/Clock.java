package org.smileadventure.query.picture;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.language.Language;
import org.smileadventure.query.picture.Tone.Hold;

/**
 * A value for hours of the day, from 0 to 100: a pin for each hour that there is one for, with a
 * head that is the larger the more it rests on.
 *
 * @param axis what is measured, and its unit
 * @param nothing the words for no hour
 * @param best the hour whose value is written beside; null: none
 */
public record Clock(
    Language language,
    String title,
    String description,
    String axis,
    String nothing,
    List<Hour> hours,
    @Nullable Integer best)
    implements Picture {
  private static final int HEIGHT = 320;
  private static final int STEP = 6;
  private static final double HIGH = 100;

  /** The mean of n values in an hour. */
  public record Hour(int hour, long n, double mean) {}

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public JFreeChart chart() {
    var series = new YIntervalSeries("hours");
    hours.forEach(hour -> series.add(hour.hour() + 0.5, hour.mean(), 0, hour.mean()));
    var data = new YIntervalSeriesCollection();
    if (!hours.isEmpty()) {
      data.addSeries(series);
    }
    var marks =
        IntStream.rangeClosed(0, 24 / STEP)
            .mapToObj(
                i ->
                    new Frame.Mark(
                        i * STEP, Words.PICTURES.text(language, "hour", Map.of("hour", i * STEP))))
            .toList();
    var time = Frame.axis(-0.5, 24.5, marks);
    time.setTickLabelPaint(Tone.MUTED.color(Hold.MIDDLE));
    var values = Frame.axis(0, HIGH, Steps.numbers(0, HIGH, language));
    values.setTickLabelPaint(Tone.MUTED.color(Hold.END));
    var plot = new XYPlot(data, time, values, new Pins(hours));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Tone.GRID.color());
    plot.setRangeGridlineStroke(Frame.HAIRLINE);
    plot.setAxisOffset(new RectangleInsets(0, 0, 2, 0));
    plot.setNoDataMessage(nothing);
    hours.stream()
        .filter(hour -> best != null && hour.hour() == best)
        .forEach(
            hour -> {
              var early = hour.hour() < 12;
              var words =
                  new org.jfree.chart.annotations.XYTextAnnotation(
                      Words.PICTURES.text(
                          language, "best", Map.of("hour", hour.hour(), "value", hour.mean())),
                      hour.hour() + 0.5 + (early ? 0.6 : -0.6),
                      Math.min(hour.mean() + 2, 94));
              words.setFont(Frame.SMALL);
              words.setPaint(Tone.INK.color(early ? Hold.START_ABOVE : Hold.END_ABOVE));
              words.setTextAnchor(
                  early
                      ? org.jfree.chart.ui.TextAnchor.BOTTOM_LEFT
                      : org.jfree.chart.ui.TextAnchor.BOTTOM_RIGHT);
              plot.addAnnotation(words);
            });
    plot.setInsets(new RectangleInsets(6, 2, 2, 24));
    return Frame.around(plot, axis, null);
  }

  private static final class Pins extends XYErrorRenderer {
    private static final long serialVersionUID = 1;
    private final transient List<Hour> hours;

    Pins(List<Hour> hours) {
      this.hours = List.copyOf(hours);
      setDrawXError(false);
      setCapLength(0);
      setErrorPaint(Tone.FIRST.color());
      setErrorStroke(Frame.OUTLINE);
      setSeriesPaint(0, Tone.FIRST.color());
    }

    @Override
    public Shape getItemShape(int row, int column) {
      var radius = Math.clamp(3 + Math.sqrt((double) hours.get(column).n()), 4, 8);
      return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }
  }
}
