package org.smileadventure.query.phase;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Mean;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.NamedChild;
import org.smileadventure.query.words.FigureWords;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a child played before something began, and how after. */
@RestController
class PhaseComparisonEndpoint {
  private static final Duration TTL = Duration.ofMinutes(15);
  private static final int LEAST_DAYS = 7;
  private static final int MOST_DAYS = 366;
  private static final List<Figure> FIGURES =
      List.of(Figure.SCORE, Figure.ENGAGEMENT, Figure.SUCCESS, Figure.RECOVERY, Figure.DISTRESS);

  private final ChildAnswers answers;
  private final PhaseReader phases;
  private final WindowReader windows;
  private final JdbcClient jdbc;

  PhaseComparisonEndpoint(ChildAnswers answers, PhaseReader phases, JdbcClient jdbc) {
    this.answers = answers;
    this.phases = phases;
    this.windows = new WindowReader(jdbc);
    this.jdbc = jdbc;
  }

  @Operation(summary = "Figures before something began beside those after")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = PhaseComparison.class)))
  @GetMapping("/api/v1/children/{id}/phases/{phase}/comparison")
  ResponseEntity<byte[]> comparison(
      ChildRequest asked,
      @PathVariable("phase") UUID phase,
      @Parameter(
              description = "how many days on each side, at most",
              schema =
                  @Schema(type = "integer", minimum = "7", maximum = "366", defaultValue = "90"))
          @RequestParam(name = "days", defaultValue = "90")
          String days,
      Language language) {
    var length = days(days);
    return answers.cached(
        asked,
        "phase:%s:%d:%s".formatted(phase, length, language.tag()),
        TTL,
        now -> find(asked, phase, length, language, now));
  }

  private static int days(String days) {
    if (days.matches("[1-9][0-9]{0,2}")) {
      var length = Integer.parseInt(days);
      if (length >= LEAST_DAYS && length <= MOST_DAYS) {
        return length;
      }
    }
    throw new BadParameterException(
        "days", "a number from %d to %d".formatted(LEAST_DAYS, MOST_DAYS), days);
  }

  private Optional<Found> find(
      ChildRequest asked, UUID phase, int days, Language language, Instant now) {
    return NamedChild.read(jdbc, asked.viewer(), asked.child())
        .map(
            child ->
                phases.of(asked.child()).stream()
                    .filter(known -> known.id().equals(phase))
                    .findFirst()
                    .map(known -> compare(asked, child, known, days, language, now))
                    .orElseThrow(() -> PhasesEndpoint.notFound(phase)));
  }

  private Found compare(
      ChildRequest asked, NamedChild child, Phase phase, int days, Language language, Instant now) {
    var zone = child.zone();
    var today = LocalDate.ofInstant(now, zone);
    var end = phase.day().plusDays(days - 1L);
    var before = new DayRange(asked.child(), phase.day().minusDays(days), phase.day().minusDays(1));
    var after =
        new DayRange(
            asked.child(),
            phase.day(),
            // Of what begins later than today there is its first day, without any play.
            end.isAfter(today) ? latest(today, phase.day()) : end);
    var moments = windows.read(List.of(before, after));
    var compared =
        FIGURES.stream()
            .map(
                figure ->
                    compared(
                        figure,
                        new Sides(
                            before,
                            requireNonNull(moments.get(before)),
                            after,
                            requireNonNull(moments.get(after))),
                        new FigureWords(language, child.name(), figure)))
            .toList();
    return new Found(
        new PhaseComparison(phase, days, compared, now),
        today.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static LocalDate latest(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private record Sides(
      DayRange before, WindowMoments playedBefore, DayRange after, WindowMoments playedAfter) {}

  private static PhaseComparison.FigureChange compared(
      Figure figure, Sides sides, FigureWords words) {
    var compared = figure.compare(sides.playedAfter(), sides.playedBefore());
    return new PhaseComparison.FigureChange(
        figure,
        words.title(),
        figure.unit(),
        side(sides.before(), compared.other()),
        side(sides.after(), compared.one()),
        compared.difference(),
        compared.interval(),
        compared.certainty(),
        words.difference(compared));
  }

  private static PhaseComparison.PhaseSide side(DayRange days, Mean mean) {
    return new PhaseComparison.PhaseSide(
        requireNonNull(days.first()), days.last(), mean.n(), mean.mean());
  }
}
