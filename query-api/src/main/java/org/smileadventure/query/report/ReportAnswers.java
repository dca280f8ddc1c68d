package org.smileadventure.query.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.OpenedChildren;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with a report, in the format that is asked for. */
@Component
public class ReportAnswers {
  private final Answers answers;
  private final OpenedChildren children;
  private final ReportReader reports;

  ReportAnswers(Answers answers, OpenedChildren children, ReportReader reports) {
    this.answers = answers;
    this.children = children;
    this.reports = reports;
  }

  /** The report of the child that is asked about. */
  public ResponseEntity<byte[]> answer(
      ChildRequest asked, Period period, Format kind, Language language) {
    var now = answers.now();
    var viewer = asked.viewer();
    var read =
        children
            .one(
                viewer,
                asked.child(),
                asked.line(),
                () ->
                    reports.read(viewer, asked.child(), period, language, kind == Format.PDF, now))
            .orElseThrow(() -> ChildAnswers.notFound(asked.child()));
    var report = read.report();
    return switch (kind) {
      case JSON -> answers.of(report, asked.fields());
      case CSV -> file(report, kind, Csv.TYPE, CsvReport.of(report).getBytes(UTF_8));
      case PDF ->
          file(
              report,
              kind,
              MediaType.APPLICATION_PDF_VALUE,
              PdfReport.of(report, read.pictures(), language));
    };
  }

  private static ResponseEntity<byte[]> file(
      ProgressReport report, Format kind, String type, byte[] body) {
    var name =
        "progress-%d-%s.%s".formatted(report.childId(), report.window().to(), kind.wireName());
    return Answers.file(name, type, body);
  }
}
