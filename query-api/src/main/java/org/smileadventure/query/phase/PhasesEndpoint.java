package org.smileadventure.query.phase;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.ChildToday;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What begins for a child, as its guardians and professionals note it. */
@RestController
class PhasesEndpoint {
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final int MOST_DAYS_AHEAD = 366;

  private final ChildAnswers answers;
  private final Answers clock;
  private final ChildToday today;
  private final PhaseReader phases;
  private final StaleAnswers stale;
  private final JdbcClient jdbc;

  PhasesEndpoint(
      ChildAnswers answers,
      Answers clock,
      ChildToday today,
      PhaseReader phases,
      StaleAnswers stale,
      JdbcClient jdbc) {
    this.answers = answers;
    this.clock = clock;
    this.today = today;
    this.phases = phases;
    this.stale = stale;
    this.jdbc = jdbc;
  }

  /** A child has a hundred at most. */
  record Phases(List<Phase> items) {}

  @Operation(summary = "What began for a child, such as therapy, in the order of the days")
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
                .map(_ -> new Found(new Phases(phases.of(asked.child())))));
  }

  /** Something that begins. */
  record NewPhase(
      @NotNull LocalDate day,
      @NotNull @Pattern(regexp = "therapy|scenario|other") String kind,
      @NotNull @TypedText(max = 100) String label) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    NewPhase {
      label = Canonical.text(label);
    }
  }

  record Added(UUID id) {}

  private record Outcome(String outcome, @Nullable UUID phase) {}

  @Operation(summary = "Notes that something begins")
  @ApiResponse(
      responseCode = "201",
      description = "It is shown from now on",
      content = @Content(schema = @Schema(implementation = Added.class)))
  @ApiResponse(responseCode = "409", description = "The child has a hundred already")
  @PostMapping("/api/v1/children/{id}/phases")
  ResponseEntity<Added> add(ChildRequest asked, @Valid @RequestBody NewPhase phase) {
    var latest = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC).plusDays(MOST_DAYS_AHEAD);
    if (phase.day().isBefore(EARLIEST) || phase.day().isAfter(latest)) {
      throw new BadParameterException(
          "day", "a day from %s to %s".formatted(EARLIEST, latest), phase.day().toString());
    }
    var said =
        jdbc.sql(
                """
                SELECT outcome, phase
                FROM add_phase(:viewer, :child, :day::date, :kind, :label)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("day", phase.day().toString())
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

  @Operation(summary = "Removes a phase: who noted it does, or a guardian")
  @ApiResponse(responseCode = "204", description = "It is not shown any more")
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
      default -> throw notFound(phase);
    }
  }

  static ProblemException notFound(UUID phase) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no phase " + phase + " of a child that you may see");
  }
}
