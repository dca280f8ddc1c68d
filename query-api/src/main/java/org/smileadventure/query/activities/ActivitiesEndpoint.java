package org.smileadventure.query.activities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a child did in daily life, newest first. What it comes to is told by the analytics. */
@RestController
class ActivitiesEndpoint {
  private final ChildAnswers answers;
  private final Activities activities;

  ActivitiesEndpoint(ChildAnswers answers, Activities activities) {
    this.answers = answers;
    this.activities = activities;
  }

  @Operation(summary = "What a child did in daily life, newest first")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ActivityPage.class)))
  @GetMapping("/api/v1/children/{id}/activities")
  ResponseEntity<byte[]> activities(
      ChildRequest asked, Page page, @Valid @ParameterObject ActivityFilter filter) {
    return answers.uncached(
        asked,
        now -> activities.find(asked.viewer(), asked.child(), filter, page, now).map(Found::new));
  }
}
