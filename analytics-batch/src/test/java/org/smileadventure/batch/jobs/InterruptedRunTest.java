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
      var went = next.ended(runs.restart(runs.execution(run)));
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
      var runs = service.bean(JobRuns.class);
      var cutOff = runs.start("nightly", Map.of());
      try (var holder = MigratedDatabase.withoutPool(database.url()).getConnection();
          var statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("SELECT FROM child_month_summary WHERE child_id = 17 FOR UPDATE");
        await().atMost(PATIENCE).until(database::summarisingWaits);
        database.cutOffWhoSummarises();
      }
      assertThat(service.ended(cutOff).getStatus()).isIn(BatchStatus.FAILED, BatchStatus.UNKNOWN);

      var went = service.ended(runs.restart(runs.execution(cutOff.getId())));

      assertThat(went.getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(other.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(database.summaries()).isEqualTo(undisturbed.summaries());
  }
}
