package org.smileadventure.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RedisServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The servers that the service needs go away and come back. */
class ServerFaultTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path home;

  @Test
  void withoutPostgresNothingIsAcknowledgedAndNothingIsLost() {
    try (var postgres = new PostgresServer(home, LocalStack.SHARED_BINARIES, 0);
        var topic = new EventTopic()) {
      postgres.start();
      var url = postgres.jdbcUrl("postgres");
      Flyway.configure().dataSource(url, null, null).load().migrate();
      var sam = child(url);
      var rows = new StoredRows(MigratedDatabase.dataSource(url));
      var before = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
      var meanwhile = Play.by(sam, NOON).interactions(50, CORRECT).completed(2);
      try (var _ = new ServiceUnderTest(url, LocalStack.shared().redis(), topic.name()).start()) {
        topic.send(before.events());
        await().atMost(PATIENCE).until(() -> topic.lag() == 0);

        postgres.kill();
        topic.send(meanwhile.events());
        await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(4))
            .until(() -> topic.lag() == meanwhile.events().size());

        postgres.start();
        await().atMost(PATIENCE).until(() -> topic.lag() == 0);
      }
      assertThat(rows.events(List.of(before.session()))).isEqualTo(before.events());
      assertThat(rows.events(List.of(meanwhile.session()))).isEqualTo(meanwhile.events());
      assertThat(rows.session(meanwhile.session())).containsEntry("interactions_count", 50);
      assertThat(topic.quarantine()).isEmpty();
    }
  }

  @Test
  void withoutRedisEventsAreStoredAndTheirChildrenAreRemembered() {
    var url = MigratedDatabase.newUrl();
    var rows = new StoredRows(MigratedDatabase.dataSource(url));
    var sam = child(url);
    var play = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
    try (var redis = new RedisServer(home, LocalStack.SHARED_BINARIES, 0);
        var topic = new EventTopic()) {
      redis.start();
      try (var _ = new ServiceUnderTest(url, redis.uri(), topic.name()).start()) {
        redis.stop();
        for (var event : play.events()) {
          topic.send(List.of(event));
          await().atMost(PATIENCE).until(() -> topic.lag() == 0);
        }
        assertThat(rows.events(List.of(play.session()))).isEqualTo(play.events());
        assertThat(rows.pendingInvalidations()).containsExactly(sam);

        redis.start();
        await().atMost(PATIENCE).until(() -> rows.pendingInvalidations().isEmpty());
      }
    }
  }

  /** As in a failover: Redis answers, still has what it had, but takes no writes. */
  @Test
  void answersThatCouldNotBeForgottenAreForgottenWhenRedisTakesWritesAgain() {
    var url = MigratedDatabase.newUrl();
    var rows = new StoredRows(MigratedDatabase.dataSource(url));
    var sam = child(url);
    try (var redis = new RedisServer(home, LocalStack.SHARED_BINARIES, 0);
        var topic = new EventTopic()) {
      redis.start();
      try (var answers = new CachedAnswers(redis.uri());
          var _ = new ServiceUnderTest(url, redis.uri(), topic.name()).start()) {
        answers.keep(sam);
        answers.readOnly(true);
        topic.send(Play.by(sam, NOON).completed(1).events());
        await().atMost(PATIENCE).until(() -> topic.lag() == 0);
        assertThat(rows.pendingInvalidations()).containsExactly(sam);
        assertThat(answers.holds(sam)).isTrue();

        answers.readOnly(false);
        await().atMost(PATIENCE).until(() -> rows.pendingInvalidations().isEmpty());
        assertThat(answers.holds(sam)).isFalse();
      }
    }
  }

  private static ChildId child(String url) {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(url)));
    return people.child(people.parent("parent@example.org"), "Europe/Rome");
  }
}
