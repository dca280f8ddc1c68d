package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Who decides about a child, and the end of that. */
@RestController
class GuardiansEndpoint {
  private static final String GUARDIANS = SqlFile.read(GuardiansEndpoint.class, "guardians.sql");

  private final GuardedChildren children;
  private final Answers answers;
  private final StaleAnswers stale;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  GuardiansEndpoint(
      GuardedChildren children,
      Answers answers,
      StaleAnswers stale,
      JdbcClient jdbc,
      JsonMapper json) {
    this.children = children;
    this.answers = answers;
    this.stale = stale;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Somebody who decides.
   *
   * @param since null for the parent
   */
  record Guardian(
      long userId, String name, boolean parent, @Nullable Instant since, @Nullable Long addedBy) {}

  record Guardians(List<Guardian> guardians, Instant computedAt) {}

  @Operation(summary = "Who decides about a child")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Guardians.class)))
  @GetMapping("/api/v1/children/{id}/guardians")
  ResponseEntity<byte[]> guardians(ChildRequest asked) {
    var found =
        children.read(
            asked,
            () ->
                jdbc.sql(GUARDIANS)
                    .param("child", asked.child().value())
                    .query((row, _) -> json.readValue(row.getString(1), Guardian.class))
                    .list());
    return answers.of(new Guardians(found, answers.now()), asked.fields());
  }

  @Operation(summary = "Removes a guardian, or oneself")
  @ApiResponse(responseCode = "204", description = "They do not see the child any more")
  @ApiResponse(
      responseCode = "409",
      description =
          "It is the parent, who hands the child over, or nobody else would decide about it")
  @DeleteMapping("/api/v1/children/{id}/guardians/{user_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(ChildRequest asked, @PathVariable("user_id") long guardian) {
    var outcome =
        jdbc.sql("SELECT remove_guardian(:viewer, :child, :guardian, :now::timestamptz)")
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("guardian", guardian)
            .param("now", answers.now().toString())
            .query(String.class)
            .single();
    switch (outcome) {
      case "removed" -> stale.forget(asked.child());
      case "parent" ->
          throw new ProblemException(
              HttpStatus.CONFLICT,
              "the parent is not removed; invite somebody with the kind transfer to take over");
      case "last" ->
          throw new ProblemException(
              HttpStatus.CONFLICT,
              "the accounts of all other guardians are not in use; have the child erased, or"
                  + " transferred, first");
      case "not_yours" ->
          throw new ProblemException(
              HttpStatus.FORBIDDEN, "the parent removes guardians; a guardian removes themselves");
      default -> throw ChildAnswers.notFound(asked.child());
    }
  }
}
