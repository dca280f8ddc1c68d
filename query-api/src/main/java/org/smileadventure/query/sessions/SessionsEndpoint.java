package org.smileadventure.query.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A child's sessions, newest first, all or some of them. */
@RestController
class SessionsEndpoint {
  private static final Duration TTL = Duration.ofMinutes(5);

  private final ChildAnswers answers;
  private final Sessions sessions;

  SessionsEndpoint(ChildAnswers answers, Sessions sessions) {
    this.answers = answers;
    this.sessions = sessions;
  }

  @Operation(summary = "Sessions of a child, newest first")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SessionPage.class)))
  @GetMapping("/api/v1/children/{id}/sessions")
  ResponseEntity<byte[]> sessions(
      ChildRequest asked, Page page, @Valid @ParameterObject SessionFilter filter) {
    if (page.isDefault() && filter.isEmpty()) {
      return answers.cached(asked, "sessions", TTL, now -> find(asked, page, filter, now));
    }
    return answers.uncached(asked, now -> find(asked, page, filter, now));
  }

  private Optional<Found> find(ChildRequest asked, Page page, SessionFilter filter, Instant now) {
    return sessions.find(asked.viewer(), asked.child(), filter, page, now).map(Found::new);
  }
}
