package org.smileadventure.query.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;

/**
 * What is drawn, with the words that say the same to who does not see it. All pictures are as wide
 * as {@link #WIDTH}; what draws one scales it.
 */
public sealed interface Picture permits Course, Rows, Clock, TwoPhases {
  /** In units of the picture. A line of words is a 24th of it high, to be read at 320 pixels. */
  int WIDTH = 480;

  String title();

  /** What can be seen, as a sentence or a few. */
  String description();

  int height();

  JFreeChart chart();

  /**
   * As SVG that can stand in a page under a strict policy: without styles and scripts.
   *
   * @param id begins each id in it; no other picture of the page may have it
   */
  default byte[] svg(String id) {
    return SvgPicture.of(this, id);
  }

  /** Draws it into this area, as large as fits from its upper left corner. */
  default void draw(Graphics2D graphics, Rectangle2D area) {
    var scale = Math.min(area.getWidth() / WIDTH, area.getHeight() / height());
    var before = graphics.getTransform();
    graphics.translate(area.getX(), area.getY());
    graphics.scale(scale, scale);
    chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height()));
    graphics.setTransform(before);
  }
}
