package org.smileadventure.query.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** One session, with its timeline page by page. */
@RestController
class SessionEndpoint {
  private final Answers answers;
  private final OpenedChildren children;
  private final Sessions sessions;

  SessionEndpoint(Answers answers, OpenedChildren children, Sessions sessions) {
    this.answers = answers;
    this.children = children;
    this.sessions = sessions;
  }

  @Operation(summary = "A session and its timeline")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SessionDetail.class)))
  @GetMapping("/api/v1/sessions/{id}")
  ResponseEntity<byte[]> session(@PathVariable UUID id, Asked asked, Page page) {
    var viewer = asked.viewer();
    var found =
        children
            .oneOfSession(
                viewer, id, asked.line(), () -> sessions.find(viewer, id, page, answers.now()))
            .orElseThrow(() -> notFound(id));
    return answers.of(found, asked.fields());
  }

  static ProblemException notFound(UUID session) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no session " + session + " that you may see");
  }
}
