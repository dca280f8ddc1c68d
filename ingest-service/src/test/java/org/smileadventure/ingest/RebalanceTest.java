package org.smileadventure.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.RandomPlay;
import org.smileadventure.ingest.fixture.RunningService;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances come and go, each with a name of its own, while children play. */
class RebalanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
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
              50,
              TimeUnit.MILLISECONDS);

      var anna = new RunningService(instance("anna", topic).start());
      try {
        awaitAllPartitionsAt("anna", topic);
        var bert = instance("bert", topic).startProcess(home.resolve("bert.log"));
        try {
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> {
                    assertThat(partitionsOf("anna", topic)).isPositive();
                    assertThat(partitionsOf("bert", topic)).isPositive();
                    assertThat(partitionsOf("", topic)).isEqualTo(EventTopic.PARTITIONS);
                  });
          anna.close();
          awaitAllPartitionsAt("bert", topic);
        } finally {
          bert.destroyForcibly().waitFor();
        }
        var again = instance("bert", topic).startProcess(home.resolve("bert.log"));
        try {
          var before = rows.eventCount();
          await().atMost(PATIENCE).until(() -> rows.eventCount() > before);
          assertThat(playing.isDone()).as("the game has failed").isFalse();
          game.shutdown();
          assertThat(game.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
          await().atMost(PATIENCE).until(() -> topic.lag() == 0);
        } finally {
          again.destroyForcibly().waitFor();
        }
      } finally {
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

  /** Each instance has two consumers, of which each is named after it. */
  private static int partitionsOf(String instance, EventTopic topic) {
    return topic.assignments().entrySet().stream()
        .filter(member -> member.getKey().startsWith(instance))
        .mapToInt(member -> member.getValue())
        .sum();
  }

  private static void awaitAllPartitionsAt(String instance, EventTopic topic) {
    await()
        .atMost(PATIENCE)
        .until(() -> partitionsOf(instance, topic), count -> count == EventTopic.PARTITIONS);
  }

  private List<ChildId> children() {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(databaseUrl)));
    var parent = people.parent("parent@example.org");
    return Stream.generate(() -> people.child(parent, ROME.getId())).limit(10).toList();
  }
}
