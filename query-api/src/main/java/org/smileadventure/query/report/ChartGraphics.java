package org.smileadventure.query.report;

import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import org.openpdf.text.pdf.DefaultFontMapper;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfGraphics2D;
import org.smileadventure.query.font.ShippedFonts;

/** Draws charts on paper. Words are drawn as shapes, in any script. */
final class ChartGraphics extends PdfGraphics2D {
  private static final float IMAGE_QUALITY = 1;

  ChartGraphics(PdfContentByte canvas, float width, float height) {
    super(canvas, width, height, new DefaultFontMapper(), true, false, IMAGE_QUALITY);
  }

  @Override
  public void drawString(String words, float x, float y) {
    if (words.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    var runs = Typesetter.runs(words);
    runs.forEach(run -> text.append(run.text()));
    if (text.isEmpty()) {
      return;
    }
    var drawn = new AttributedString(text.toString());
    var from = 0;
    for (var run : runs) {
      var to = from + run.text().length();
      drawn.addAttribute(
          TextAttribute.FONT,
          ShippedFonts.shapes(run.font()).deriveFont(getFont().getSize2D()),
          from,
          to);
      from = to;
    }
    new TextLayout(drawn.getIterator(), getFontRenderContext()).draw(this, x, y);
  }
}
