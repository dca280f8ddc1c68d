package org.smileadventure.query.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.smileadventure.query.answer.SpreadsheetText;

/** A report as a table: first its figures, then its sentences, one a line. */
final class CsvReport {
  private CsvReport() {}

  static String of(ProgressReport report) {
    var text = new StringWriter();
    try (var csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(
          "section",
          "figure",
          "value",
          "unit",
          "n",
          "trend",
          "slope_per_week",
          "slope_low",
          "slope_high");
      csv.printRecord("child", "name", SpreadsheetText.of(report.childName()));
      csv.printRecord("child", "from", report.window().from());
      csv.printRecord("child", "to", report.window().to());
      for (var line : report.figures()) {
        csv.printRecord(
            "figures",
            line.figure(),
            line.value(),
            line.unit(),
            line.n(),
            line.trend() == null ? null : line.trend().wireName(),
            line.slopePerWeek(),
            line.slopeLow(),
            line.slopeHigh());
      }
      sentences(csv, "going_well", report.goingWell());
      sentences(csv, "look_after", report.lookAfter());
      sentences(csv, "suggestions", report.suggestions());
      sentences(csv, "data_notes", report.dataNotes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void sentences(CSVPrinter csv, String section, List<String> sentences)
      throws IOException {
    for (var sentence : sentences) {
      csv.printRecord(section, SpreadsheetText.of(sentence));
    }
  }
}
