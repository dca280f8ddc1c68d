package org.smileadventure.query.picture;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.AbstractCategoryItemRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jspecify.annotations.Nullable;
import org.smileadventure.language.Language;
import org.smileadventure.query.picture.Tone.Hold;

/**
 * Values side by side: a row each, its name and its value above its bar. So names have the whole
 * width, in any language.
 *
 * @param axis what is measured, and its unit
 * @param nothing the words for no row
 * @param reference a value that all are held against; null: none
 * @param key what that is, or what an outline is; null: nothing
 */
public record Rows(
    Language language,
    String title,
    String description,
    String axis,
    String nothing,
    double low,
    double high,
    @Nullable Double reference,
    @Nullable String key,
    List<Row> rows)
    implements Picture {
  private static final int AROUND = 24;
  private static final int LINE = 26;
  private static final int BASELINE = 19;
  private static final int NAME = 26;
  private static final int NOTE = 23;
  private static final int BAR = 14;
  private static final int GAP = 14;
  private static final int EMPTY = 120;
  private static final float DOT = 7;

  /** How a row is drawn: filled, only its outline, or as a point with its interval. */
  public enum Look {
    FILLED,
    OPEN,
    POINT
  }

  /**
   * A row.
   *
   * @param amount the value in words
   * @param note stands below the name; null: nothing
   * @param value null: there is too little for one, which the amount says
   * @param low of the interval, as is high; null: none
   * @param distress whether it tells of that
   */
  public record Row(
      String name,
      String amount,
      @Nullable String note,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      Look look,
      boolean distress) {

    int height() {
      return NAME + (note == null ? 0 : NOTE) + BAR + GAP;
    }
  }

  /** The first rows, where there is little room. */
  public Rows first(int most) {
    return new Rows(
        language,
        title,
        description,
        axis,
        nothing,
        low,
        high,
        reference,
        key,
        rows.subList(0, Math.min(rows.size(), most)));
  }

  @Override
  public int height() {
    return AROUND
        + LINE * Frame.lines(axis, Frame.WORDS)
        + (key == null ? 0 : LINE * Frame.lines(key, Frame.SMALL))
        + (rows.isEmpty() ? EMPTY : rows.size() * rowHeight());
  }

  private int rowHeight() {
    return rows.stream().mapToInt(Row::height).max().orElse(0);
  }

  @Override
  public JFreeChart chart() {
    var data = new DefaultCategoryDataset();
    for (int i = 0; i < rows.size(); i++) {
      data.addValue(rows.get(i).value(), "rows", Integer.valueOf(i));
    }
    var names = new CategoryAxis();
    names.setVisible(false);
    names.setLowerMargin(0);
    names.setUpperMargin(0);
    names.setCategoryMargin(0);
    var values = Frame.axis(low, high, List.of());
    values.setVisible(false);
    var plot = new CategoryPlot(data, names, values, new Bars(rows, low, reference));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeGridlinesVisible(false);
    plot.setAxisOffset(new RectangleInsets(0, 0, 4, 0));
    plot.setNoDataMessage(nothing);
    plot.setInsets(new RectangleInsets(8, 4, 0, 6));
    return Frame.around(plot, axis, key);
  }

  private static final class Bars extends AbstractCategoryItemRenderer {
    private static final long serialVersionUID = 1;
    private final transient List<Row> rows;
    private final double base;
    private final transient @Nullable Double reference;

    Bars(List<Row> rows, double base, @Nullable Double reference) {
      this.rows = rows;
      this.base = base;
      this.reference = reference;
    }

    @Override
    public void drawItem(
        Graphics2D graphics,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis names,
        ValueAxis values,
        CategoryDataset data,
        int series,
        int column,
        int pass) {
      var row = rows.get(column);
      var top = names.getCategoryStart(column, getColumnCount(), area, plot.getDomainAxisEdge());
      var baseline = (float) top + BASELINE;
      var left = (float) area.getMinX();
      words(graphics, row.name(), left, baseline, Tone.INK, Hold.START);
      words(graphics, row.amount(), (float) area.getMaxX(), baseline, Tone.INK, Hold.END);
      if (row.note() != null) {
        words(graphics, row.note(), left, baseline + NOTE, Tone.MUTED, Hold.START);
      }
      var barTop = top + row.height() - GAP - BAR;
      var middle = barTop + BAR / 2.0;
      graphics.setStroke(Frame.HAIRLINE);
      graphics.setPaint(Tone.GRID.color());
      graphics.draw(new Line2D.Double(left, middle, area.getMaxX(), middle));
      DoubleUnaryOperator place =
          value -> values.valueToJava2D(value, area, plot.getRangeAxisEdge());
      if (row.value() != null) {
        value(graphics, row, row.value(), barTop, place);
      }
      if (reference != null) {
        var at = place.applyAsDouble(reference);
        graphics.setPaint(Tone.MUTED.color());
        graphics.setStroke(Frame.DASHED);
        graphics.draw(new Line2D.Double(at, barTop - 1, at, barTop + BAR + 4));
      }
    }

    private void value(
        Graphics2D graphics, Row row, double value, double top, DoubleUnaryOperator place) {
      var tone = row.distress() ? Tone.WARN : Tone.FIRST;
      var from = place.applyAsDouble(base);
      var to = place.applyAsDouble(value);
      var middle = top + BAR / 2.0;
      switch (row.look()) {
        case FILLED -> {
          graphics.setPaint(tone.color());
          graphics.fill(bar(from, to, top, BAR));
        }
        case OPEN -> {
          graphics.setPaint(Tone.PAPER.color());
          graphics.fill(bar(from, to, top, BAR));
          graphics.setPaint(tone.color());
          graphics.setStroke(Frame.OUTLINE);
          graphics.draw(bar(from + 1.25, to - 1.25, top + 1.25, BAR - 2.5));
        }
        case POINT -> {
          graphics.setPaint(tone.color());
          graphics.setStroke(Frame.LINE);
          if (row.low() != null && row.high() != null) {
            graphics.draw(
                new Line2D.Double(
                    place.applyAsDouble(row.low()),
                    middle,
                    place.applyAsDouble(row.high()),
                    middle));
          }
          graphics.fill(new Ellipse2D.Double(to - DOT, middle - DOT, 2 * DOT, 2 * DOT));
        }
      }
    }

    private static RoundRectangle2D bar(double from, double to, double top, double height) {
      return new RoundRectangle2D.Double(from, top, Math.max(2, to - from), height, 6, 6);
    }

    private static void words(
        Graphics2D graphics, String words, float x, float y, Tone tone, Hold hold) {
      graphics.setFont(tone == Tone.INK ? Frame.WORDS : Frame.SMALL);
      graphics.setPaint(tone.color(hold));
      TextUtils.drawAlignedString(
          words,
          graphics,
          x,
          y,
          hold == Hold.END ? TextAnchor.BASELINE_RIGHT : TextAnchor.BASELINE_LEFT);
    }
  }
}
