package org.smileadventure.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances come and go, each with a name of its own, while children play. */
@RealServers
@Tag("slow")
class RebalanceTest {
  /** A machine with much else to do takes more than a minute to start an instance. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final StoredRows rows = new StoredRows(MigratedDatabase.dataSource(databaseUrl));
  private final Random random = new Random();

  @TempDir Path home;

  @Test
  void partitionsMoveBetweenInstancesAndEveryEventCountsOnce() throws Exception {
    var children = children();
    var sent = Collections.synchronizedList(new ArrayList<SessionEvent>());
    try (var topic = new EventTopic();
        var game = Executors.newSingleThreadScheduledExecutor()) {
      var playing =
          game.scheduleAtFixedRate(
              () -> {
                var events =
                    new ArrayList<>(
                        RandomPlay.by(children.get(random.nextInt(children.size())), random));
                Collections.shuffle(events, random);
                topic.send(events);
                sent.addAll(events);
              },
              0,
              200,
              TimeUnit.MILLISECONDS);

      var anna = instance("anna", topic).start();
      awaitPartitions(Map.of("anna", EventTopic.PARTITIONS), topic);
      // One of her consumers may have joined before the other.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(topic.assignments()).containsOnlyKeys("anna-0", "anna-1"));
      var bert = instance("bert", topic).startProcess(home.resolve("bert.log"));
      try {
        awaitPartitions(Map.of("anna", 2, "bert", 1), topic);
        awaitMoreStored();
        // For a partition for herself she comes too late.
        try (var dora = instance("dora", topic).start()) {
          bert.destroyForcibly().waitFor();
          anna.close();
          awaitPartitions(Map.of("dora", EventTopic.PARTITIONS), topic);
          awaitMoreStored();

          assertThat(playing.isDone()).as("the game has failed").isFalse();
          game.shutdown();
          assertThat(game.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
          await().atMost(PATIENCE).until(() -> topic.lag() == 0);
          assertThat(dora.isRunning()).isTrue();
        }
      } finally {
        bert.destroyForcibly().waitFor();
        anna.close();
      }
      assertThat(topic.quarantine()).isEmpty();
    }
    var expected = SessionOracle.rows(sent, ROME);
    var sessions = new HashSet<>(sent.stream().map(SessionEvent::sessionId).toList());
    assertThat(rows.eventCount()).isEqualTo(sent.size());
    assertThat(Set.copyOf(rows.events(sessions))).isEqualTo(Set.copyOf(sent));
    assertThat(rows.sessions(sessions)).isEqualTo(expected);
  }

  private ServiceUnderTest instance(String name, EventTopic topic) {
    return new ServiceUnderTest(databaseUrl, LocalStack.shared().redis(), topic.name())
        .with("SMILE_INSTANCE_ID=" + name)
        // The shortest that Kafka allows.
        .with("spring.kafka.consumer.properties.session.timeout.ms=6000")
        .with("spring.kafka.consumer.heartbeat-interval=500ms");
  }

  /** Each instance has two consumers, which are named after it. */
  private static void awaitPartitions(Map<String, Integer> expected, EventTopic topic) {
    await()
        .atMost(PATIENCE)
        // Before its first member has joined.
        .ignoreExceptionsMatching(
            e -> NestedExceptionUtils.getMostSpecificCause(e) instanceof GroupIdNotFoundException)
        .untilAsserted(
            () ->
                assertThat(
                        topic.assignments().entrySet().stream()
                            .collect(
                                groupingBy(
                                    member -> member.getKey().replaceAll("-\\d+$", ""),
                                    summingInt(Map.Entry::getValue))))
                    .isEqualTo(expected));
  }

  private void awaitMoreStored() {
    var before = rows.eventCount();
    await().atMost(PATIENCE).until(() -> rows.eventCount() > before);
  }

  private List<ChildId> children() {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(databaseUrl)));
    var parent = people.parent("parent@example.org");
    return Stream.generate(() -> people.child(parent, ROME.getId())).limit(10).toList();
  }
}
