package org.smileadventure.query.story;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.Optional;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.analytics.PeriodAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A child's window in four sentences. */
@RestController
class StoryEndpoint {
  private final PeriodAnswers answers;
  private final StoryReader stories;

  StoryEndpoint(PeriodAnswers answers, StoryReader stories) {
    this.answers = answers;
    this.stories = stories;
  }

  @Operation(summary = "Four sentences: calm, progress, what upsets, what helps; and what to try")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Story.class)))
  @GetMapping("/api/v1/children/{id}/story")
  ResponseEntity<byte[]> story(ChildRequest asked, Period period, Language language) {
    return answers.answer(
        asked, "story:" + language.tag(), period, now -> find(asked, period, language, now));
  }

  private Optional<Found> find(ChildRequest asked, Period period, Language language, Instant now) {
    return stories
        .read(asked.viewer(), asked.child(), period, language, now)
        .map(read -> new Found(read.story(), read.validUntil()));
  }
}
