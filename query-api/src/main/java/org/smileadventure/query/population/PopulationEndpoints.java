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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
  private final InstantSource clock;

  PopulationEndpoints(
      Answers answers, PopulationCells cells, JdbcClient jdbc, InstantSource clock) {
    this.answers = answers;
    this.cells = cells;
    this.jdbc = jdbc;
    this.clock = clock;
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
        jdbc.sql("SELECT * FROM v_population_distribution ORDER BY topic, scope, category")
            .query(
                (row, _) ->
                    new Distribution(
                        row.getString("topic"),
                        List.of((String[]) row.getArray("scope").getArray()),
                        row.getString("category"),
                        row.getLong("children"),
                        row.getLong("of_children"),
                        row.getDouble("share"),
                        row.getDouble("share_low"),
                        row.getDouble("share_high"),
                        row.getTimestamp("published_at").toInstant()))
            .list();
    var now = now();
    return answers.of(new Population(all, byAge, byLevel, distributions, now), now, asked.fields());
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
    var now = now();
    return answers.of(new Compared(compared, now), now, asked.fields());
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
        jdbc.sql("SELECT * FROM v_treatment_effect ORDER BY therapy_type")
            .query(
                (row, _) ->
                    new Treatment(
                        row.getString("therapy_type"),
                        row.getLong("children"),
                        row.getObject("effect_mean", Double.class),
                        row.getObject("effect_sd", Double.class),
                        row.getObject("effect_low", Double.class),
                        row.getObject("effect_high", Double.class),
                        row.getTimestamp("published_at").toInstant()))
            .list();
    var now = now();
    return answers.of(new Treatments(found, now), now, asked.fields());
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
        jdbc.sql(
                """
                SELECT * FROM v_population_insight
                ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), share_low DESC, insight, scope
                """)
            .query(
                (row, _) ->
                    new Insight(
                        row.getString("insight"),
                        row.getString("priority"),
                        row.getString("rests_on"),
                        List.of((String[]) row.getArray("scope").getArray()),
                        row.getLong("children"),
                        row.getLong("of_children"),
                        row.getDouble("share"),
                        row.getDouble("share_low"),
                        row.getDouble("share_high"),
                        row.getTimestamp("published_at").toInstant()))
            .list();
    var now = now();
    return answers.of(new Insights(found, now), now, asked.fields());
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
        jdbc.sql("SELECT * FROM v_platform_users ORDER BY role, status")
            .query(
                (row, _) ->
                    new Platform.Users(
                        row.getString("role"),
                        row.getString("status"),
                        row.getLong("users"),
                        row.getLong("new_users"),
                        row.getLong("seen_users")))
            .list();
    var play =
        jdbc.sql("SELECT * FROM v_platform_play")
            .query(
                (row, _) -> {
                  var published = row.getTimestamp("oldest_published_at");
                  return new Platform.Play(
                      row.getLong("children"),
                      row.getLong("playing_children"),
                      row.getLong("sessions"),
                      row.getLong("completed"),
                      row.getObject("completion_rate") == null
                          ? null
                          : row.getDouble("completion_rate"),
                      published == null ? null : published.toInstant());
                })
            .single();
    var now = now();
    return answers.of(new Platform(users, play, now), now, asked.fields());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
