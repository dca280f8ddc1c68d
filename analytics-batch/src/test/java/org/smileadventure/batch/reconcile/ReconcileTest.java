package org.smileadventure.batch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class ReconcileTest {
  private static final long CHILD = 3;

  private static PlayedDatabase database;
  private static ServiceUnderTest service;

  @BeforeAll
  static void summarise() {
    database = PlayedDatabase.copy();
    service = new ServiceUnderTest(database.url(), "smile.batch.children=7");
    assertThat(service.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void backfillMendsWhatWasChanged() {
    assertThat(service.run("backfill", Map.of("children", "3")).getStatus())
        .isEqualTo(BatchStatus.COMPLETED);
    assertThat(service.run("reconcile", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  private static Stream<Arguments> figures() {
    return Stream.of(
        Arguments.of("child_daily_summary", "score_sum = score_sum + 1"),
        Arguments.of("child_type_summary", "sessions = sessions + 1"),
        Arguments.of("child_scenario_summary", "success_rates = success_rates || 1.5"),
        Arguments.of("child_emotion_summary", "seconds = seconds + 0.001"),
        Arguments.of("child_transition_summary", "n = n + 1"),
        Arguments.of("child_trigger_summary", "observations = observations + 1"),
        Arguments.of("child_strategy_summary", "uses = uses + 1"),
        Arguments.of("child_hour_summary", "engagement_sum = engagement_sum - 1"),
        Arguments.of("child_activity_summary", "points = points + 1"));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aDayThatWasChangedByHandIsNamed(String table, String change) {
    var day = anyDay(table);
    update("UPDATE %s SET %s WHERE child_id = 3 AND day = '%s'".formatted(table, change, day));
    assertNamed("%s of child %d on %s".formatted(table, CHILD, day));
  }

  @ParameterizedTest
  @ValueSource(strings = {"child_daily_summary", "child_hour_summary"})
  void aDayThatIsMissingIsNamed(String table) {
    var day = anyDay(table);
    update("DELETE FROM %s WHERE child_id = 3 AND day = '%s'".formatted(table, day));
    assertNamed("%s of child %d on %s".formatted(table, CHILD, day));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "figures = jsonb_set(figures, '{totals,sessions}', '4711')",
        "sessions = sessions + 1",
        "score_mean = 1",
        "score_trend = CASE WHEN score_trend = 'stable' THEN 'improving' ELSE 'stable' END",
        "risks = risks || 'none'::text",
        "due_on = due_on + 1",
        "first_day = first_day - 1"
      })
  void aWindowThatWasChangedByHandIsNamed(String change) {
    update(
        "UPDATE child_window_summary SET %s WHERE child_id = 3 AND window_name = '30d'"
            .formatted(change));
    assertNamed("child_window_summary of child 3, 30d");
  }

  @Test
  void aWindowThatIsMissingIsNamed() {
    update("DELETE FROM child_window_summary WHERE child_id = 3 AND window_name = '30d'");
    assertNamed("child_window_summary of child 3, 30d");
  }

  @Test
  void aDirtyDayIsNoDifference() {
    var day = anyDay("child_daily_summary");
    update(
        "UPDATE game_sessions SET score = score + 1 WHERE child_id = 3 AND day = '%s'"
            .formatted(day));
    update("INSERT INTO dirty_child_days (child_id, day) VALUES (3, '%s')".formatted(day));
    var before = database.summaries();

    assertThat(service.run("reconcile", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isEqualTo(before);
  }

  @Test
  void whoFailedOnADifferenceDoesNotPassOverItWhenItGoesOn() throws Exception {
    update("UPDATE child_daily_summary SET score_sum = score_sum + 1 WHERE child_id = 3");
    var failed = service.run("reconcile", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);

    var restarted = service.ended(service.bean(JobRuns.class).restart(failed));

    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(restarted)).contains("child_daily_summary of child 3 on ");
  }

  private static void assertNamed(String row) {
    var before = database.summaries();
    var run = service.run("reconcile", Map.of());
    assertThat(run.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(run)).contains(row);
    assertThat(database.summaries()).isEqualTo(before);
  }

  private static String failure(JobExecution run) {
    try {
      var answer =
          service.send(
              "GET", "/api/v1/jobs/executions/" + run.getId(), service.tokens().token("admin"));
      return JsonMapper.shared().readTree(answer.body()).get("failure").asString();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String anyDay(String table) {
    return database
        .jdbc()
        .sql(
            "SELECT max(day)::text FROM "
                + table
                + " WHERE child_id = 3 AND day < current_date - 2")
        .query(String.class)
        .single();
  }

  private static void update(String sql) {
    assertThat(database.jdbc().sql(sql).update()).isPositive();
  }
}
