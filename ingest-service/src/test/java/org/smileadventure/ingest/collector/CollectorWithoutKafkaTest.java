package org.smileadventure.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.KafkaServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
@Tag("slow")
class CollectorWithoutKafkaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path home;

  @Test
  void nothingIsAcknowledgedUntilKafkaIsBackAndThenItIsStoredOnce() {
    var database = MigratedDatabase.newUrl();
    var rows = new StoredRows(MigratedDatabase.dataSource(database));
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(database)));
    var sam = people.child(people.parent("parent@example.org"), "Europe/Rome");
    var play = Play.by(sam, Instant.parse("2025-05-05T12:00:00Z")).interactions(20, CORRECT);
    var events = play.completed(7).events();
    try (var kafka = KafkaServer.inOwnProcess(home, 0)) {
      kafka.start();
      try (var service =
          new ServiceUnderTest(database, LocalStack.shared().redis(), "game-session-events")
              .with(
                  "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                  "smile.ingest.concurrency=1",
                  // which tells every attempt to connect
                  "logging.level.org.apache.kafka.clients.NetworkClient=off",
                  "smile.collector.delivery-timeout=2s",
                  "smile.collector.max-requests-in-flight=1")
              .start()) {
        var meters = service.getBean(MeterRegistry.class);
        var game = Game.of(service, List.of(sam));
        game.sendBatch(events.subList(0, 1)).allAccepted(1);
        await().atMost(PATIENCE).until(() -> rows.eventCount() == 1);

        kafka.kill();
        var replies =
            Stream.generate(() -> CompletableFuture.supplyAsync(() -> game.sendBatch(events)))
                .limit(2)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(replies)
            .extracting(reply -> reply.problem(429).path("detail").asString())
            .allSatisfy(detail -> assertThat(detail).contains("stored once"))
            .anySatisfy(detail -> assertThat(detail).contains("Kafka does not take"))
            .anySatisfy(detail -> assertThat(detail).contains("too many requests"));
        assertThat(replies).extracting(reply -> reply.header("Retry-After")).containsOnly("5");
        assertThat(meters.counter("smile.collector.refused").count()).isEqualTo(2);
        assertThat(meters.counter("smile.collector.accepted").count()).isEqualTo(1);

        kafka.start();
        assertThat(rows.eventCount()).isEqualTo(1);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> game.sendBatch(events).allAccepted(events.size()));
        game.sendBatch(events).allAccepted(events.size());
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(rows.events(List.of(play.session()))).isEqualTo(events));
        assertThat(rows.eventCount()).isEqualTo(events.size());
      }
    }
  }
}
