package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells guardians who else looked at their child, and what was decided about it. */
@RestController
class AccessLogEndpoint {
  private final GuardedChildren children;
  private final Answers answers;
  private final JdbcClient jdbc;

  AccessLogEndpoint(GuardedChildren children, Answers answers, JdbcClient jdbc) {
    this.children = children;
    this.answers = answers;
    this.jdbc = jdbc;
  }

  /**
   * Something that was done.
   *
   * @param role parent, professional, admin, or system: no person
   * @param name of a guardian or a professional; "an administrator" for an admin
   * @param action look, export, consent, restriction, …
   * @param what of a look: the request
   */
  record Entry(
      long id, Instant at, String role, @Nullable String name, String action, String what) {}

  /** A page of entries, newest first. */
  record AccessLog(
      List<Entry> entries, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Who looked at a child, and what was decided about it")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccessLog.class)))
  @GetMapping("/api/v1/children/{id}/access-log")
  ResponseEntity<byte[]> accessLog(ChildRequest asked, Page page) {
    var before = page.after() == null ? null : Cursor.momentAndId(page.after());
    var found =
        children.read(
            asked,
            () ->
                jdbc.sql(
                        """
                        SELECT id, at, role, name, action, detail
                        FROM access_log(:viewer, :child, :before::timestamptz, :before_id, :most)
                        """)
                    .param("viewer", asked.viewer().id())
                    .param("child", asked.child().value())
                    .param("before", before == null ? "infinity" : before.sqlTime())
                    .param("before_id", before == null ? Long.MAX_VALUE : before.id())
                    .param("most", page.limitAndOne())
                    .query((row, _) -> entry(row))
                    .list());
    var cut = page.cut(found, entry -> new Cursor.Moment<>(entry.at(), entry.id()).text());
    return answers.of(
        new AccessLog(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var role = row.getString("role");
    return new Entry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        role,
        role.equals("admin") ? "an administrator" : row.getString("name"),
        row.getString("action"),
        row.getString("detail"));
  }
}
