package org.smileadventure.query.dashboard;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.OpenedChildren;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DashboardEndpoint {
  private final Answers answers;
  private final OpenedChildren children;
  private final DashboardReader reader;
  private final Glances glances;

  DashboardEndpoint(
      Answers answers, OpenedChildren children, DashboardReader reader, Glances glances) {
    this.answers = answers;
    this.children = children;
    this.reader = reader;
    this.glances = glances;
  }

  @Operation(summary = "All of the viewer's children at a glance")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Dashboard.class)))
  @GetMapping("/api/v1/dashboard")
  ResponseEntity<byte[]> dashboard(Asked asked) {
    var now = answers.now();
    return answers.of(
        asked.viewer().looksFreely() ? fromCache(asked, now) : onRecord(asked, now),
        asked.fields());
  }

  private Dashboard fromCache(Asked asked, Instant now) {
    var seen = children.all(asked.viewer(), asked.line(), () -> reader.seen(asked.viewer()));
    var taken = glances.of(asked, seen, now);
    return Dashboard.of(seen, taken.glances(), taken.computedAt());
  }

  /** In the one transaction that puts the look on record. */
  private Dashboard onRecord(Asked asked, Instant now) {
    return children.all(
        asked.viewer(),
        asked.line(),
        () -> {
          var seen = reader.seen(asked.viewer());
          return Dashboard.of(seen, reader.glances(seen.first(), now), now);
        });
  }
}
