package org.smileadventure.query.phase;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.http.ComparesVersions;
import org.smileadventure.common.http.IfMatch;
import org.smileadventure.common.http.MergePatch;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.ChildToday;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The phases of a child, as its guardians and professionals note them. */
@RestController
class PhasesEndpoint {
  private final ChildAnswers answers;
  private final Answers clock;
  private final ChildToday today;
  private final OpenedChildren children;
  private final PhaseReader phases;
  private final MergePatch patches;
  private final StaleAnswers stale;
  private final JdbcClient jdbc;

  PhasesEndpoint(
      ChildAnswers answers,
      Answers clock,
      ChildToday today,
      OpenedChildren children,
      PhaseReader phases,
      MergePatch patches,
      StaleAnswers stale,
      JdbcClient jdbc) {
    this.answers = answers;
    this.clock = clock;
    this.today = today;
    this.children = children;
    this.phases = phases;
    this.patches = patches;
    this.stale = stale;
    this.jdbc = jdbc;
  }

  /** A child has a hundred at most that were noted. */
  record Phases(List<Listed> items) {
    static Phases of(List<Phase> phases) {
      var days = new PhaseDays(phases);
      return new Phases(
          phases.stream().map(phase -> Listed.of(phase, days.overlaps(phase))).toList());
    }
  }

  /**
   * A phase.
   *
   * @param overlaps those that have days in common with it
   */
  record Listed(@JsonUnwrapped Phase phase, List<UUID> overlaps) {
    static Listed of(Phase phase, List<Phase> overlaps) {
      return new Listed(phase, overlaps.stream().map(Phase::id).toList());
    }
  }

  @Operation(
      summary =
          "Phases of a child, such as a therapy, in the order of the days on which they began")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Phases.class)))
  @GetMapping("/api/v1/children/{id}/phases")
  ResponseEntity<byte[]> phases(ChildRequest asked) {
    return answers.uncached(
        asked,
        now ->
            today
                .of(asked.viewer(), asked.child(), now)
                .map(_ -> new Found(Phases.of(phases.of(asked.child())))));
  }

  record Added(UUID id) {}

  private record Outcome(String outcome, @Nullable UUID phase) {}

  @Operation(summary = "Notes a phase")
  @ApiResponse(
      responseCode = "201",
      description = "It is shown from now on",
      content = @Content(schema = @Schema(implementation = Added.class)))
  @ApiResponse(responseCode = "409", description = "The child has a hundred already")
  @PostMapping("/api/v1/children/{id}/phases")
  ResponseEntity<Added> add(ChildRequest asked, @Valid @RequestBody PhaseFields phase) {
    phase.requireDays(todayAnywhere());
    var said =
        jdbc.sql(
                """
                SELECT outcome, phase
                FROM add_phase(:viewer, :child, :day::date, :until::date, :kind, :label)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("day", phase.day().toString())
            .param("until", text(phase.until()))
            .param("kind", phase.kind())
            .param("label", phase.label())
            .query(Outcome.class)
            .single();
    return switch (said.outcome()) {
      case "added" -> {
        stale.forget(asked.child());
        var id = requireNonNull(said.phase());
        yield ResponseEntity.created(
                URI.create("/api/v1/children/%s/phases/%s".formatted(asked.child(), id)))
            .body(new Added(id));
      }
      case "too_many" ->
          throw new ProblemException(
              HttpStatus.CONFLICT, "the child has a hundred phases already; remove one first");
      default -> throw ChildAnswers.notFound(asked.child());
    };
  }

  @Operation(
      summary = "Changes a phase by a JSON merge patch: who noted it does, or a guardian",
      description = "What is not named stays; until is taken away by null, and the phase goes on.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = PhaseFields.class)),
        @Content(
            mediaType = "application/merge-patch+json",
            schema = @Schema(implementation = PhaseFields.class))
      })
  @ApiResponse(responseCode = "204", description = "It counts from now on; ETag is the new version")
  @ApiResponse(
      responseCode = "409",
      description = "Somebody else has changed it at this moment, or it stands in the profile")
  @ApiResponse(responseCode = "412", description = "It is of another version than If-Match says")
  @PatchMapping(
      path = "/api/v1/children/{id}/phases/{phase}",
      consumes = {"application/json", "application/merge-patch+json"})
  @ComparesVersions
  ResponseEntity<Void> change(
      ChildRequest asked,
      @PathVariable("phase") UUID phase,
      @RequestBody Map<String, @Nullable Object> patch,
      IfMatch expected) {
    var known = noted(asked, phase).orElseThrow(() -> PhaseReader.notFound(phase));
    var version = requireNonNull(known.version());
    expected.require(version);
    var changed = patches.apply(PhaseFields.of(known), patch);
    changed.requireDays(todayAnywhere());
    var outcome =
        jdbc.sql(
                """
                SELECT change_phase(
                  :viewer, :child, :phase, :known, :day::date, :until::date, :kind, :label)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("phase", phase)
            .param("known", version)
            .param("day", changed.day().toString())
            .param("until", text(changed.until()))
            .param("kind", changed.kind())
            .param("label", changed.label())
            .query(String.class)
            .single();
    switch (outcome) {
      case "changed" -> stale.forget(asked.child());
      case "not_yours" ->
          throw new ProblemException(
              HttpStatus.FORBIDDEN, "who noted a phase changes it, or a guardian");
      case "stale" ->
          throw new ProblemException(
              HttpStatus.CONFLICT,
              "somebody else has changed the phase at this moment; read it and try again");
      default -> throw PhaseReader.notFound(phase);
    }
    return ResponseEntity.noContent().eTag(IfMatch.tag(version + 1)).build();
  }

  @Operation(summary = "Removes a phase: who noted it does, or a guardian")
  @ApiResponse(responseCode = "204", description = "It is not shown any more")
  @ApiResponse(responseCode = "409", description = "It stands in the profile")
  @DeleteMapping("/api/v1/children/{id}/phases/{phase}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(ChildRequest asked, @PathVariable("phase") UUID phase) {
    var outcome =
        jdbc.sql("SELECT remove_phase(:viewer, :child, :phase)")
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("phase", phase)
            .query(String.class)
            .single();
    switch (outcome) {
      case "removed" -> stale.forget(asked.child());
      case "not_yours" ->
          throw new ProblemException(
              HttpStatus.FORBIDDEN, "who noted a phase removes it, or a guardian");
      default -> {
        // One of the profile is told apart from one that there is not.
        noted(asked, phase);
        throw PhaseReader.notFound(phase);
      }
    }
  }

  /**
   * What was noted; empty if there is no such phase of a child that the viewer may see.
   *
   * @throws ProblemException with 409 if it stands in the profile
   */
  private Optional<Phase> noted(ChildRequest asked, UUID phase) {
    return children.one(
        asked.viewer(),
        asked.child(),
        asked.line(),
        () ->
            today
                .of(asked.viewer(), asked.child(), clock.now())
                .flatMap(_ -> find(asked, phase))
                .map(PhasesEndpoint::requireNoted));
  }

  private Optional<Phase> find(ChildRequest asked, UUID phase) {
    return phases.of(asked.child()).stream().filter(known -> known.id().equals(phase)).findFirst();
  }

  private static Phase requireNoted(Phase phase) {
    if (phase.isOfProfile()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "this therapy stands in the child's profile; change current_therapies there");
    }
    return phase;
  }

  /** A child may be some hours ahead; the bounds are wide enough. */
  private LocalDate todayAnywhere() {
    return LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }
}
