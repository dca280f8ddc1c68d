package org.smileadventure.query.picture;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.language.Language;
import org.smileadventure.query.font.ShippedFonts;
import org.smileadventure.query.picture.Tone.Hold;

/**
 * What all charts have in common: much white, thin lines, few ticks, and words that stand level.
 */
final class Frame {
  static final Font WORDS = font(20);
  static final Font SMALL = font(18);
  static final Stroke HAIRLINE = new BasicStroke(1f);
  static final Stroke LINE = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final Stroke OUTLINE = new BasicStroke(2.5f);
  static final Stroke DASHED = dashes(7, 6);
  static final Stroke DOTTED = dashes(1, 5);

  private Frame() {}

  /** One that comes with the service, so that a picture is laid out alike on any machine. */
  static Font font(int size) {
    return ShippedFonts.shapes(ShippedFonts.LATIN).deriveFont((float) size);
  }

  private static Stroke dashes(float on, float off) {
    return new BasicStroke(
        2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1f, new float[] {on, off}, 0f);
  }

  /**
   * A chart around a plot.
   *
   * @param axis what is measured, and its unit; it stands above
   * @param key what a dashed line is; it stands below that; null: nothing
   */
  static JFreeChart around(Plot plot, String axis, @Nullable String key) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setNoDataMessageFont(WORDS);
    plot.setNoDataMessagePaint(Tone.MUTED.color(Hold.MIDDLE));
    var chart = new JFreeChart(null, WORDS, plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(2, 4, 2, 4));
    chart.addSubtitle(line(axis, WORDS, Tone.INK));
    if (key != null) {
      chart.addSubtitle(line(key, SMALL, Tone.MUTED));
    }
    return chart;
  }

  /**
   * A plot of values against days, from the first to the last one with room at both ends, so that
   * no point stands on the edge, and a strip below for days without play.
   *
   * @param marks of the values
   */
  static XYPlot course(
      Language language,
      LocalDate from,
      LocalDate to,
      double low,
      double high,
      List<Mark> marks,
      List<DaysWithoutPlay.Stretch> withoutPlay) {
    var first = (double) from.toEpochDay();
    var last = (double) to.toEpochDay();
    var room = Math.max(0.5, (last - first) * 0.02);
    var time = axis(first - room, last + room, Steps.days(from, to, language));
    time.setTickLabelPaint(Tone.MUTED.color(Hold.MIDDLE));
    var strip = new Strip(withoutPlay);
    var values = axis(strip.below(low, high), high, marks);
    values.setTickLabelPaint(Tone.MUTED.color(Hold.END));
    var plot = new XYPlot();
    plot.setDomainAxis(time);
    plot.setRangeAxis(values);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Tone.GRID.color());
    plot.setRangeGridlineStroke(HAIRLINE);
    plot.setAxisOffset(new RectangleInsets(0, 0, 2, 0));
    plot.setInsets(new RectangleInsets(6, 2, 2, 22));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    strip.draw(plot, from, to, low, high);
    return plot;
  }

  /**
   * Tells in such a plot what began or ended in these days, and the remark.
   *
   * @param low where the remark stands
   * @param remark null: nothing
   */
  static void tell(
      XYPlot plot,
      LocalDate from,
      LocalDate to,
      double low,
      List<Course.Phase> phases,
      @Nullable String remark) {
    var middle = ((double) from.toEpochDay() + to.toEpochDay()) / 2;
    for (int i = 0; i < phases.size(); i++) {
      plot.addDomainMarker(phases.get(i).line(i, middle), Layer.FOREGROUND);
    }
    if (remark != null) {
      var words = new XYTextAnnotation(remark, middle, low);
      words.setFont(WORDS);
      words.setPaint(Tone.MUTED.color(Hold.MIDDLE_ABOVE));
      words.setTextAnchor(TextAnchor.BOTTOM_CENTER);
      plot.addAnnotation(words);
    }
  }

  /** How many lines a text above a plot takes. */
  static int lines(String text, Font font) {
    var width = font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
    return (int) Math.ceil(width / (Picture.WIDTH - 20));
  }

  private static TextTitle line(String text, Font font, Tone tone) {
    var words = new TextTitle(text, font);
    words.setPaint(tone.color());
    words.setHorizontalAlignment(HorizontalAlignment.LEFT);
    words.setTextAlignment(HorizontalAlignment.LEFT);
    words.setPosition(RectangleEdge.TOP);
    words.setMargin(0, 2, 5, 2);
    return words;
  }

  /** A tick of an axis, with its words. */
  record Mark(double at, String words) {}

  /** An axis from low to high, with these ticks. */
  static NumberAxis axis(double low, double high, List<Mark> marks) {
    var axis =
        new NumberAxis() {
          private static final long serialVersionUID = 1;

          @Override
          public List<NumberTick> refreshTicks(
              java.awt.Graphics2D graphics,
              org.jfree.chart.axis.AxisState state,
              java.awt.geom.Rectangle2D area,
              RectangleEdge edge) {
            var ticks = new ArrayList<NumberTick>();
            var anchor =
                RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
            for (var mark : marks) {
              ticks.add(new NumberTick(mark.at(), mark.words(), anchor, TextAnchor.CENTER, 0));
            }
            return ticks;
          }
        };
    axis.setRange(low, high);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setTickLabelFont(SMALL);
    return axis;
  }
}
