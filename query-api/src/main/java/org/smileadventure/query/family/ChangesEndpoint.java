package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Who changed what of a child, newest first. */
@RestController
class ChangesEndpoint {
  private static final String CHANGES = SqlFile.read(ChangesEndpoint.class, "changes.sql");

  private final GuardedChildren children;
  private final Answers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ChangesEndpoint(GuardedChildren children, Answers answers, JdbcClient jdbc, JsonMapper json) {
    this.children = children;
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A field that was changed.
   *
   * @param changedBy null: nobody who is known
   * @param changedByName null for an administrator, too
   */
  record Change(
      long id,
      Instant changedAt,
      @Nullable Long changedBy,
      @Nullable String changedByName,
      String field,
      @Nullable Object oldValue,
      @Nullable Object newValue) {}

  /** A page of changes. */
  record ChangePage(
      List<Change> changes, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Who changed what of a child")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ChangePage.class)))
  @GetMapping("/api/v1/children/{id}/changes")
  ResponseEntity<byte[]> changes(ChildRequest asked, Page page) {
    var before = page.after() == null ? Long.MAX_VALUE : Cursor.id(page.after());
    var found =
        children.read(
            asked,
            () ->
                jdbc.sql(CHANGES)
                    .param("child", asked.child().value())
                    .param("before", before)
                    .param("most", page.limitAndOne())
                    .query((row, _) -> json.readValue(row.getString(1), Change.class))
                    .list());
    var cut = page.cut(found, change -> Cursor.ofId(change.id()));
    return answers.of(
        new ChangePage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }
}
