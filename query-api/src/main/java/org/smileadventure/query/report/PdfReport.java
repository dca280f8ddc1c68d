package org.smileadventure.query.report;

import static org.smileadventure.query.answer.Csv.rounded;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.openpdf.text.Document;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import org.smileadventure.query.report.ProgressReport.Line;

/** A report to be printed, on A4. Its numbers are rounded as people do. */
final class PdfReport {
  private static final float MARGIN = 56;
  private static final float TITLE = 18;
  private static final float HEADING = 12;
  private static final float TEXT = 10;
  private static final int[] COLUMN_WIDTHS = {6, 5, 2, 8};

  private final Typesetter typesetter = new Typesetter();

  private PdfReport() {}

  static byte[] of(ProgressReport report) {
    return new PdfReport().written(report);
  }

  private byte[] written(ProgressReport report) {
    var bytes = new ByteArrayOutputStream();
    try (var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
      document.setGlyphLayoutManager(typesetter.layout());
      PdfWriter.getInstance(document, bytes);
      document.addTitle("Progress report");
      document.addCreator("Smile Analytics");
      document.open();
      var title = new Paragraph(typesetter.sentence("Progress of ", TITLE, true));
      title.add(typesetter.name(report.childName(), TITLE, true));
      document.add(title);
      var window = report.window();
      document.add(
          text(
              "%s to %s, made on %s"
                  .formatted(
                      window.from() == null ? "From the first day" : window.from(),
                      window.to(),
                      LocalDate.ofInstant(report.computedAt(), ZoneId.of(window.timeZone())))));
      document.add(heading("Figures"));
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

  private Paragraph text(String words) {
    return new Paragraph(typesetter.sentence(words, TEXT, false));
  }

  private Paragraph heading(String words) {
    var paragraph = new Paragraph(typesetter.sentence(words, HEADING, true));
    paragraph.setSpacingBefore(14);
    paragraph.setSpacingAfter(6);
    return paragraph;
  }

  private PdfPTable table(List<Line> lines) {
    var table = new PdfPTable(COLUMN_WIDTHS.length);
    table.setWidthPercentage(100);
    table.setWidths(COLUMN_WIDTHS);
    table.setHeaderRows(1);
    table.getDefaultCell().setPaddingBottom(5);
    Stream.of("Figure", "Mean or count", "n", "Trend per week")
        .forEach(words -> table.addCell(typesetter.sentence(words, HEADING, true)));
    for (var line : lines) {
      Stream.of(
              line.figure(), value(line), line.n() == null ? "" : line.n().toString(), trend(line))
          .forEach(words -> table.addCell(typesetter.sentence(words, TEXT, false)));
    }
    return table;
  }

  private void sentences(Document document, String words, List<String> sentences) {
    document.add(heading(words));
    if (sentences.isEmpty()) {
      document.add(text("Nothing that the figures of this period would show."));
      return;
    }
    for (var sentence : sentences) {
      var item = text("– " + sentence);
      item.setIndentationLeft(10);
      item.setFirstLineIndent(-10);
      document.add(item);
    }
  }

  private static String value(Line line) {
    var value = line.value();
    if (value == null) {
      return "too little data";
    }
    return switch (line.unit()) {
      case "minutes", "active minutes" -> duration(value * 60);
      case "seconds" -> duration(value);
      default -> rounded(value, 1) + " " + line.unit();
    };
  }

  /** As 1 h 12 min, 12 min 30 s or 8 s. */
  private static String duration(double seconds) {
    if (seconds >= 3_600) {
      var minutes = Math.round(seconds / 60);
      return "%d h %d min".formatted(minutes / 60, minutes % 60);
    }
    var whole = Duration.ofSeconds(Math.round(seconds));
    return whole.toMinutes() > 0
        ? "%d min %d s".formatted(whole.toMinutes(), whole.toSecondsPart())
        : "%d s".formatted(whole.toSeconds());
  }

  private static String trend(Line line) {
    if (line.trend() == null) {
      return "";
    }
    return line.slopePerWeek() == null
        ? "too little data"
        : "%s: %s (%s to %s) %s"
            .formatted(
                line.trend().wireName(),
                rounded(line.slopePerWeek(), 2),
                rounded(line.slopeLow(), 2),
                rounded(line.slopeHigh(), 2),
                line.unit());
  }
}
