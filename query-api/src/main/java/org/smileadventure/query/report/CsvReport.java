package org.smileadventure.query.report;

import static org.smileadventure.query.answer.Csv.rounded;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.smileadventure.query.answer.Csv;

/** A report as a table: first its figures, then its sentences, one a line. */
final class CsvReport {
  private CsvReport() {}

  static String of(ProgressReport report) {
    var text = new StringWriter();
    try {
      var csv = new Csv(text);
      csv.row(
          "section",
          "figure",
          "value",
          "unit",
          "n",
          "trend",
          "slope_per_week",
          "slope_low",
          "slope_high");
      csv.row("child", "name", report.childName());
      csv.row("child", "from", report.window().from());
      csv.row("child", "to", report.window().to());
      for (var line : report.figures()) {
        csv.row(
            "figures",
            line.figure(),
            rounded(line.value(), 1),
            line.unit(),
            line.n(),
            line.trend() == null ? null : line.trend().wireName(),
            rounded(line.slopePerWeek(), 2),
            rounded(line.slopeLow(), 2),
            rounded(line.slopeHigh(), 2));
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

  private static void sentences(Csv csv, String section, List<String> sentences)
      throws IOException {
    for (var sentence : sentences) {
      csv.row(section, sentence);
    }
  }
}
