package org.smileadventure.ingest;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.ingest.fixture.StoredRows.DirtyMonth;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * As often as {@code -Dsmile.kills=…} says. {@code ./smile chaos ingest} runs this test, and reads
 * the line RESULT that it writes.
 */
@RealServers
@Tag("slow")
class KilledServiceTest {
  private static final int KILLS = Integer.getInteger("smile.kills", 2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final StoredRows rows = new StoredRows(MigratedDatabase.dataSource(databaseUrl));
  private final Random random = new Random();

  // What the service wrote tells why it has not stored anything.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  @Test
  void howeverOftenItIsKilledEveryEventCountsOnceAndNoAnswerIsStale() throws Exception {
    var children = children();
    var sent = Collections.synchronizedList(new ArrayList<SessionEvent>());
    try (var redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
        var topic = new EventTopic();
        var game = Executors.newSingleThreadScheduledExecutor()) {
      redis.start();
      try (var answers = new CachedAnswers(redis.uri())) {
        // It takes its place again at once after it was killed, not when the group has missed it.
        var service =
            new ServiceUnderTest(databaseUrl, redis.uri(), topic.name())
                .with("SMILE_INSTANCE_ID=" + topic.name());
        var playing =
            game.scheduleAtFixedRate(
                () -> {
                  var child = children.get(random.nextInt(children.size()));
                  // It is in the cache before there is news of the child: then it has to go.
                  answers.read(child);
                  send(played(child), topic, sent);
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
        for (var child : children) {
          answers.keep(child);
          send(played(child), topic, sent);
        }

        var last = service.startProcess(home.resolve("service.log"));
        try {
          await().atMost(PATIENCE).until(() -> topic.lag() == 0);
        } finally {
          last.destroyForcibly().waitFor();
        }
        assertThat(children).noneMatch(answers::holds);
        assertThat(rows.pendingInvalidations()).isEmpty();
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

  private static void send(List<SessionEvent> events, EventTopic topic, List<SessionEvent> sent) {
    topic.send(events);
    sent.addAll(events);
  }

  /** A session as it is sent: mixed up, and part of it twice. */
  private List<SessionEvent> played(ChildId child) {
    var events = new ArrayList<>(RandomPlay.by(child, random));
    events.addAll(events.subList(0, random.nextInt(events.size())));
    Collections.shuffle(events, random);
    return events;
  }

  private void assertStoredOnce(List<SessionEvent> sent) {
    var expected = SessionOracle.rows(sent, ROME);
    var sessions = sent.stream().map(SessionEvent::sessionId).collect(toSet());
    var distinct = Set.copyOf(sent);
    var stored = rows.events(sessions);
    var lost = distinct.stream().filter(not(Set.copyOf(stored)::contains)).count();
    var duplicates = rows.eventCount() - Set.copyOf(stored).size();
    System.out.printf(
        "%nRESULT kills=%d events=%d lost=%d duplicates=%d%n",
        KILLS, distinct.size(), lost, duplicates);

    assertThat(rows.eventCount()).isEqualTo(distinct.size());
    assertThat(Set.copyOf(stored)).isEqualTo(distinct);
    assertThat(rows.sessions(sessions)).isEqualTo(expected);
    assertThat(rows.dirtyMonths().keySet())
        .containsAll(
            expected.values().stream()
                .map(
                    row ->
                        new DirtyMonth(
                            new ChildId((long) Objects.requireNonNull(row.get("child_id"))),
                            ((LocalDate) Objects.requireNonNull(row.get("day"))).withDayOfMonth(1)))
                .toList());
  }

  private List<ChildId> children() {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(databaseUrl)));
    var parent = people.parent("parent@example.org");
    return Stream.generate(() -> people.child(parent, ROME.getId())).limit(10).toList();
  }
}
