package org.smileadventure.query.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A child's sessions, newest first, all or some of them. */
@RestController
class SessionsEndpoint {
  private static final String SESSIONS = SqlFile.read(SessionsEndpoint.class, "sessions.sql");
  private static final Duration TTL = Duration.ofMinutes(5);

  private final ChildAnswers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  SessionsEndpoint(ChildAnswers answers, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
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
    var after = page.after() == null ? null : Cursor.momentAndUuid(page.after());
    var rows =
        jdbc.sql(SESSIONS)
            .param("child", asked.child().value())
            .param("viewer", asked.viewer().id())
            .param("before_start", after == null ? "infinity" : after.at().toString())
            .param(
                "before_id",
                after == null ? "00000000-0000-0000-0000-000000000000" : after.id().toString())
            .param("type", filter.sessionType(), Types.VARCHAR)
            .param("name", filter.namePattern(), Types.VARCHAR)
            .param("first_day", filter.dateFrom(), Types.DATE)
            .param("last_day", filter.dateTo(), Types.DATE)
            .param("status", filter.completionStatus(), Types.VARCHAR)
            .param("min_duration", filter.minDuration(), Types.INTEGER)
            .param("max_duration", filter.maxDuration(), Types.INTEGER)
            .param("min_score", filter.minScore(), Types.INTEGER)
            .param("rating", filter.parentRating(), Types.INTEGER)
            .param("most", page.limitAndOne())
            .query((row, _) -> Optional.ofNullable(row.getString("session")))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var cut =
        page.cut(
            rows.stream()
                .flatMap(Optional::stream)
                .map(document -> json.readValue(document, Session.class))
                .toList(),
            session -> new Cursor.Moment<>(session.startedAt(), session.id()).text());
    return Optional.of(new Found(new SessionPage(cut.items(), cut.next(), page.limit(), now)));
  }
}
