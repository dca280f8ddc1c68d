package org.smileadventure.query.population;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.AgeBand;
import org.smileadventure.common.population.Cohort;
import org.smileadventure.common.population.Cohorts;
import org.smileadventure.common.population.SupportLevel;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.Offered;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is told of all children together: from the published cells and from nothing else, so that
 * none of these answers can tell more than docs/population.md allows.
 */
@RestController
class PopulationEndpoints {
  private static final String AGES = "0-3|4-6|7-12|13-18|19\\+";
  private static final int MOST_DAYS = 365;
  private static final String LEVELS = "1|2|3|unspecified";

  private final Answers answers;
  private final Publications publications;

  PopulationEndpoints(Answers answers, Publications publications) {
    this.answers = answers;
    this.publications = publications;
  }

  @Operation(summary = "All children together, by age and by support level, over 90 days")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Publications.Population.class)))
  @GetMapping("/api/v1/population")
  ResponseEntity<byte[]> population(Asked asked) {
    return answers.of(publications.population(answers.now()), asked.fields());
  }

  /** The cohorts to compare. */
  record Comparison(
      @NotNull @Size(min = Cohorts.FEWEST, max = Cohorts.MOST)
          List<@NotNull @Valid CohortAsked> cohorts) {

    /**
     * A cohort.
     *
     * @param ageBands null or empty: of any age; supportLevels likewise
     */
    record CohortAsked(
        @NotNull @TypedText(max = 100) String name,
        @Nullable @Size(max = 5) List<@NotNull @Pattern(regexp = AGES) String> ageBands,
        @Nullable @Size(max = 4) List<@NotNull @Pattern(regexp = LEVELS) String> supportLevels) {

      Cohort cohort() {
        return new Cohort(
            name,
            ageBands == null
                ? Set.of()
                : ageBands.stream().map(AgeBand::ofLabel).collect(Collectors.toSet()),
            supportLevels == null
                ? Set.of()
                : supportLevels.stream().map(SupportLevel::ofLabel).collect(Collectors.toSet()));
      }
    }
  }

  record Compared(List<CohortFigures> cohorts, Instant computedAt) {}

  @Operation(summary = "Two to five cohorts beside each other")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Compared.class)))
  @PostMapping("/api/v1/cohorts/compare")
  ResponseEntity<byte[]> compare(@Valid @RequestBody Comparison comparison, Asked asked) {
    var compared =
        publications
            .cohorts()
            .compare(comparison.cohorts().stream().map(Comparison.CohortAsked::cohort).toList())
            .stream()
            .map(CohortFigures::of)
            .toList();
    return answers.of(new Compared(compared, answers.now()), asked.fields());
  }

  record Treatments(List<Publications.Treatment> treatments, Instant computedAt) {}

  @Operation(
      summary = "What changed with a therapy's start, for each type of therapy, and for how many")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Treatments.class)))
  @GetMapping("/api/v1/treatments")
  ResponseEntity<byte[]> treatments(Asked asked) {
    return answers.of(new Treatments(publications.treatments(), answers.now()), asked.fields());
  }

  record Insights(List<Publications.Insight> insights, Instant computedAt) {}

  @Operation(summary = "What is notable about groups of children, with its evidence")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Insights.class)))
  @GetMapping("/api/v1/insights")
  ResponseEntity<byte[]> insights(Asked asked) {
    return answers.of(new Insights(publications.insights(), answers.now()), asked.fields());
  }

  @Operation(summary = "How the platform is used")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Publications.Platform.class)))
  @GetMapping("/api/v1/platform")
  ResponseEntity<byte[]> platform(
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "365", defaultValue = "30"))
          @RequestParam(defaultValue = "30")
          String days,
      Asked asked) {
    if (!days.matches("[1-9]\\d{0,2}") || Integer.parseInt(days) > MOST_DAYS) {
      throw new BadParameterException("days", "a number from 1 to " + MOST_DAYS, days);
    }
    return answers.of(publications.platform(Integer.parseInt(days), answers.now()), asked.fields());
  }

  /** All that is published, in one document. */
  record Export(
      CohortFigures all,
      List<CohortFigures> byAge,
      List<CohortFigures> bySupportLevel,
      List<Publications.Distribution> distributions,
      List<Publications.Treatment> treatments,
      List<Publications.Insight> insights,
      Instant computedAt) {}

  @Operation(summary = "All that is published of the population, as a file: json or csv")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = "application/json", schema = @Schema(implementation = Export.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @GetMapping(
      path = "/api/v1/population/export",
      produces = {"application/json", "text/csv"})
  ResponseEntity<byte[]> export(@Offered({Format.JSON, Format.CSV}) Format kind, Asked asked) {
    var population = publications.population(answers.now());
    var export =
        new Export(
            population.all(),
            population.byAge(),
            population.bySupportLevel(),
            population.distributions(),
            publications.treatments(),
            publications.insights(),
            population.computedAt());
    return kind == Format.CSV
        ? Answers.file("population.csv", Csv.TYPE, PopulationTable.of(export).getBytes(UTF_8))
        : answers.of(export, asked.fields());
  }
}
