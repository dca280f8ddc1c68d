package org.smileadventure.query.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.AnalyticsReader;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.Offered;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.quality.QualityReader;
import org.smileadventure.query.quality.QualitySentences;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A progress report, to be read by a program, in a spreadsheet or on paper. */
@RestController
class ReportEndpoint {
  private final Answers answers;
  private final OpenedChildren children;
  private final AnalyticsReader windows;
  private final QualityReader quality;
  private final JdbcClient jdbc;

  ReportEndpoint(
      Answers answers,
      OpenedChildren children,
      AnalyticsReader windows,
      QualityReader quality,
      JdbcClient jdbc) {
    this.answers = answers;
    this.children = children;
    this.windows = windows;
    this.quality = quality;
    this.jdbc = jdbc;
  }

  @Operation(summary = "A progress report: json, csv or pdf")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = ProgressReport.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(
            mediaType = "application/pdf",
            schema = @Schema(type = "string", format = "binary"))
      })
  @GetMapping(
      path = "/api/v1/children/{id}/report",
      produces = {"application/json", "text/csv", "application/pdf"})
  ResponseEntity<byte[]> report(
      ChildRequest asked,
      Period period,
      @Offered({Format.JSON, Format.CSV, Format.PDF}) Format kind,
      Language language) {
    var report =
        children
            .one(asked.viewer(), asked.child(), asked.line(), () -> find(asked, period, language))
            .orElseThrow(() -> ChildAnswers.notFound(asked.child()));
    return switch (kind) {
      case JSON -> answers.of(report, asked.fields());
      case CSV -> file(report, kind, Csv.TYPE, CsvReport.of(report).getBytes(UTF_8));
      case PDF -> file(report, kind, MediaType.APPLICATION_PDF_VALUE, PdfReport.of(report));
    };
  }

  private record Named(String name, int age) {}

  private Optional<ProgressReport> find(ChildRequest asked, Period period, Language language) {
    var now = answers.now();
    return windows
        .read(asked.viewer(), asked.child(), period, now)
        .map(
            read -> {
              var child =
                  jdbc.sql("SELECT name, age FROM children WHERE id = :child")
                      .param("child", asked.child().value())
                      .query(Named.class)
                      .single();
              var notes =
                  quality
                      .read(asked.viewer(), asked.child(), period, now)
                      .map(known -> QualitySentences.of(known, language))
                      .orElse(List.of());
              return Reporter.report(child.name(), child.age(), read.analytics(), notes, language);
            });
  }

  private static ResponseEntity<byte[]> file(
      ProgressReport report, Format kind, String type, byte[] body) {
    var name =
        "progress-%d-%s.%s".formatted(report.childId(), report.window().to(), kind.wireName());
    return Answers.file(name, type, body);
  }
}
