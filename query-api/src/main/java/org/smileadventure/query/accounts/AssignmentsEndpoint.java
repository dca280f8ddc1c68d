package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.accounts.Assignments.Assignment;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which professional may see which child, decided by admins. */
@RestController
class AssignmentsEndpoint {
  private static final Duration LONGEST = Duration.ofDays(730);
  private static final Set<String> PERMISSIONS = Set.of("export", "notes");

  private final Answers answers;
  private final Assignments assignments;

  AssignmentsEndpoint(Answers answers, Assignments assignments) {
    this.answers = answers;
    this.assignments = assignments;
  }

  /** A page of assignments, by number. */
  record AssignmentPage(
      List<Assignment> assignments, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Which professional may see which child")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AssignmentPage.class)))
  @GetMapping("/api/v1/assignments")
  ResponseEntity<byte[]> assignments(
      Asked asked, Page page, @Valid @ParameterObject Assignments.Filter filter) {
    var cut = assignments.find(filter, page, asked.viewer());
    return answers.of(
        new AssignmentPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  /**
   * An assignment that is wanted.
   *
   * @param until of a temporary one, and of no other
   * @param permissions export and notes; what is not named is allowed
   */
  record NewAssignment(
      @NotNull @Positive Long childId,
      @NotNull @Positive Long professionalId,
      @Nullable @Pattern(regexp = "primary|consulting|temporary") String assignmentType,
      @Nullable Instant until,
      @Nullable Map<String, @NotNull Boolean> permissions) {}

  @Operation(summary = "Lets a professional see a child; done again, it is the same assignment")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Assignment.class)))
  @ApiResponse(responseCode = "422", description = "There is no such child or professional")
  @PostMapping("/api/v1/assignments")
  ResponseEntity<byte[]> assign(@Valid @RequestBody NewAssignment assignment, Asked asked) {
    var wanted =
        new Assignments.Wanted(
            assignment.childId(),
            assignment.professionalId(),
            Objects.requireNonNullElse(assignment.assignmentType(), "primary"),
            until(assignment),
            permissions(assignment.permissions()));
    try {
      return answers.of(
          assignments
              .assign(wanted, asked.viewer())
              .orElseThrow(() -> unknown("professional_id", assignment.professionalId())),
          asked.fields());
    } catch (DataIntegrityViolationException _) {
      throw unknown("child_id", assignment.childId());
    }
  }

  private @Nullable Instant until(NewAssignment assignment) {
    var until = assignment.until();
    if ("temporary".equals(assignment.assignmentType()) != (until != null)) {
      throw new BadParameterException(
          "until", "given for a temporary assignment, and for no other", String.valueOf(until));
    }
    var now = answers.now();
    if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(LONGEST)))) {
      throw new BadParameterException(
          "until", "a time in the next %d days".formatted(LONGEST.toDays()), until.toString());
    }
    return until;
  }

  private static Assignments.Permissions permissions(@Nullable Map<String, Boolean> named) {
    if (named == null) {
      return Assignments.Permissions.ALL;
    }
    if (!PERMISSIONS.containsAll(named.keySet())) {
      throw new BadParameterException("permissions", "of export and notes only", "…");
    }
    return new Assignments.Permissions(
        named.getOrDefault("export", true), named.getOrDefault("notes", true));
  }

  @Operation(summary = "Ends an assignment")
  @ApiResponse(responseCode = "204", description = "It has ended")
  @DeleteMapping("/api/v1/assignments/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@PathVariable long id, Asked asked) {
    if (!assignments.end(id, asked.viewer())) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "there is no assignment " + id);
    }
  }

  private static ProblemException unknown(String field, long id) {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, field + ": there is no " + id)
        .with("parameter", field);
  }
}
