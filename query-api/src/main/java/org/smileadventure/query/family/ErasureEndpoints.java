package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Has all that is kept of a child erased, and tells how far that is. */
@RestController
class ErasureEndpoints {
  private static final int MOST_REASON = 500;

  private final Answers answers;
  private final StaleAnswers stale;
  private final Erasures erasures;

  ErasureEndpoints(Answers answers, StaleAnswers stale, Erasures erasures) {
    this.answers = answers;
    this.stale = stale;
    this.erasures = erasures;
  }

  /**
   * A guardian asks.
   *
   * @param confirmName the child's name, as nothing brings its data back
   */
  record Farewell(
      @NotNull @Size(max = 200) String confirmName,
      @Nullable @TypedText(max = MOST_REASON, lines = true) String reason) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Farewell {
      confirmName = Canonical.text(confirmName);
      reason = Canonical.text(reason);
    }

    @Override
    public String toString() {
      return "Farewell[***]";
    }
  }

  /** An admin asks. */
  record AdminErasure(
      @NotNull @Positive Long childId, @NotNull @TypedText(max = MOST_REASON) String reason) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    AdminErasure {
      reason = Canonical.text(reason);
    }
  }

  record Begun(UUID erasure) {}

  @Operation(
      summary = "Has all that is kept of a child erased; asked again, it is the same erasure")
  @ApiResponse(
      responseCode = "202",
      description = "Nobody sees the child any more; Location tells how far it is",
      content = @Content(schema = @Schema(implementation = Begun.class)))
  @ApiResponse(responseCode = "422", description = "confirm_name is not the child's name")
  @DeleteMapping("/api/v1/children/{id}")
  ResponseEntity<Begun> erase(ChildRequest asked, @Valid @RequestBody Farewell farewell) {
    return begun(
        asked.child(),
        erasures.ask(asked.viewer(), asked.child(), farewell.confirmName(), farewell.reason()));
  }

  @Operation(summary = "Has all that is kept of a child erased, for a reason")
  @ApiResponse(
      responseCode = "202",
      description = "Nobody sees the child any more; Location tells how far it is",
      content = @Content(schema = @Schema(implementation = Begun.class)))
  @ApiResponse(responseCode = "404", description = "There is no such child")
  @PostMapping("/api/v1/erasures")
  ResponseEntity<Begun> erase(@Valid @RequestBody AdminErasure erasure, Asked asked) {
    var child = new ChildId(erasure.childId());
    return begun(child, erasures.ask(asked.viewer(), child, null, erasure.reason()));
  }

  private ResponseEntity<Begun> begun(ChildId child, Erasures.Outcome said) {
    switch (said.outcome()) {
      case "asked" -> stale.forget(child);
      case "wrong_name" ->
          throw new ProblemException(
                  HttpStatus.UNPROCESSABLE_CONTENT,
                  "confirm_name is not the name of this child; nothing was done")
              .with("parameter", "confirm_name");
      default -> throw ChildAnswers.notFound(child);
    }
    var id = Objects.requireNonNull(said.erasure());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/erasures/" + id))
        .body(new Begun(id));
  }

  @Operation(summary = "How far an erasure is; when it is done, its certificate")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Erasures.Erasure.class)))
  @GetMapping("/api/v1/erasures/{id}")
  ResponseEntity<byte[]> erasure(@PathVariable("id") UUID id, Asked asked) {
    return answers.of(
        erasures
            .find(asked.viewer(), id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no erasure " + id + " that you may ask about")),
        asked.fields());
  }
}
