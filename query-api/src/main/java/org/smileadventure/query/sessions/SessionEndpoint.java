package org.smileadventure.query.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** One session, with its timeline page by page. */
@RestController
class SessionEndpoint {
  private static final String SESSION = SqlFile.read(SessionEndpoint.class, "session.sql");

  private final Answers answers;
  private final OpenedChildren children;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  SessionEndpoint(Answers answers, OpenedChildren children, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.children = children;
    this.jdbc = jdbc;
    this.json = json;
  }

  @Operation(summary = "A session and its timeline")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SessionDetail.class)))
  @GetMapping("/api/v1/sessions/{id}")
  ResponseEntity<byte[]> session(@PathVariable UUID id, Asked asked, Page page) {
    var found =
        children
            .oneOfSession(asked.viewer(), id, asked.line(), () -> find(id, asked, page))
            .orElseThrow(() -> notFound(id));
    return answers.of(found, asked.fields());
  }

  private Optional<SessionDetail> find(UUID id, Asked asked, Page page) {
    return jdbc.sql(SESSION)
        .param("session", id)
        .param("viewer", asked.viewer().id())
        .param("after", page.after() == null ? 0 : Cursor.id(page.after()))
        .param("most", page.limitAndOne())
        .query(
            (row, _) -> {
              var events =
                  Arrays.asList(
                      json.readValue(row.getString("events"), SessionDetail.Event[].class));
              var timeline = page.cut(events, event -> Cursor.ofId(event.sequence()));
              return new SessionDetail(
                  json.readValue(row.getString("session"), Session.class),
                  row.getBoolean("events_kept"),
                  timeline.items(),
                  timeline.next(),
                  page.limit(),
                  answers.now());
            })
        .optional();
  }

  static ProblemException notFound(UUID session) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no session " + session + " that you may see");
  }
}
