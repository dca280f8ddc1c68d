package org.smileadventure.query.children;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Versioned;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.ChildToday;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A parent's own children, a professional's assigned ones. */
@RestController
class ChildrenEndpoint {
  private static final String CHILDREN = SqlFile.read(ChildrenEndpoint.class, "children.sql");
  private static final String CHILD = SqlFile.read(ChildrenEndpoint.class, "child.sql");

  private final Answers answers;
  private final ChildAnswers childAnswers;
  private final OpenedChildren children;
  private final ChildToday today;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ChildrenEndpoint(
      Answers answers,
      ChildAnswers childAnswers,
      OpenedChildren children,
      ChildToday today,
      JdbcClient jdbc,
      JsonMapper json) {
    this.answers = answers;
    this.childAnswers = childAnswers;
    this.children = children;
    this.today = today;
    this.jdbc = jdbc;
    this.json = json;
  }

  @Operation(summary = "A parent's own children, or those assigned to a professional")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ChildPage.class)))
  @GetMapping("/api/v1/children")
  ResponseEntity<byte[]> children(Asked asked, Page page) {
    var after = page.after() == null ? 0 : Cursor.id(page.after());
    var found =
        children.all(
            asked.viewer(),
            asked.line(),
            () ->
                jdbc.sql(CHILDREN)
                    .param("viewer", asked.viewer().id())
                    .param("after", after)
                    .param("most", page.limitAndOne())
                    .query((row, _) -> json.readValue(row.getString(1), ChildPage.Child.class))
                    .list());
    var cut = page.cut(found, child -> Cursor.ofId(child.id()));
    return answers.of(
        new ChildPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  @Operation(summary = "A child's profile")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ChildProfile.class)))
  @GetMapping("/api/v1/children/{id}")
  ResponseEntity<byte[]> child(ChildRequest asked) {
    return childAnswers.versioned(asked, now -> profile(asked, now));
  }

  private Optional<Versioned> profile(ChildRequest asked, Instant now) {
    return today.of(asked.viewer(), asked.child(), now).flatMap(day -> profile(asked, now, day));
  }

  private Optional<Versioned> profile(ChildRequest asked, Instant now, LocalDate today) {
    return jdbc.sql(CHILD)
        .param("child", asked.child().value())
        .param("viewer", asked.viewer().id())
        .param("today", today.toString())
        .query(
            (row, _) -> {
              var document = row.getString("child");
              var version = row.getLong("version");
              return new Versioned(
                  new ChildProfile(
                      json.readValue(document, ChildPage.Child.class),
                      json.readValue(document, ChildProfile.Details.class),
                      version,
                      row.getLong("sessions"),
                      row.getLong("activities"),
                      row.getLong("points"),
                      now),
                  version);
            })
        .optional();
  }
}
