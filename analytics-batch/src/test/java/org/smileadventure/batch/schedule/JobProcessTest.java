package org.smileadventure.batch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.AnalyticsBatch;
import org.smileadventure.batch.BatchProcess;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class JobProcessTest {
  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));

  @TempDir Path home;

  @Test
  void itsExitCodeTellsHowTheJobEndedAndTheNextOneRestartsWhatFailed() throws Exception {
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    assertThat(exitCode("--job=" + NightlyRun.JOB)).as(log()).isEqualTo(JobProcess.FAILED);

    jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
    assertThat(exitCode("--job=" + NightlyRun.JOB)).as(log()).isEqualTo(JobProcess.COMPLETED);

    assertThat(runs()).containsExactly("FAILED", "COMPLETED");
    assertThat(jdbc.sql("SELECT count(*) FROM batch_job_instance").query(Long.class).single())
        .isOne();
    assertThat(jdbc.sql("SELECT count(*) FROM scheduled_tasks").query(Long.class).single())
        .as("it leaves the schedule to others")
        .isZero();
  }

  @Test
  void whatFailedInAnEarlierNightIsFinishedAndTonightsRunFollows() throws Exception {
    jdbc.sql("ALTER TABLE cohort_ranking RENAME TO mislaid").update();
    assertThat(exitCode("--job=" + NightlyRun.JOB)).as(log()).isEqualTo(JobProcess.FAILED);
    jdbc.sql("ALTER TABLE mislaid RENAME TO cohort_ranking").update();
    jdbc.sql("UPDATE batch_job_execution SET create_time = create_time - interval '1 day'")
        .update();

    assertThat(exitCode("--job=" + NightlyRun.JOB)).as(log()).isEqualTo(JobProcess.COMPLETED);

    assertThat(runs()).containsExactly("FAILED", "COMPLETED", "COMPLETED");
  }

  /** How each run has ended. */
  private List<String> runs() {
    return jdbc.sql("SELECT status FROM batch_job_execution ORDER BY job_execution_id")
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void anotherOneTellsThatItWasNotToldWhatToDo() throws Exception {
    assertThat(exitCode("--job=dusting")).as(log()).isEqualTo(JobProcess.USAGE);
    assertThat(log()).contains("there is no job 'dusting'; the jobs are [");

    assertThat(exitCode("--job=" + NightlyRun.JOB, "--verbose"))
        .as(log())
        .isEqualTo(JobProcess.USAGE);
    assertThat(log()).contains("'--verbose' is no argument");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from=2026-01-01",
        "--job",
        "--job=nightly now",
        "--job=nightly --quick",
        "--job=nightly --jobs=2",
        "--job=a --job=b"
      })
  void whatIsWrongIsSeenBeforeTheServiceStarts(String arguments) {
    assertThat(JobProcess.run(AnalyticsBatch.class, arguments.split(" ")))
        .isEqualTo(JobProcess.USAGE);
  }

  @Test
  void aServiceIsNotAskedForAJob() {
    assertThat(JobProcess.isMeantBy("--smile.batch.role=worker", "--jobs=2")).isFalse();
    assertThat(JobProcess.isMeantBy("--smile.batch.role=worker", "--job")).isTrue();
  }

  private int exitCode(String... arguments) throws InterruptedException {
    try (var process = BatchProcess.start("job", home.resolve("log"), url, arguments)) {
      return process.exitCode();
    }
  }

  private String log() throws IOException {
    var log = home.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
