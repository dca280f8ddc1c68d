package org.smileadventure.batch.remote;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.batch.BatchProcess;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A manager and two workers as processes. Each of the four partitions has two chunks. The test can
 * hold a lock that the second one needs, and so knows where everybody is.
 */
@RealServers
@Tag("slow")
class RemotePartitionsTest {
  private static final int PARTITIONS = 4;
  private static final Set<String> WORKERS = Set.of("worker-1", "worker-2");
  private static final int CHUNK = 5;

  /** Of the night, of those that are cut into partitions. */
  private static final String FIRST_STEP = "silent-sessions";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final String topic =
      LocalStack.shared().newTopic("partitions", PartitionRequests.TOPIC_PARTITIONS);

  @TempDir Path logs;

  @Test
  void aKilledWorkersPartitionIsTakenOverAndTheJobCompletes() throws Exception {
    dirtyMonths();
    try (var locks = new Locks(0, 1, 2, 3);
        var killed = worker("worker-1");
        var other = worker("worker-2")) {
      awaitBothHaveTheirShare();
      try (var manager = manager()) {
        await().atMost(PATIENCE).until(() -> waiting().keySet(), WORKERS::equals);

        killed.kill();
        locks.releaseAll();

        assertThat(manager.exitCode()).isZero();
        assertThat(other.process().isAlive()).isTrue();
      }
    }
    assertThat(partitions()).hasSize(PARTITIONS).allMatch(p -> p.endsWith(" COMPLETED 10"));
    assertThat(differences()).isEmpty();
  }

  @Test
  void topicIsInTheCatalogueOfWhatIsKept() {
    assertThat(
            jdbc.sql("SELECT name FROM personal_data WHERE place = 'topic'")
                .query(String.class)
                .list())
        .contains(RemoteProperties.TOPIC);
  }

  @Test
  void aManagerStartedAgainAsksOnlyForWhatIsNotCompleted() throws Exception {
    dirtyMonths();
    try (var locks = new Locks(0, 1, 2, 3);
        var _ = worker("worker-1");
        var _ = worker("worker-2")) {
      try (var _ = manager()) {
        locks.releaseOneThatIsWaitedFor();
        await().atMost(PATIENCE).until(() -> completed().size() == 1);
      }
      // Without a manager the workers go on.
      locks.releaseOneThatIsWaitedFor();
      await().atMost(PATIENCE).until(() -> completed().size() == 2);
      var completedBefore = completed();

      try (var again = manager()) {
        await().atMost(PATIENCE).until(() -> partitions().size() == PARTITIONS + 2);
        locks.releaseAll();
        assertThat(again.exitCode()).isZero();
      }
      assertThat(completed()).hasSize(PARTITIONS).containsAll(completedBefore);
      assertThat(partitions()).as("asked for again: the other two").hasSize(PARTITIONS + 2);
    }
    assertThat(differences()).isEmpty();
  }

