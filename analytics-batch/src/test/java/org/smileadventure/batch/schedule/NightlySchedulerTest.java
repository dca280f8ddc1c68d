package org.smileadventure.batch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class NightlySchedulerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Instant LONG_AGO = Instant.parse("2026-01-02T02:30:00Z");

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));

  @Test
  void aRunThatIsDueIsRunByOneInstanceOfTwo() {
    try (var _ = instance();
        var _ = instance()) {
      jdbc.sql("UPDATE scheduled_tasks SET execution_time = now()").update();
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).containsExactly("COMPLETED");
  }

  @Test
  void aRunThatWasMissedWhileNobodyWasThereIsMadeUpForOnce() {
    due(LONG_AGO, false);
    try (var _ = instance()) {
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
      assertThat(instances()).containsExactly("analytics-batch");
    }
    assertThat(instances()).as("after it has ended").isEmpty();
    assertThat(runs()).containsExactly("COMPLETED");
    assertThat(
            jdbc.sql(
                    "SELECT promised_at, ended_at IS NOT NULL AS done FROM nights ORDER BY planned_at")
                .query(
                    (row, _) ->
                        row.getObject("promised_at", OffsetDateTime.class).toInstant()
                            + (row.getBoolean("done") ? " done" : ""))
                .list())
        .as("the one that was missed, and the next one")
        .containsExactly("2026-01-02T06:00:00Z done", nextNewYear() + "T06:00:00Z");
    assertThat(
            jdbc.sql(
                    "SELECT parameter_value FROM batch_job_execution_params WHERE parameter_name = 'planned_at'")
                .query(String.class)
                .list())
        .containsExactly(LONG_AGO.toString());
  }

  @Test
  void aRunWhoseInstanceIsGoneIsTakenOver() {
    due(LONG_AGO, true);
    try (var _ = instance()) {
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).containsExactly("COMPLETED");
  }

  @Test
  void aRunThatFailedIsRestartedAndNotBegunAnew() {
    due(LONG_AGO, false);
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    try (var _ = instance("smile.batch.schedule.retry-after=1s")) {
      await().atMost(PATIENCE).until(() -> runs().contains("FAILED"));
      jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).last().isEqualTo("COMPLETED");
    assertThat(count("SELECT count(*) FROM batch_job_instance")).isOne();
  }

  @Test
  void aNightThatFailedAndWasRestartedByHandIsDoneAndNotRunAgain() {
    due(Instant.now(), false);
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    try (var instance = instance("smile.batch.schedule.retry-after=1h")) {
      awaitAFailure();
      jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
      assertThat(openNights()).isOne();

      var failed = instance.bean(JobRuns.class).unfinished(NightlyRun.JOB).orElseThrow();
      assertThat(instance.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(openNights()).as("before it would be tried again").isZero();

      jdbc.sql("UPDATE scheduled_tasks SET execution_time = now()").update();
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).containsExactly("FAILED", "COMPLETED");
    assertThat(openNights()).as("the next one").isOne();
  }

  private long openNights() {
    return count("SELECT count(*) FROM nights WHERE ended_at IS NULL");
  }

  /** What has changed since that night's step of the days was cut would wait for the next one. */
  @Test
  void aRunOfAnEarlierNightIsFinishedAndFollowedByANewOne() {
    failInAnEarlierNight();
    jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
    try (var _ = instance()) {
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).containsExactly("FAILED", "COMPLETED", "COMPLETED");
    assertThat(count("SELECT count(*) FROM batch_job_instance")).isEqualTo(2);
  }

  /** Else whatever makes it fail would keep all that changes from then on from being summarised. */
  @Test
  void aRunOfAnEarlierNightThatFailsAgainIsGivenUpAndFollowedByANewOne() {
    failInAnEarlierNight();
    try (var _ = instance("smile.batch.schedule.retry-after=1s")) {
      await().atMost(PATIENCE).until(() -> runs().size() >= 3 && runs().getLast().equals("FAILED"));
      jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).startsWith("FAILED", "ABANDONED", "FAILED").last().isEqualTo("COMPLETED");
    assertThat(count("SELECT count(*) FROM batch_job_instance")).isEqualTo(2);
  }

  @Test
  void aRunThatFailsAgainAndAgainIsSeenInTheMetrics() throws Exception {
    due(LONG_AGO, false);
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    try (var instance = instance("smile.batch.schedule.retry-after=1h")) {
      awaitAFailure();
      jdbc.sql("UPDATE batch_job_execution SET create_time = create_time - interval '90 s'")
          .update();
      var overdue =
          instance.bean(MeterRegistry.class).get("smile.batch.schedule.overdue").timeGauge();
      // Before its first run it was overdue for longer.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(overdue.value(TimeUnit.SECONDS)).isBetween(90.0, 150.0));
      var nightly = nightly(instance);
      assertThat(nightly.get("state").stringValue()).isEqualTo("failed");
      assertThat(nightly.get("overdue_seconds").asDouble()).isBetween(90.0, 150.0);
      assertThat(nightly.get("planned_at").stringValue()).isEqualTo(LONG_AGO.toString());
      assertThat(nightly.get("begun_at").isString()).isTrue();
      assertThat(nightly.get("ended_at").isNull()).isTrue();
      assertThat(nightly.get("estimated_end").isNull()).isTrue();
      assertThat(Instant.parse(nightly.get("next_at").stringValue()))
          .as("when it is tried again")
          .isBetween(Instant.now(), Instant.now().plusSeconds(3_700));
    }
  }

  @Test
  void aNightThatIsDueIsToldWithItsPromise() throws Exception {
    due(LONG_AGO, false);
    try (var instance =
        instance(
            "smile.batch.schedule.poll-every=1h",
            "SMILE_BATCH_SCHEDULE_PROMISED_BY=05:30",
            "SMILE_BATCH_SCHEDULE_ZONE=Europe/Rome")) {
      // An instance that comes looks at once; what it begins is not looked at here.
      await().atMost(PATIENCE).until(() -> runs().contains("COMPLETED"));
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
      jdbc.sql(
              "UPDATE nights SET ended_at = NULL, begun_at = NULL WHERE planned_at = :due::timestamptz")
          .param("due", LONG_AGO.toString())
          .update();
      var nightly = nightly(instance);
      assertThat(nightly.get("state").stringValue()).isEqualTo("due");
      assertThat(nightly.get("promised_by").stringValue()).isEqualTo("05:30");
      assertThat(nightly.get("planned_at").stringValue()).isEqualTo(LONG_AGO.toString());
      assertThat(nightly.get("begun_at").isNull()).isTrue();
      var meters = instance.bean(MeterRegistry.class);
      var promised = meters.get("smile.batch.night.promised").timeGauge();
      var ended = meters.get("smile.batch.night.ended").timeGauge();
      await()
          .untilAsserted(
              () -> {
                assertThat(promised.value(TimeUnit.SECONDS))
                    .isEqualTo(Instant.parse("2026-01-02T04:30:00Z").getEpochSecond() * 1.0);
                // Both: the night was open, too, before its run.
                assertThat(ended.value(TimeUnit.SECONDS))
                    .isBetween(
                        Instant.now().minusSeconds(120).getEpochSecond() * 1.0,
                        Instant.now().plusSeconds(1).getEpochSecond() * 1.0);
              });
      assertThat(meters.get("smile.batch.dirty.months").gauge().value()).isZero();
      assertThat(meters.get("smile.batch.dirty.months.oldest").timeGauge().value(TimeUnit.SECONDS))
          .isZero();
      assertThat(meters.get("smile.batch.reconcile.differences").gauge().value()).isZero();
    }
  }

  @Test
  void whileAnotherRunGoesOnItIsRefusedAndTriesAgain() throws SQLException {
    try (var other = MigratedDatabase.withoutPool(url).getConnection();
        var sql = other.createStatement();
        var _ = instance("smile.batch.schedule.retry-after=200ms")) {
      sql.execute("SELECT pg_advisory_lock(2, hashtext('nightly'))");
      jdbc.sql("UPDATE scheduled_tasks SET execution_time = now()").update();
      await()
          .atMost(PATIENCE)
          .until(
              () -> count("SELECT coalesce(max(consecutive_failures), 0) FROM scheduled_tasks"),
              failures -> failures >= 2);
      assertThat(runs()).isEmpty();

      sql.execute("SELECT pg_advisory_unlock_all()");
      await().atMost(PATIENCE).until(this::isDoneUntilTheNextTime);
    }
    assertThat(runs()).containsExactly("COMPLETED");
  }

  @Test
  void aRunThatNobodyBeginsWithIsSeenInTheMetrics() {
    try (var instance = instance("smile.batch.schedule.poll-every=1h")) {
      var overdue =
          instance.bean(MeterRegistry.class).get("smile.batch.schedule.overdue").timeGauge();
      await().atMost(PATIENCE).until(() -> overdue.value(TimeUnit.SECONDS) == 0);

      jdbc.sql("UPDATE scheduled_tasks SET execution_time = now() - interval '90 s'").update();
      await().atMost(PATIENCE).until(() -> overdue.value(TimeUnit.SECONDS) >= 90);
      assertThat(overdue.value(TimeUnit.SECONDS)).isLessThan(150);
    }
  }

  @Test
  void whatIsToBeRestartedIsNotForgottenWhenAnInstanceStarts() {
    var inAnHour = Instant.now().plusSeconds(3600);
    due(inAnHour, false);
    try (var _ = instance()) {
      assertThat(
              jdbc.sql(
                      "SELECT abs(extract(epoch FROM execution_time - :time::timestamptz)) < 1 FROM scheduled_tasks")
                  .param("time", inAnHour.toString())
                  .query(Boolean.class)
                  .single())
          .isTrue();
    }
  }

  /** And is due again, while what made it fail is as it was. */
  private void failInAnEarlierNight() {
    due(LONG_AGO, false);
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    try (var _ = instance("smile.batch.schedule.retry-after=1h")) {
      // Noted by the schedule too: else that would set the time which the test is about to set.
      awaitAFailure();
    }
    jdbc.sql("UPDATE batch_job_execution SET create_time = '2025-06-01 02:30:00'").update();
    jdbc.sql("UPDATE scheduled_tasks SET execution_time = now()").update();
  }

  /** Until the schedule has noted that a run has failed once. */
  private void awaitAFailure() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> count("SELECT coalesce(max(consecutive_failures), 0) FROM scheduled_tasks") == 1);
  }

  /** Due once a year, unless a test changes that. */
  private ServiceUnderTest instance(String... more) {
    var properties =
        new ArrayList<>(
            List.of(
                "smile.batch.schedule.cron=0 0 0 1 1 *",
                "smile.batch.schedule.poll-every=50ms",
                "smile.batch.schedule.heartbeat-every=1s"));
    properties.addAll(List.of(more));
    return new ServiceUnderTest(url, properties.toArray(String[]::new));
  }

  private void due(Instant when, boolean inHand) {
    jdbc.sql(
            """
            INSERT INTO scheduled_tasks
              (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
            VALUES ('nightly', 'recurring', :when::timestamptz, :in_hand, 'somebody', :when::timestamptz, 1)
            """)
        .param("when", when.toString())
        .param("in_hand", inHand)
        .update();
  }

  private boolean isDoneUntilTheNextTime() {
    return jdbc.sql(
            "SELECT NOT picked AND execution_time > now() AND last_success IS NOT NULL FROM scheduled_tasks")
        .query(Boolean.class)
        .single();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private static JsonNode nightly(ServiceUnderTest instance) throws Exception {
    var jobs = instance.send("GET", "/api/v1/jobs", instance.tokens().token("admin"));
    return JsonMapper.shared().readTree(jobs.body()).get("nightly");
  }

  private List<String> instances() {
    return jdbc.sql("SELECT service FROM service_instances")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static String nextNewYear() {
    return LocalDate.now(ZoneOffset.UTC).plusYears(1).withDayOfYear(1).toString();
  }

  /** How each run has ended. */
  private List<String> runs() {
    return jdbc.sql("SELECT status FROM batch_job_execution ORDER BY job_execution_id")
        .query((row, _) -> row.getString(1))
        .list();
  }
}
