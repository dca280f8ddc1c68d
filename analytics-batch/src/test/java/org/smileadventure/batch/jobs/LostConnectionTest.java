package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.springframework.batch.core.BatchStatus;

/** The process lives, but its connection to the database does not. */
class LostConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] SMALL_PARTS = {
    "smile.batch.chunk=7", "smile.batch.children=3", "smile.batch.partitions=4"
  };

  private final PlayedDatabase database = PlayedDatabase.copy();
  private final PlayedDatabase undisturbed = PlayedDatabase.copy();

  @Test
  void aRunThatLostItsConnectionInATransactionGoesOnWhenItIsRestarted() throws Exception {
    try (var service = new ServiceUnderTest(database.url(), SMALL_PARTS);
        var other = new ServiceUnderTest(undisturbed.url(), SMALL_PARTS)) {
      var runs = service.bean(JobRuns.class);
      var cutOff = runs.start("nightly", Map.of());
      try (var holder = MigratedDatabase.dataSource(database.url()).getConnection();
          var statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("SELECT FROM child_daily_summary WHERE child_id = 17 FOR UPDATE");
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