  @Test
  void aJobStopsWhileNoWorkerIsThereAndGoesOnWhenOneCame() throws Exception {
    dirtyMonths();
    try (var manager = new ServiceUnderTest(url, settings("smile.batch.role=manager"))) {
      var runs = manager.bean(JobRuns.class);
      var run = runs.start("nightly", Map.of());
      await().atMost(PATIENCE).until(() -> partitions(FIRST_STEP).size() == PARTITIONS);

      runs.stop(run);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(partitions(FIRST_STEP)).allMatch(p -> p.endsWith(" STOPPED 0")));
      assertThat(runs.execution(run.getId()).getStatus()).isEqualTo(BatchStatus.STOPPED);

      try (var _ = worker("worker-1")) {
        var rest =
            await()
                .atMost(PATIENCE)
                .ignoreException(JobRefusedException.class) // until the stopped one is gone
                .until(() -> runs.restart(runs.execution(run.getId())), _ -> true);
        await()
            .atMost(PATIENCE)
            .until(() -> runs.execution(rest.getId()).getStatus(), BatchStatus.COMPLETED::equals);
      }
    }
    assertThat(completed()).hasSize(PARTITIONS);
    assertThat(differences()).isEmpty();
  }

  /** A worker that comes later may be given what another has in hand, and then waits for it. */
  private void awaitBothHaveTheirShare() {
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  requireNonNull(
                          admin.describeConsumerGroups(List.of(topic)).describedGroups().get(topic))
                      .get()
                      .members()
                      .stream()
                      .map(member -> member.assignment().topicPartitions().size())
                      .toList(),
              shares ->
                  shares.equals(
                      List.of(
                          PartitionRequests.TOPIC_PARTITIONS / 2,
                          PartitionRequests.TOPIC_PARTITIONS / 2)));
    }
  }

  private BatchProcess worker(String name) {
    return process(name, "smile.batch.role=worker", "smile.batch.threads=1");
  }

  private BatchProcess manager() {
    return process("manager", "smile.batch.role=manager", "job=nightly");
  }

  private BatchProcess process(String name, String... more) {
    return BatchProcess.start(
        name,
        logs.resolve(name + ".log"),
        url,
        Stream.of(settings(more)).map(setting -> "--" + setting).toArray(String[]::new));
  }

  private String[] settings(String... more) {
    var settings =
        Stream.of(
            "SMILE_KAFKA_BOOTSTRAP_SERVERS=" + LocalStack.shared().bootstrapServers(),
            "smile.batch.remote.topic=" + topic,
            "smile.batch.remote.poll-every=100ms",
            "spring.kafka.consumer.group-id=" + topic,
            "spring.kafka.consumer.properties.session.timeout.ms=6000",
            "spring.kafka.consumer.heartbeat-interval=200ms",
            "smile.batch.partitions=" + PARTITIONS,
            "smile.batch.children=" + CHUNK);
    return Stream.concat(settings, Stream.of(more)).toArray(String[]::new);
  }

  /** In each partition a chunk of children in one block, and another in the next block. */
  private void dirtyMonths() {
    var parent = new People(jdbc).parent("parent@example.org");
    jdbc.sql(
            """
            WITH child AS (
              INSERT INTO children (id, name, age, parent_id, timezone, play_consent, population_consent)
              SELECT block * 64 + n, 'Sam', 7, :parent, 'UTC', true, true
              FROM generate_series(0, 2 * :partitions - 1) block, generate_series(1, :chunk) n
              RETURNING id
            ),
            session AS (
              INSERT INTO game_sessions (
                id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
                active_seconds, score, engagement_score, interactions_count, completion_status,
                session_data_quality)
              SELECT uuidv7(), id, 'dental_visit', 'Brushing', '2026-03-02T12:00Z',
                '2026-03-02T12:10Z', '2026-03-02', 600, 540, 40, 71.67, 50, 'completed', 'complete'
              FROM child
            )
            INSERT INTO dirty_child_months (child_id, month) SELECT id, '2026-03-01' FROM child
            """)
        .param("parent", parent)
        .param("partitions", PARTITIONS)
        .param("chunk", CHUNK)
        .update();
  }

  /** Holds up partitions at their second chunk. */
  private final class Locks implements AutoCloseable {
    private final Map<Integer, Connection> held = new HashMap<>();

    Locks(int... partitions) throws SQLException {
      for (var partition : partitions) {
        var block = 2 * partition + 1;
        var connection = MigratedDatabase.withoutPool(url).getConnection();
        held.put(block, connection);
        try (var lock = connection.prepareStatement("SELECT pg_advisory_lock(1, ?)")) {
          lock.setInt(1, block);
          lock.execute();
        }
      }
    }

    void releaseOneThatIsWaitedFor() throws SQLException {
      var block =
          await()
              .atMost(PATIENCE)
              .until(() -> waiting().values(), blocks -> !blocks.isEmpty())
              .iterator()
              .next();
      requireNonNull(held.remove(block)).close();
    }

    void releaseAll() throws SQLException {
      for (var connection : held.values()) {
        connection.close();
      }
      held.clear();
    }

    @Override
    public void close() throws SQLException {
      releaseAll();
    }
  }

  /** The workers that wait for a lock of ours, with the block it is for. */
  private Map<String, Integer> waiting() {
    var waiting = new HashMap<String, Integer>();
    jdbc.sql(
            """
            SELECT a.application_name, l.objid::int
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.classid = 1 AND NOT l.granted
            """)
        .query(
            row -> {
              waiting.put(row.getString(1), row.getInt(2));
            });
    return waiting;
  }

  private List<String> partitions() {
    return partitions("dirty-months");
  }

  private List<String> partitions(String ofStep) {
    return jdbc.sql(
            """
            SELECT step_execution_id || ' ' || step_name || ' ' || status || ' ' || write_count FROM batch_step_execution
            WHERE step_name LIKE :step || '-of-range:%' ORDER BY step_execution_id
            """)
        .param("step", ofStep)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<String> completed() {
    return partitions().stream().filter(p -> p.contains(" COMPLETED ")).toList();
  }

  private List<String> differences() {
    var everything =
        jdbc
            .sql("SELECT id FROM children")
            .query((row, _) -> new ChildId(row.getLong("id")))
            .list()
            .stream()
            .map(child -> new DayRange(child, null, LocalDate.of(9999, 12, 31)))
            .toList();
    return new MonthSummaries(jdbc).differences(everything);
  }
}
