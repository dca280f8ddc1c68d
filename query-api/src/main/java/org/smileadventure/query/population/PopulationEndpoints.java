package org.smileadventure.query.population;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.AgeBand;
import org.smileadventure.common.population.Cohort;
import org.smileadventure.common.population.Cohorts;
import org.smileadventure.common.population.SupportLevel;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is told of all children together: from the published cells and from nothing else, so that
 * none of these answers can tell more than docs/privacy.md allows.
 */
@RestController
class PopulationEndpoints {
  private static final String AGES = "0-3|4-6|7-12|13-18|19\\+";
  private static final String LEVELS = "1|2|3|unspecified";

  private final Answers answers;
  private final PopulationCells cells;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  PopulationEndpoints(Answers answers, PopulationCells cells, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.cells = cells;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * The population over the last 90 days.
   *
   * @param byAge each age band, as bySupportLevel each level
   */
  record Population(
      CohortFigures all,
      List<CohortFigures> byAge,
      List<CohortFigures> bySupportLevel,
      List<Distribution> distributions,
      Instant computedAt) {}

  /**
   * A part of a cell's children.
   *
   * @param scope the leaves of the cell, each age band / support level / playing or quiet
   * @param share from 0 to 1; shareLow and shareHigh are its 95 % interval after Wilson
   */
  record Distribution(
      String topic,
      List<String> scope,
      String category,
      long children,
      long ofChildren,
      double share,
      double shareLow,
      double shareHigh,
      Instant publishedAt) {}

  @Operation(summary = "All children together, by age and by support level, over 90 days")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Population.class)))
  @GetMapping("/api/v1/population")
  ResponseEntity<byte[]> population(Asked asked) {
    var cohorts = new Cohorts(cells.all());
    var all = CohortFigures.of(cohorts.answer(new Cohort("all", Set.of(), Set.of())));
    var byAge = new ArrayList<CohortFigures>();
    for (var age : AgeBand.values()) {
      byAge.add(CohortFigures.of(cohorts.answer(new Cohort(age.label(), Set.of(age), Set.of()))));
    }
    var byLevel = new ArrayList<CohortFigures>();
    for (var level : SupportLevel.values()) {
      byLevel.add(
          CohortFigures.of(cohorts.answer(new Cohort(level.label(), Set.of(), Set.of(level)))));
    }
    var distributions =
        rows(
            "SELECT to_jsonb(d) FROM v_population_distribution d ORDER BY topic, scope, category",
            Distribution.class);
    return answers.of(
        new Population(all, byAge, byLevel, distributions, answers.now()), asked.fields());
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
        @NotBlank @Size(max = 100) String name,
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
        new Cohorts(cells.all())
                .compare(comparison.cohorts().stream().map(Comparison.CohortAsked::cohort).toList())
                .stream()
                .map(CohortFigures::of)
                .toList();
    return answers.of(new Compared(compared, answers.now()), asked.fields());
  }

  /**
   * What children gained with a therapy: by how much more (or less) a week their score rose after
   * its start than before.
   *
   * @param therapyType null: several that are told together only
   * @param effectLow of the mean's 95 % interval, as effectHigh
   */
  record Treatment(
      @Nullable String therapyType,
      long children,
      @Nullable Double effectMean,
      @Nullable Double effectSd,
      @Nullable Double effectLow,
      @Nullable Double effectHigh,
      Instant publishedAt) {}

  record Treatments(List<Treatment> treatments, Instant computedAt) {}

  @Operation(summary = "What changed with a therapy's start, for each type of therapy")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Treatments.class)))
  @GetMapping("/api/v1/treatments")
  ResponseEntity<byte[]> treatments(Asked asked) {
    var found =
        rows("SELECT to_jsonb(t) FROM v_treatment_effect t ORDER BY therapy_type", Treatment.class);
    return answers.of(new Treatments(found, answers.now()), asked.fields());
  }

  /**
   * Something notable about a cell's children, with the share that it rests on.
   *
   * @param priority high, medium or low
   * @param share from 0 to 1
   */
  record Insight(
      String insight,
      String priority,
      String restsOn,
      List<String> scope,
      long children,
      long ofChildren,
      double share,
      double shareLow,
      double shareHigh,
      Instant publishedAt) {}

  record Insights(List<Insight> insights, Instant computedAt) {}

  @Operation(summary = "What is notable about groups of children, with its evidence")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Insights.class)))
  @GetMapping("/api/v1/insights")
  ResponseEntity<byte[]> insights(Asked asked) {
    var found =
        rows(
            """
            SELECT to_jsonb(i) FROM v_population_insight i
            ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), share_low DESC, insight, scope
            """,
            Insight.class);
    return answers.of(new Insights(found, answers.now()), asked.fields());
  }

  /** How the platform is used: accounts as they are, children as far as it is published. */
  record Platform(List<Users> users, Play play, Instant computedAt) {

    /**
     * Accounts of a role in a state.
     *
     * @param newUsers of the last 30 days; seenUsers logged in during them
     */
    record Users(String role, String status, long users, long newUsers, long seenUsers) {}

    /** Over the last 90 days. */
    record Play(
        long children,
        long playingChildren,
        long sessions,
        long completed,
        @Nullable Double completionRate,
        @Nullable Instant oldestPublishedAt) {}
  }

  @Operation(summary = "How the platform is used")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Platform.class)))
  @GetMapping("/api/v1/platform")
  ResponseEntity<byte[]> platform(Asked asked) {
    var users =
        rows(
            "SELECT to_jsonb(u) FROM v_platform_users u ORDER BY role, status",
            Platform.Users.class);
    var play = rows("SELECT to_jsonb(p) FROM v_platform_play p", Platform.Play.class).getFirst();
    return answers.of(new Platform(users, play, answers.now()), asked.fields());
  }

  private <T> List<T> rows(String statement, Class<T> type) {
    return jdbc.sql(statement).query((row, _) -> json.readValue(row.getString(1), type)).list();
  }
}
