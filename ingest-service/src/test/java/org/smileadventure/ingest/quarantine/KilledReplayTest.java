package org.smileadventure.ingest.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An instance is killed while it sends records again. */
@RealServers
@Tag("slow")
class KilledReplayTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS = 120;

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final StoredRows rows = new StoredRows(MigratedDatabase.dataSource(databaseUrl));
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(databaseUrl));

  @TempDir Path home;

  @Test
  void anotherInstanceGoesOnWhereTheKilledOneWasAndEachEventCountsOnce() throws Exception {
    var sam = new ChildId(1_000_000);
    var play =
        Play.by(sam, Instant.parse("2025-05-05T12:00:00Z")).interactions(EVENTS - 1, CORRECT);
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    try (var topic = new EventTopic()) {
      var service =
          new ServiceUnderTest(databaseUrl, LocalStack.shared().redis(), topic.name())
              .with("SMILE_INSTANCE_ID=" + topic.name());
      topic.send(play.events());
      var killed = service.startProcess(home.resolve("killed.log"));
      try {
        await()
            .atMost(PATIENCE)
            .until(() -> topic.lag() == 0 && topic.quarantine().size() == EVENTS);
        jdbc.sql(
                """
                INSERT INTO children (id, name, age, timezone, parent_id, play_consent)
                VALUES (:id, 'Sam', 8, 'UTC', :parent, true)
                """)
            .param("id", sam.value())
            .param("parent", parent)
            .update();
        jdbc.sql(
                """
                INSERT INTO quarantine_replay_run (topic_id, reason, most, per_second, asked_by, next_id, end_id)
                VALUES (:topic_id, 'unknown_child', 1000, 20, '1', 0, :events)
                """)
            .param("topic_id", topic.quarantineId())
            .param("events", EVENTS)
            .update();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> sent() > 10);
      } finally {
        killed.destroyForcibly().waitFor();
      }
      var before = sent();
      assertThat(before).isBetween(11, EVENTS - 1);

      try (var another = service.start()) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    jdbc.sql("SELECT state FROM quarantine_replay_run")
                        .query(String.class)
                        .single()
                        .equals("completed"));
        await().atMost(PATIENCE).until(() -> topic.lag() == 0);
        assertThat(another.isRunning()).isTrue();
      }
      assertThat(sent()).isEqualTo(EVENTS);
      assertThat(jdbc.sql("SELECT count(*) FROM quarantine_replay").query(Integer.class).single())
          .isEqualTo(EVENTS);
      assertThat(rows.events(List.of(play.session()))).isEqualTo(play.events());
      assertThat(topic.quarantine()).hasSize(EVENTS);
    }
  }

  private int sent() {
    return jdbc.sql("SELECT sent FROM quarantine_replay_run").query(Integer.class).single();
  }
}
