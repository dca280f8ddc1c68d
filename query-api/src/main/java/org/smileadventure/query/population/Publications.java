package org.smileadventure.query.population;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.AgeBand;
import org.smileadventure.common.population.Cohort;
import org.smileadventure.common.population.Cohorts;
import org.smileadventure.common.population.SupportLevel;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is published of all children together: cells, their sums and shares, and nothing else. */
@Component
class Publications {
  private final PopulationCells cells;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  Publications(PopulationCells cells, JdbcClient jdbc, JsonMapper json) {
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

  Cohorts cohorts() {
    return cells.cohorts();
  }

  Population population(Instant now) {
    var cohorts = cells.cohorts();
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
    return new Population(all, byAge, byLevel, distributions, now);
  }

  /**
   * What changed in the score of children with a therapy: baseline-corrected Tau of each, from −1
   * to 1, more is better; together by random effects.
   *
   * @param therapyType null: several that are told together only
   * @param effectSd how far the children's true effects are apart
   * @param effectLow of the mean's 95 % interval, as effectHigh
   * @param newChildLow of the interval in which the effect of one more child is, 95 times in 100;
   *     as newChildHigh
   * @param heterogeneity share, from 0 to 1, of the variance of effects that is between the true
   *     ones
   * @param improvedShare of the children whose own interval lies above 0, from 0 to 1; null unless
   *     at least ten are, and ten are not
   */
  record Treatment(
      @Nullable String therapyType,
      long children,
      @Nullable Double effectMean,
      @Nullable Double effectSd,
      @Nullable Double effectLow,
      @Nullable Double effectHigh,
      @Nullable Double newChildLow,
      @Nullable Double newChildHigh,
      @Nullable Double heterogeneity,
      @Nullable Double improvedShare,
      Instant publishedAt) {}

  List<Treatment> treatments() {
    return jdbc.sql("SELECT * FROM v_treatment_effect ORDER BY therapy_type")
        .query(new SimplePropertyRowMapper<>(Treatment.class))
        .list();
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

  /** The most urgent first. */
  List<Insight> insights() {
    return rows(
        """
        SELECT to_jsonb(i) FROM v_population_insight i
        ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), share_low DESC, insight, scope
        """,
        Insight.class);
  }

  /** How the platform is used: accounts as they are, children as far as it is published. */
  record Platform(int days, List<Users> users, Play play, Instant computedAt) {

    /**
     * Accounts of a role in a state.
     *
     * @param newUsers of the days that were asked for; seenUsers logged in during them
     */
    record Users(String role, String status, long users, long newUsers, long seenUsers) {}

    /**
     * Over the last 90 days.
     *
     * @param newChildren of the last 30 days; null where not every cell tells of its own
     * @param activities of daily life, of the children of whom that is published
     */
    record Play(
        long children,
        long playingChildren,
        long sessions,
        long completed,
        @Nullable Double completionRate,
        @Nullable Instant oldestPublishedAt,
        @Nullable Long newChildren,
        @Nullable Long activities,
        @Nullable Double verificationRate) {}
  }

  /**
   * @param days accounts are new, or seen, in so many
   */
  Platform platform(int days, Instant now) {
    var users =
        jdbc.sql(
                """
                SELECT role, status, count(*) AS users,
                       count(*) FILTER (WHERE created_at >= now() - make_interval(days => :days)) AS new_users,
                       count(*) FILTER (WHERE last_login_at >= now() - make_interval(days => :days)) AS seen_users
                FROM auth_users
                GROUP BY role, status
                ORDER BY role, status
                """)
            .param("days", days)
            .query(new SimplePropertyRowMapper<>(Platform.Users.class))
            .list();
    var play = jdbc.sql("SELECT * FROM v_platform_play").query(Platform.Play.class).single();
    return new Platform(days, users, play, now);
  }

  private <T> List<T> rows(String statement, Class<T> type) {
    return jdbc.sql(statement).query((row, _) -> json.readValue(row.getString(1), type)).list();
  }
}
