package org.smileadventure.query.activities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.sql.Types;
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

/** What a child did in daily life, newest first. What it comes to is told by the analytics. */
@RestController
class ActivitiesEndpoint {
  private static final String ACTIVITIES = SqlFile.read(ActivitiesEndpoint.class, "activities.sql");

  private final ChildAnswers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ActivitiesEndpoint(ChildAnswers answers, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
  }

  @Operation(summary = "What a child did in daily life, newest first")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ActivityPage.class)))
  @GetMapping("/api/v1/children/{id}/activities")
  ResponseEntity<byte[]> activities(
      ChildRequest asked, Page page, @Valid @ParameterObject ActivityFilter filter) {
    return answers.uncached(asked, now -> find(asked, page, filter, now));
  }

  private Optional<Found> find(ChildRequest asked, Page page, ActivityFilter filter, Instant now) {
    var after = page.after() == null ? null : Cursor.momentAndId(page.after());
    var rows =
        jdbc.sql(ACTIVITIES)
            .param("child", asked.child().value())
            .param("viewer", asked.viewer().id())
            .param("before", after == null ? "infinity" : after.at().toString())
            .param("before_id", after == null ? 0 : after.id())
            .param("type", filter.activityType(), Types.VARCHAR)
            .param("verified", filter.verified(), Types.BOOLEAN)
            .param("first_day", filter.dateFrom(), Types.DATE)
            .param("last_day", filter.dateTo(), Types.DATE)
            .param("most", page.limitAndOne())
            .query((row, _) -> Optional.ofNullable(row.getString("activity")))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var cut =
        page.cut(
            rows.stream()
                .flatMap(Optional::stream)
                .map(document -> json.readValue(document, ActivityPage.Activity.class))
                .toList(),
            activity -> new Cursor.Moment<>(activity.completedAt(), activity.id()).text());
    return Optional.of(new Found(new ActivityPage(cut.items(), cut.next(), page.limit(), now)));
  }
}
