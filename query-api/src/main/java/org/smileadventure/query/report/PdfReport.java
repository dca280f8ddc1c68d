package org.smileadventure.query.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librepdf.openpdf.fonts.Liberation;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.ListItem;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import org.smileadventure.query.report.ProgressReport.Line;

/** A report to be printed, on A4. Its letters are Latin, Greek and Cyrillic. */
final class PdfReport {
  private static final float MARGIN = 56;
  private static final int[] COLUMN_WIDTHS = {5, 3, 4, 2, 7};

  private final Font title;
  private final Font heading;
  private final Font text;

  private PdfReport() throws IOException {
    title = Liberation.SANS_BOLD.create(18);
    heading = Liberation.SANS_BOLD.create(12);
    text = Liberation.SANS.create(10);
  }

  static byte[] of(ProgressReport report) {
    try {
      return new PdfReport().written(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] written(ProgressReport report) {
    var bytes = new ByteArrayOutputStream();
    try (var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
      PdfWriter.getInstance(document, bytes);
      document.addTitle("Progress report");
      document.addCreator("Smile Analytics");
      document.open();
      document.add(new Paragraph("Progress of " + report.childName(), title));
      var from = report.window().from();
      document.add(
          new Paragraph(
              "%s to %s, made on %s"
                  .formatted(
                      from == null ? "From the first day" : from,
                      report.window().to(),
                      report.computedAt().toString().substring(0, 10)),
              text));
      document.add(spaced("Figures"));
      document.add(table(report.figures()));
      sentences(document, "What goes well", report.goingWell());
      sentences(document, "What to look after", report.lookAfter());
      sentences(document, "What could be tried", report.suggestions());
      if (!report.dataNotes().isEmpty()) {
        sentences(document, "What to know of the data", report.dataNotes());
      }
    }
    return bytes.toByteArray();
  }

  private Paragraph spaced(String words) {
    var paragraph = new Paragraph(words, heading);
    paragraph.setSpacingBefore(14);
    paragraph.setSpacingAfter(6);
    return paragraph;
  }

  private PdfPTable table(List<Line> lines) {
    var table = new PdfPTable(COLUMN_WIDTHS.length);
    table.setWidthPercentage(100);
    table.setWidths(COLUMN_WIDTHS);
    table.setHeaderRows(1);
    Stream.of("Figure", "Mean or count", "Unit", "n", "Trend per week")
        .forEach(words -> table.addCell(new Phrase(words, heading)));
    for (var line : lines) {
      Stream.of(
              line.figure(),
              number(line.value()),
              line.unit(),
              line.n() == null ? "" : line.n().toString(),
              trend(line))
          .forEach(words -> table.addCell(new Phrase(words, text)));
    }
    return table;
  }

  private void sentences(Document document, String words, List<String> sentences) {
    document.add(spaced(words));
    if (sentences.isEmpty()) {
      document.add(new Paragraph("Nothing that the figures of this period would show.", text));
      return;
    }
    var list = new org.openpdf.text.List(false, 10);
    sentences.forEach(sentence -> list.add(new ListItem(sentence, text)));
    document.add(list);
  }

  private static String trend(Line line) {
    return line.trend() == null
        ? ""
        : "%s: %s (%s to %s)"
            .formatted(
                line.trend().wireName(),
                number(line.slopePerWeek()),
                number(line.slopeLow()),
                number(line.slopeHigh()));
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "too little data";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
