package org.smileadventure.query.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.Offered;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A progress report, to be read by a program, in a spreadsheet or on paper. */
@RestController
class ReportEndpoint {
  private final ReportAnswers answers;

  ReportEndpoint(ReportAnswers answers) {
    this.answers = answers;
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
    return answers.answer(asked, period, kind, language);
  }
}
