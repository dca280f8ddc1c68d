package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/** A run that ends before its time, and goes on. */
@RealServers
@Tag("slow")
class InterruptedRunTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] SMALL_PARTS = {
    "smile.batch.children=3", "smile.batch.partitions=4"
  };

  private final PlayedDatabase database = PlayedDatabase.copy();
  private final PlayedDatabase undisturbed = PlayedDatabase.copy();

  @Test
  void anInstanceThatStopsCommitsWhatItIsAtAndAnotherOneGoesOn() throws Exception {
    var service = new ServiceUnderTest(database.url(), SMALL_PARTS);
    CompletableFuture<Void> closing;
    long run;
    try (var holder = MigratedDatabase.withoutPool(database.url()).getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM child_month_summary WHERE child_id = 17 FOR UPDATE");
      run = service.bean(JobRuns.class).start("nightly", Map.of()).getId();
      await().atMost(PATIENCE).until(database::summarisingWaits);
      closing = CompletableFuture.runAsync(service::stop);
      await()
          .atMost(PATIENCE)
          .until(() -> database.status(run), status -> !status.equals("STARTED"));
      assertThat(closing).isNotDone();
      assertThat(database.summarisingWaits()).as("it is left to finish what it is at").isTrue();
      holder.rollback();
    }
    closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(database.status(run)).isEqualTo("STOPPED");
    assertThat(database.dirty()).isPositive();

    try (var next = new ServiceUnderTest(database.url(), SMALL_PARTS);
        var other = new ServiceUnderTest(undisturbed.url(), SMALL_PARTS)) {
      var runs = next.bean(JobRuns.class);
      var went = next.goOn(runs.execution(run));
      assertThat(went.getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(other.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(database.summaries()).isEqualTo(undisturbed.summaries());
  }

  /** The process lives, but its connection to the database does not. */
  @Test
  void aRunThatLostItsConnectionInATransactionGoesOnWhenItIsRestarted() throws Exception {
    try (var service = new ServiceUnderTest(database.url(), SMALL_PARTS);
        var other = new ServiceUnderTest(undisturbed.url(), SMALL_PARTS)) {
      var cutOff = service.begin("nightly", Map.of());
      try (var holder = MigratedDatabase.withoutPool(database.url()).getConnection();
          var statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("SELECT FROM child_month_summary WHERE child_id = 17 FOR UPDATE");
        await().atMost(PATIENCE).until(database::summarisingWaits);
        database.cutOffWhoSummarises();
      }
      assertThat(service.ended(cutOff).getStatus()).isIn(BatchStatus.FAILED, BatchStatus.UNKNOWN);

      var went = service.goOn(cutOff);

      assertThat(went.getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(other.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(database.summaries()).isEqualTo(undisturbed.summaries());
  }

  /** The run is noted as failed, and the step that it was about to begin as beginning. */
  @Test
  void aRunThatLostItsConnectionWhileItBeganAStepGoesOnWhenItIsRestarted() {
    database
        .jdbc()
        .sql(
            """
            CREATE FUNCTION lose_connection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              PERFORM pg_terminate_backend(pg_backend_pid());
              RETURN new;
            END $$;
            CREATE TRIGGER lose_connection BEFORE UPDATE ON batch_step_execution FOR EACH ROW
              WHEN (new.step_name LIKE 'dirty-months%' AND new.status = 'STARTED')
              EXECUTE FUNCTION lose_connection()
            """)
        .update();
    try (var service = new ServiceUnderTest(database.url(), SMALL_PARTS)) {
      var cutOff = service.run("nightly", Map.of());
      assertThat(cutOff.getStatus()).isEqualTo(BatchStatus.FAILED);
      assertThat(cutOff.getStepExecutions())
          .filteredOn(step -> step.getStepName().equals("dirty-months"))
          .extracting(StepExecution::getStatus)
          .containsExactly(BatchStatus.STARTING);
      database.jdbc().sql("DROP TRIGGER lose_connection ON batch_step_execution").update();

      var went = service.goOn(cutOff);

      assertThat(went.getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(database.dirty()).isZero();
    }
  }
}
