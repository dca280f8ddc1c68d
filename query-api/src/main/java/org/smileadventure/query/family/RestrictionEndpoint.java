package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A guardian has a child's data kept and not used, or lifts that again. */
@RestController
class RestrictionEndpoint {
  private final JdbcClient jdbc;
  private final StaleAnswers stale;

  RestrictionEndpoint(JdbcClient jdbc, StaleAnswers stale) {
    this.jdbc = jdbc;
    this.stale = stale;
  }

  record Restriction(@NotNull Boolean restricted) {}

  @Operation(summary = "Has a child's data kept and not used, or lifts that again")
  @ApiResponse(responseCode = "204", description = "It counts from now on")
  @PutMapping("/api/v1/children/{id}/restriction")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void restrict(ChildRequest asked, @Valid @RequestBody Restriction restriction) {
    if (!jdbc.sql("SELECT restrict_child(:viewer, :child, :restricted)")
        .param("viewer", asked.viewer().id())
        .param("child", asked.child().value())
        .param("restricted", restriction.restricted())
        .query(Boolean.class)
        .single()) {
      throw ChildAnswers.notFound(asked.child());
    }
    stale.forget(asked.child());
  }
}
