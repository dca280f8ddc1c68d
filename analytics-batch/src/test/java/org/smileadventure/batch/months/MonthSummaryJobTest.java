package org.smileadventure.batch.months;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.batch.months.SummaryDatabase.DAY;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

@RealServers
class MonthSummaryJobTest {
  private static final Instant NOON = DAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);

  private String url;
  private SummaryDatabase database;
  private ServiceUnderTest service;

  @BeforeEach
  void start() throws IOException {
    url = MigratedDatabase.newUrl();
    database = new SummaryDatabase(MigratedDatabase.dataSource(url));
    service = new ServiceUnderTest(url, "smile.batch.children=7", "smile.batch.partitions=5");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void afterARunTheSummaryIsItsDefinitionAndNothingIsDirty() throws Exception {
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              for (int i = 0; i < 120; i++) {
                var child = database.child();
                for (int month = 0; month < 3; month++) {
                  database.session(child, DAY.plusMonths(month), i % 101);
                  database.session(child, DAY.plusMonths(month).plusDays(1), 50);
                }
              }
            });
    var execution = run();

    assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(ranges(execution)).hasSize(5);
    assertThat(written(execution)).as("children").isEqualTo(120);
    assertThat(database.summaryRows()).isEqualTo(360);
    assertThat(database.differences()).isEmpty();
    assertThat(database.dirtyMonths()).isZero();
  }

  @Test
  void sessionsThatNobodyHasEndedAreClosedAndSummarised() throws Exception {
    var child = database.child();
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              for (int i = 0; i < 20; i++) {
                database.openSession(child, NOON, Duration.ofHours(7));
              }
            });
    database.openSession(child, NOON, Duration.ofHours(5));

    var execution = run();

    assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summary(child, DAY))
        .containsEntry("abandoned", 20)
        .containsEntry("in_progress", 1);
    assertThat(database.differences()).isEmpty();
    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.pendingInvalidations()).containsExactly(child);
  }

  @Test
  void onlyDirtyMonthsAreWrittenAgain() throws Exception {
    var still = database.child();
    var played = database.child();
    database.session(still, DAY, 40);
    database.session(played, DAY, 40);
    database.session(played, DAY.plusMonths(1), 40);
    run();
    var stillBefore = database.rowVersions(still);
    var playedBefore = database.rowVersions(played);

    database.session(played, DAY.plusMonths(1), 60);
    var execution = run();

    assertThat(written(execution)).isEqualTo(1);
    assertThat(database.rowVersions(still)).isEqualTo(stillBefore);
    assertThat(database.rowVersions(played).getFirst()).isEqualTo(playedBefore.getFirst());
    assertThat(database.rowVersions(played).getLast()).isNotEqualTo(playedBefore.getLast());
    assertThat(database.differences()).isEmpty();
  }

  @Test
  void aMonthThatLostItsLastSessionLeavesTheSummary() throws Exception {
    var child = database.child();
    var session = database.session(child, DAY, 40);
    run();
    assertThat(database.summaryRows()).isEqualTo(1);

    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              database.jdbc().sql("DELETE FROM game_sessions WHERE id = ?").param(session).update();
              database.mark(child, DAY);
            });
    run();
    assertThat(database.summaryRows()).isZero();
    assertThat(database.dirtyMonths()).isZero();
  }

  @Test
  void aRunWithNothingToDoCompletesAndWritesNothing() throws Exception {
    var execution = run();
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(ranges(execution)).isEmpty();
  }

  @Test
  void aFailedRunGoesOnWhereItStoppedWhenRestarted() throws Exception {
    childrenWithASession(50);
    database
        .jdbc()
        .sql(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN RAISE insufficient_resources; END'
            """)
        .update();
    database
        .jdbc()
        .sql(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON child_month_summary
            FOR EACH ROW WHEN (new.score_sum = 25) EXECUTE FUNCTION refuse()
            """)
        .update();
    var failed = run();
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(ranges(failed).stream().filter(s -> s.getStatus() == BatchStatus.COMPLETED))
        .hasSize(4);

    var rest = database.dirtyMonths();
    assertThat(rest).isBetween(1L, 10L);
    database.jdbc().sql("DROP TRIGGER refuse ON child_month_summary").update();
    var restarted = service.goOn(failed);

    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(written(restarted)).as("the rest, cut anew, and nothing else").isEqualTo(rest);
    assertThat(database.differences()).isEmpty();
    assertThat(database.dirtyMonths()).isZero();
  }

  @Test
  void aRunCutOffByTheEndOfItsProcessDoesNotKeepTheNextFromCompleting() throws Exception {
    childrenWithASession(30);
    // What a killed process leaves behind: a run that is said to be going on for ever.
    var abandoned = run();
    database.session(database.child(), DAY, 99);
    database
        .jdbc()
        .sql(
            "UPDATE batch_job_execution SET status = 'STARTED', end_time = NULL WHERE job_execution_id = ?")
        .param(abandoned.getId())
        .update();

    assertThat(run().getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.differences()).isEmpty();
    assertThat(database.dirtyMonths()).isZero();
  }

  @Test
  void aSummaryOfAnotherShapeIsFoldedAnewAndNotReadBefore() throws Exception {
    var child = database.child();
    database.session(child, DAY, 40);
    database.session(child, DAY.plusMonths(1), 40);
    run();
    var right = database.summary(child, DAY);
    database
        .jdbc()
        .sql("UPDATE child_month_summary SET shape = 0, moments = '{}' WHERE month = ?")
        .param(DAY.withDayOfMonth(1))
        .update();
    database.jdbc().sql("UPDATE summary_shape SET shape = 0").update();
    assertThat(database.windowsOtherThanPlayed(DAY.plusMonths(2))).isEmpty();
    var other = database.rowVersions(child).getLast();

    run();

    assertThat(database.summary(child, DAY)).isEqualTo(right);
    assertThat(database.rowVersions(child).getLast()).isEqualTo(other);
    assertThat(database.count("SELECT shape FROM summary_shape")).isEqualTo(Moments.SHAPE);
  }

  /** Each of another score. */
  private void childrenWithASession(int children) {
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              for (int i = 0; i < children; i++) {
                database.session(database.child(), DAY, i);
              }
            });
  }

  private JobExecution run() {
    return service.run("nightly", Map.of());
  }

  private static List<StepExecution> ranges(JobExecution execution) {
    return execution.getStepExecutions().stream()
        .filter(step -> step.getStepName().startsWith("dirty-months-of-range:"))
        .toList();
  }

  private static long written(JobExecution execution) {
    return ranges(execution).stream().mapToLong(StepExecution::getWriteCount).sum();
  }
}
