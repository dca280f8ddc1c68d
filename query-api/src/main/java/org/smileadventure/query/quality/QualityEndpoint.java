package org.smileadventure.query.quality;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What of a child's data is lost, contradicts itself or was refused. */
@RestController
class QualityEndpoint {
  private final ChildAnswers answers;
  private final QualityReader reader;

  QualityEndpoint(ChildAnswers answers, QualityReader reader) {
    this.answers = answers;
    this.reader = reader;
  }

  @Operation(summary = "What of a child's data is lost, contradicts itself or was refused")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DataQuality.class)))
  @GetMapping("/api/v1/children/{id}/data-quality")
  ResponseEntity<byte[]> quality(ChildRequest asked, Period period) {
    return answers.uncached(
        asked, now -> reader.read(asked.viewer(), asked.child(), period, now).map(Found::new));
  }
}
