package org.smileadventure.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.ingest.fixture.StoredRows.DirtyDay;
import org.smileadventure.localstack.LocalStack;
import org.springframework.jdbc.core.simple.JdbcClient;

class KilledServiceTest {
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final StoredRows rows = new StoredRows(MigratedDatabase.dataSource(databaseUrl));
  private final Random random = new Random();

  @TempDir Path home;

  @Test
  void howeverOftenItIsKilledEveryEventCountsOnce() throws Exception {
    var children = children();
    var sent = Collections.synchronizedList(new ArrayList<SessionEvent>());
    try (var topic = new EventTopic();
        var game = Executors.newSingleThreadScheduledExecutor()) {
      var service = new ServiceUnderTest(databaseUrl, LocalStack.shared().redis(), topic.name());
      var playing =
          game.scheduleAtFixedRate(
              () -> {
                var events = played(children);
                topic.send(events);
                sent.addAll(events);
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
      for (int kill = 0; kill < KILLS; kill++) {
        runUntilItHasStored(random.nextInt(1_000), service);
      }
      assertThat(playing.isDone()).as("the game has failed").isFalse();
      game.shutdown();
      assertThat(game.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

      var last = service.startProcess(home.resolve("service.log"));
      try {
        await().atMost(PATIENCE).until(() -> topic.lag() == 0);
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(topic.quarantine()).isEmpty();
    }
    assertStoredOnce(sent);
  }

  /** Starts the service and kills it as soon as it has stored so many events more, or some more. */
  private void runUntilItHasStored(int more, ServiceUnderTest service) throws InterruptedException {
    var before = rows.eventCount();
    var process = service.startProcess(home.resolve("service.log"));
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> rows.eventCount() > before + more);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** A session as it is sent: mixed up, and part of it twice. */
  private List<SessionEvent> played(List<ChildId> children) {
    var events =
        new ArrayList<>(RandomPlay.by(children.get(random.nextInt(children.size())), random));
    events.addAll(events.subList(0, random.nextInt(events.size())));
    Collections.shuffle(events, random);
    return events;
  }

  private void assertStoredOnce(List<SessionEvent> sent) {
    var sessions = sent.stream().distinct().collect(groupingBy(SessionEvent::sessionId));
    var expected =
        sessions.entrySet().stream()
            .filter(session -> SessionOracle.row(session.getValue(), ROME).isPresent())
            .collect(
                toMap(
                    session -> session.getKey(),
                    session -> SessionOracle.row(session.getValue(), ROME).orElseThrow()));

    var distinct = Set.copyOf(sent);
    assertThat(rows.eventCount()).isEqualTo(distinct.size());
    assertThat(Set.copyOf(rows.events(sessions.keySet()))).isEqualTo(distinct);
    assertThat(rows.sessions(sessions.keySet())).isEqualTo(expected);
    assertThat(rows.dirtyDays().keySet())
        .containsAll(
            expected.values().stream()
                .map(
                    row ->
                        new DirtyDay(
                            new ChildId((long) Objects.requireNonNull(row.get("child_id"))),
                            (LocalDate) Objects.requireNonNull(row.get("day"))))
                .toList());
  }

  private List<ChildId> children() {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(databaseUrl)));
    var parent = people.parent("parent@example.org");
    return Stream.generate(() -> people.child(parent, ROME.getId())).limit(10).toList();
  }
}
