package org.smileadventure.query.dashboard;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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

  DashboardEndpoint(Answers answers, OpenedChildren children, DashboardReader reader) {
    this.answers = answers;
    this.children = children;
    this.reader = reader;
  }

  @Operation(summary = "All of the viewer's children at a glance")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Dashboard.class)))
  @GetMapping("/api/v1/dashboard")
  ResponseEntity<byte[]> dashboard(Asked asked) {
    var now = answers.now();
    var found = children.all(asked.viewer(), asked.line(), () -> reader.read(asked.viewer(), now));
    return answers.of(found, asked.fields());
  }
}
