package org.smileadventure.batch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class ReconcileTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score_sum = score_sum + 1",
        "completed = completed - 1",
        "engagement_sum = engagement_sum + 0.01",
        "points = points + 1",
        "moments = set_byte(moments, 0, get_byte(moments, 0) # 2)"
      })
  void aMonthThatWasChangedByHandIsNamed(String change) {
    update(
        "UPDATE child_month_summary SET %s WHERE child_id = 3 AND month = '%s'"
            .formatted(change, month()));
    assertNamed("child_month_summary of child 3 in " + month().substring(0, 7));
  }

  @Test
  void aMonthThatIsMissingIsNamed() {
    var month = month();
    update("DELETE FROM child_month_summary WHERE child_id = 3 AND month = '%s'".formatted(month));
    assertNamed("child_month_summary of child 3 in " + month.substring(0, 7));
  }

  @Test
  void aMonthOfWhichNothingWasPlayedIsNamed() {
    update(
        """
        INSERT INTO child_month_summary
        SELECT (jsonb_populate_record(s, '{"month": "2001-01-01"}')).* FROM child_month_summary s
        WHERE child_id = 3 AND month = '%s'
        """
            .formatted(month()));
    assertNamed("child_month_summary of child 3 in 2001-01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score = score + 1",
        "emotions = jsonb_set(emotions, '{observations}', '4711')",
        "lost_events = 1",
        "device_model = 'another'",
        "parent_notes = 'none'",
        "day = day - 1"
      })
  void aSessionThatIsNotWhatItsEventsSayIsNamed(String change) {
    var session =
        database
            .jdbc()
            .sql(
                "SELECT id FROM game_sessions WHERE child_id = 3 AND completion_status = 'completed' ORDER BY id LIMIT 1")
            .query(String.class)
            .single();
    database
        .jdbc()
        .sql("CREATE TABLE kept AS SELECT * FROM game_sessions WHERE id = '%s'".formatted(session))
        .update();
    try {
      update("UPDATE game_sessions SET %s WHERE id = '%s'".formatted(change, session));
      assertNamed("game_sessions of child 3: " + session);
    } finally {
      database
          .jdbc()
          .sql(
              """
              UPDATE game_sessions g
              SET score = k.score, emotions = k.emotions, lost_events = k.lost_events, day = k.day,
                device_model = k.device_model, parent_notes = k.parent_notes
              FROM kept k WHERE k.id = g.id
              """)
          .update();
      database.jdbc().sql("DROP TABLE kept").update();
    }
  }

  @Test
  void eventsOfWhichThereIsNoSessionAreNamed() {
    var play = Play.by(new ChildId(3), Instant.now()).help();
    StoredHistory.storeEvents(database.jdbc(), play.events().subList(1, 2));
    try {
      assertNamed("game_sessions of child 3: there is no " + play.session());
    } finally {
      update("DELETE FROM session_events WHERE session_id = '%s'".formatted(play.session()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions = sessions + 1",
        "score_mean = 1",
        "score_trend = CASE WHEN score_trend = 'stable' THEN 'improving' ELSE 'stable' END",
        "risks = risks || 'none'::text",
        "due_on = due_on + 1",
        "first_day = first_day - 1",
        "verified = verified + 1"
      })
  void aWindowThatWasChangedByHandIsNamed(String change) {
    update(
        "UPDATE child_window_summary SET %s WHERE child_id = 3 AND window_name = '30d'"
            .formatted(change));
    assertNamed("child_window_summary of child 3, 30d");
  }

  @Test
  void howManyRowsDifferIsToldWithTheRunAndInTheMetrics() throws Exception {
    update(
        "UPDATE child_window_summary SET sessions = sessions + 1 WHERE child_id = 3 AND window_name IN ('30d', '90d')");
    var failed = service.run("reconcile", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(lastReconcile()).isEqualTo(failed.getId() + " FAILED 2");
    awaitDifferences(2);
    aNightsSampleOfOthersFindsNothing();
    assertThat(lastReconcile()).isEqualTo(failed.getId() + " FAILED 2");
    assertThat(failedPartitions(failed))
        .singleElement()
        .asString()
        .startsWith("the summaries differ from their definition, among others: ")
        .contains("child_window_summary of child 3, 30d");

    backfillMendsWhatWasChanged();
    assertThat(lastReconcile()).endsWith(" COMPLETED 0");
    awaitDifferences(0);
  }

  /** As it is stored: which children are looked at is left to chance. */
  private static void aNightsSampleOfOthersFindsNothing() {
    update(
        """
        INSERT INTO batch_step_execution
          (step_execution_id, version, step_name, job_execution_id, create_time, start_time, end_time, status)
        SELECT nextval('batch_step_execution_seq'), 0, 'reconcile-sample', job_execution_id, now(), now(), now(),
          'COMPLETED'
        FROM batch_step_execution WHERE step_name = 'reconcile-sample' ORDER BY step_execution_id LIMIT 1
        """);
  }

  private static String lastReconcile() {
    return database
        .jdbc()
        .sql("SELECT concat_ws(' ', execution_id, status, differences) FROM v_last_reconcile")
        .query(String.class)
        .single();
  }

  private static void awaitDifferences(double differences) {
    var gauge = service.bean(MeterRegistry.class).get("smile.batch.reconcile.differences").gauge();
    await().until(gauge::value, value -> value == differences);
  }

  private static List<String> failedPartitions(JobExecution run) throws Exception {
    var answer =
        service.send(
            "GET",
            "/api/v1/jobs/executions/" + run.getId() + "/partitions?status=FAILED",
            service.tokens().token("admin"));
    return JsonMapper.shared()
        .readTree(answer.body())
        .get("items")
        .valueStream()
        .map(part -> part.get("failure").stringValue())
        .toList();
  }

  @Test
  void aWindowThatIsMissingIsNamed() {
    update("DELETE FROM child_window_summary WHERE child_id = 3 AND window_name = '30d'");
    assertNamed("child_window_summary of child 3, 30d");
  }

  @Test
  void aDirtyMonthIsNoDifference() {
    update(
        "UPDATE activities SET points_earned = points_earned + 1 WHERE child_id = 3 AND day >= '%s'"
            .formatted(month()));
    database
        .jdbc()
        .sql(
            "SELECT mark_months(ARRAY[3, 3], ARRAY[current_date, current_date - 60]), mark_months(ARRAY[3], ARRAY[current_date - 30])")
        .query(_ -> {});
    var before = database.summaries();

    assertThat(service.run("reconcile", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isEqualTo(before);
  }

  @Test
  void whoFailedOnADifferenceDoesNotPassOverItWhenItGoesOn() throws Exception {
    update("UPDATE child_month_summary SET score_sum = score_sum + 1 WHERE child_id = 3");
    var failed = service.run("reconcile", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);

    var restarted = service.goOn(failed);

    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(restarted)).contains("child_month_summary of child 3 in ");
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

  /** The first day of a month that the child has played in. */
  private static String month() {
    return database
        .jdbc()
        .sql("SELECT min(month)::text FROM child_month_summary WHERE child_id = 3")
        .query(String.class)
        .single();
  }

  private static void update(String sql) {
    assertThat(database.jdbc().sql(sql).update()).isPositive();
  }
}
