package org.smileadventure.batch.population;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.treatment.ComputeEffects;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.population.Leaf;
import org.smileadventure.common.population.Moments;
import org.smileadventure.common.population.PopulationCell;
import org.smileadventure.common.population.PopulationCell.Measures;
import org.smileadventure.common.population.PopulationCell.PlayCounts;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with children and what the batch has summarised of their windows. */
final class Platform {
  private final JdbcClient jdbc;
  private final DataSourceTransactionManager transactions;
  private final TransactionTemplate transaction;
  private final long parent;

  /** A new database, on one connection: these tests make many small statements. */
  Platform() {
    var dataSource = new SingleConnectionDataSource(MigratedDatabase.newUrl(), true);
    jdbc = JdbcClient.create(dataSource);
    transactions = new DataSourceTransactionManager(dataSource);
    transaction = new TransactionTemplate(transactions);
    parent = new People(jdbc).parent("parent-" + UUID.randomUUID() + "@example.org");
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  DataSourceTransactionManager transactions() {
    return transactions;
  }

  /**
   * Lets cells of fewer than ten children be stored, so that small cases can be tried out whole.
   */
  void takesCellsOfAnySize() {
    jdbc.sql("ALTER TABLE population_cell DROP CONSTRAINT population_cell_children_check").update();
  }

  void forgetEverything() {
    jdbc.sql(
            """
            TRUNCATE population_cell, population_member, population_print, child_window_summary,
              child_treatment_effect, dirty_child_windows,
              game_sessions, children, pending_invalidation, cohort_ranking CASCADE
            """)
        .update();
  }

  long child(int age, @Nullable Integer level) {
    return jdbc.sql(
            """
            INSERT INTO children (name, age, support_level, parent_id, play_consent, population_consent)
            VALUES ('Sam', :age, :level, :parent, true, true)
            RETURNING id
            """)
        .param("age", age)
        .param("level", level)
        .param("parent", parent)
        .query(Long.class)
        .single();
  }

  /** What is summarised of the child's window, whatever was before. */
  void summary(long child, String window, Summary summary) {
    jdbc.sql(
            """
            INSERT INTO child_window_summary (child_id, window_name, first_day, last_day, sessions, completed,
              abandoned, interrupted, score_n, score_mean, engagement_n, engagement_mean, success_n, success_mean,
              score_trend, risks, activities, verified, emotional_n, improvements, deteriorations)
            VALUES (:child, :window, '2026-01-01', '2026-03-31', :sessions, :completed, :abandoned, 0,
              :completed, :score, :completed, :engagement, :completed, :success, :trend, :risks, 0, 0, 0, 0, 0)
            ON CONFLICT (child_id, window_name) DO UPDATE SET
              sessions = excluded.sessions, completed = excluded.completed, abandoned = excluded.abandoned,
              score_mean = excluded.score_mean, engagement_mean = excluded.engagement_mean,
              success_mean = excluded.success_mean, score_trend = excluded.score_trend, risks = excluded.risks
            """)
        .param("child", child)
        .param("window", window)
        .param("sessions", summary.completed() + summary.abandoned())
        .param("completed", summary.completed())
        .param("abandoned", summary.abandoned())
        .param("score", summary.score())
        .param("engagement", summary.score() == null ? null : summary.score() / 2)
        .param("success", summary.score() == null ? null : 100 - summary.score())
        .param("trend", summary.trend())
        .param("risks", summary.risks().toArray(String[]::new))
        .update();
  }

  /**
   * @param score the mean; those of engagement and success follow from it
   */
  record Summary(
      int completed,
      int abandoned,
      @Nullable Double score,
      @Nullable String trend,
      List<String> risks) {
    static Summary of(int completed, double score) {
      return new Summary(completed, 0, score, null, List.of());
    }

    static Summary trend(double score, @Nullable String trend, String... risks) {
      return new Summary(5, 0, score, trend, List.of(risks));
    }
  }

  /** What the window has of activities: those with a state are half of them, and improve. */
  void activities(long child, int activities, int verified) {
    jdbc.sql(
            """
            UPDATE child_window_summary SET activities = :activities, verified = :verified,
              emotional_n = :activities / 2, improvements = :activities / 2
            WHERE child_id = :child AND window_name = '90d'
            """)
        .param("child", child)
        .param("activities", activities)
        .param("verified", verified)
        .update();
  }

  void setActive(long child, boolean active) {
    jdbc.sql("UPDATE children SET is_active = :active WHERE id = :child")
        .param("active", active)
        .param("child", child)
        .update();
  }

  /** How a child leaves the population. */
  enum Leaving {
    CLOSED("is_active = false"),
    NO_POPULATION_CONSENT("population_consent = false"),
    NO_PLAY_CONSENT("play_consent = false"),
    RESTRICTED("restricted_at = now()");

    private final String change;

    Leaving(String change) {
      this.change = change;
    }

    static Leaving any(Random random) {
      return List.of(values()).get(random.nextInt(values().length));
    }
  }

  void leaves(long child, Leaving how) {
    jdbc.sql("UPDATE children SET " + how.change + " WHERE id = :child")
        .param("child", child)
        .update();
  }

  void comesBack(long child) {
    jdbc.sql(
            """
            UPDATE children
            SET is_active = true, population_consent = true, play_consent = true, restricted_at = NULL
            WHERE id = :child
            """)
        .param("child", child)
        .update();
  }

  /** What the step before does. Returns of how many children. */
  int computeEffects() {
    var due =
        jdbc.sql(ComputeEffects.NEXT)
            .param("after", 0)
            .param("last", Long.MAX_VALUE)
            .param("most", 10_000)
            .query((row, _) -> new ChildId(row.getLong(1)))
            .list();
    transaction.executeWithoutResult(
        _ -> new ComputeEffects(jdbc, new ChildBlocks(jdbc)).write(new Chunk<>(due)));
    return due.size();
  }

  /** One night's run for this topic. Returns how many cells were published. */
  int publish(Tabulation topic, int least) {
    return Objects.requireNonNull(
        transaction.execute(_ -> new Publication(jdbc, least).publish(topic)));
  }

  /** One night's run for all topics. */
  void publishAll(int least) {
    Stream.of(Tabulation.ofChildren(), Tabulation.ofFigures())
        .flatMap(List::stream)
        .forEach(topic -> publish(topic, least));
  }

  /** One night's run of the whole step. Returns how many rows it wrote. */
  int run(Parts step) {
    return step.work().keySet().stream()
        .mapToInt(part -> Objects.requireNonNull(transaction.execute(_ -> step.run(part))))
        .sum();
  }

  /** What is on display. */
  List<PopulationCell> cells() {
    return jdbc.sql("SELECT * FROM v_population_cell")
        .query(
            (row, _) ->
                new PopulationCell(
                    Arrays.stream((String[]) row.getArray("leaves").getArray())
                        .map(Leaf::parse)
                        .collect(Collectors.toSet()),
                    row.getTimestamp("published_at").toInstant(),
                    new PlayCounts(
                        row.getLong("children"),
                        row.getLong("sessions"),
                        row.getLong("completed"),
                        row.getLong("abandoned"),
                        row.getLong("interrupted")),
                    row.getObject("score_sum") == null
                        ? null
                        : new Measures(
                            moments(row, "score"),
                            moments(row, "engagement"),
                            moments(row, "success"))))
        .list();
  }

  private static Moments moments(ResultSet row, String of) throws SQLException {
    return new Moments(
        row.getLong("children"), row.getDouble(of + "_sum"), row.getDouble(of + "_sum_sq"));
  }

  long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
