package org.smileadventure.query.statement;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Rendered;
import org.smileadventure.query.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A child's events as statements, as a learning record store would answer. */
@RestController
class StatementsEndpoint {
  private final ChildAnswers answers;
  private final StatementReader statements;

  StatementsEndpoint(ChildAnswers answers, StatementReader statements) {
    this.answers = answers;
    this.statements = statements;
  }

  /** The answer as the xAPI calls it, with what it leaves open about statements. */
  record StatementResult(List<Map<String, Object>> statements, String more) {}

  @Operation(
      summary = "What a child played, as statements of the xAPI 1.0.3, oldest session first",
      description =
          "A statement is the same, with the same id, whenever it is fetched. `more` is where the"
              + " next page is, or empty.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = StatementResult.class)))
  @ApiResponse(
      responseCode = "403",
      description = "Not for this role, or the assignment is without exports")
  @GetMapping("/api/v1/children/{id}/statements")
  ResponseEntity<byte[]> statements(ChildRequest asked, Page page) {
    var answer =
        answers.uncached(
            asked,
            _ ->
                statements
                    .find(asked.viewer(), asked.child(), page)
                    .map(found -> new Found((Rendered) found::json)));
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(Statement.VERSION_HEADER, Statement.XAPI)
        .body(answer.getBody());
  }
}
