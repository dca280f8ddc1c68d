package org.smileadventure.query.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.StaleAnswers;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Takes what a parent says of a session that has ended; said again, it replaces what was said. */
@RestController
class RatingEndpoint {
  private static final int MOST_CHARACTERS = 4_000;

  private final JdbcClient jdbc;
  private final StaleAnswers stale;
  private final JsonMapper json;

  RatingEndpoint(JdbcClient jdbc, StaleAnswers stale, JsonMapper json) {
    this.jdbc = jdbc;
    this.stale = stale;
    this.json = json;
  }

  /**
   * What is said.
   *
   * @param observedBehavior as {@code observedBehavior} of the event {@code parent.rated}
   */
  record Rating(
      @NotNull @Min(1) @Max(5) Integer rating,
      @Nullable @TypedText(max = 1000, lines = true) String notes,
      @Nullable Map<String, Object> observedBehavior) {
    Rating {
      notes = Canonical.text(notes);
    }
  }

  private record Outcome(String outcome, @Nullable Long childId) {}

  @Operation(summary = "A parent's rating of a session")
  @ApiResponse(responseCode = "204", description = "It counts from now on")
  @ApiResponse(responseCode = "409", description = "The session goes on, or is too long ago")
  @PutMapping("/api/v1/sessions/{id}/rating")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rate(
      @PathVariable UUID id,
      @Valid @RequestBody Rating rating,
      @AuthenticationPrincipal Jwt token) {
    var said =
        jdbc.sql("SELECT * FROM rate_session(:viewer, :session, :rating::jsonb)")
            .param("viewer", Viewer.of(token).id())
            .param("session", id)
            .param("rating", payload(rating))
            .query(Outcome.class)
            .single();
    switch (said.outcome()) {
      case "rated" -> {}
      case "in_progress" -> throw conflict("the session has not ended yet; rate it when it has");
      case "forgotten" ->
          throw conflict("the session is so long ago that its events are not kept any more");
      default -> throw SessionEndpoint.notFound(id);
    }
    if (said.childId() != null) {
      stale.forget(new ChildId(said.childId()));
    }
  }

  private String payload(Rating rating) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("rating", rating.rating());
    if (rating.notes() != null) {
      payload.put("notes", rating.notes());
    }
    if (rating.observedBehavior() != null) {
      payload.put("observedBehavior", rating.observedBehavior());
    }
    var text = json.writeValueAsString(payload);
    if (text.length() > MOST_CHARACTERS) {
      throw new BadParameterException(
          "observed_behavior",
          "short enough for all to have " + MOST_CHARACTERS + " characters",
          text.length() + " of them");
    }
    if (text.contains("\\u0000") || text.codePoints().anyMatch(RatingEndpoint::isHalf)) {
      throw new BadParameterException(
          "observed_behavior", "of texts without zero characters and unpaired surrogates", "…");
    }
    return text;
  }

  private static boolean isHalf(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }

  private static ProblemException conflict(String detail) {
    return new ProblemException(HttpStatus.CONFLICT, detail);
  }
}
