package org.smileadventure.query.mastery;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far a child has got with each scenario, and what to play next. */
@RestController
class MasteryEndpoint {
  private static final Duration TTL = Duration.ofMinutes(15);

  private final ChildAnswers answers;
  private final MasteryReader mastery;

  MasteryEndpoint(ChildAnswers answers, MasteryReader mastery) {
    this.answers = answers;
    this.mastery = mastery;
  }

  @Operation(
      summary = "How probable it is that each scenario is known, its course, and what to play next")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = MasteryAnswer.class)))
  @GetMapping("/api/v1/children/{id}/mastery")
  ResponseEntity<byte[]> mastery(ChildRequest asked, Language language) {
    return answers.cached(
        asked,
        "mastery:" + language.tag(),
        TTL,
        now ->
            mastery
                .read(asked.viewer(), asked.child(), language, now)
                .map(read -> new Found(read.answer(), read.validUntil())));
  }
}
