package org.smileadventure.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

@RealServers
class IngestServiceTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final StoredRows rows = new StoredRows(MigratedDatabase.dataSource(databaseUrl));
  private final EventTopic topic = new EventTopic();
  private final CachedAnswers answers = new CachedAnswers(LocalStack.shared().redis());
  private final ServiceUnderTest settings =
      new ServiceUnderTest(databaseUrl, LocalStack.shared().redis(), topic.name());
  private final List<ChildId> children = new ArrayList<>();
  private @Nullable ConfigurableApplicationContext service;

  @BeforeEach
  void children() {
    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(databaseUrl)));
    var parent = people.parent("parent@example.org");
    for (int i = 0; i < 8; i++) {
      children.add(people.child(parent, "Europe/Rome"));
    }
  }

  @AfterEach
  void close() {
    if (service != null) {
      service.close();
    }
    answers.close();
    topic.close();
  }

  @Test
  void eventsOfManyChildrenBecomeTheirRows() {
    service = settings.start();
    var plays =
        children.stream()
            .map(child -> Play.by(child, NOON).interactions(20, CORRECT).level(1, 5).completed(9))
            .toList();
    plays.forEach(play -> topic.send(play.events()));

    awaitAllTaken();
    for (var play : plays) {
      assertThat(rows.session(play.session()))
          .isEqualTo(SessionOracle.row(play.events(), ZoneId.of("Europe/Rome")).orElseThrow());
    }
    assertThat(topic.quarantine()).isEmpty();
  }

  @Test
  void whatCannotBeStoredIsSetAsideAndCostsNothingElse() {
    var sam = children.getFirst();
    var good = Play.by(sam, NOON).interactions(10, CORRECT).completed(9);
    var bad =
        Map.of(
            "malformed",
            List.of(
                raw(new byte[] {(byte) 0xFF, 0, 1}, Map.of()),
                raw(null, Map.of()),
                raw("{".getBytes(UTF_8), Map.of("content-type", "application/cloudevents+json")),
                raw(null, Map.of("content-type", "application/cloudevents+json")),
                with(good.events().getFirst(), "ce_specversion", "7"),
                with(good.events().getFirst(), "ce_time", "yesterday")),
            "unknown_type",
            List.of(with(good.events().getFirst(), "ce_type", "session.dreamt")),
            "schema_violation",
            List.of(
                body(good.events().getFirst(), "{}"),
                body(
                    good.events().getFirst(),
                    "{\"sessionId\": \"" + "x".repeat(4_000_000) + "\"}")),
            "unknown_child",
            List.of(topic.record(Play.by(new ChildId(999_999), NOON).events().getFirst())),
            "foreign_session",
            List.of(
                topic.record(
                    new SessionEvent(
                        good.session(),
                        children.getLast(),
                        99,
                        NOON,
                        good.events().getLast().payload()))));
    topic.send(good.events().subList(0, 6));
    bad.values().forEach(topic::sendRecords);
    topic.send(good.events().subList(6, 12));

    service = settings.start();

    awaitAllTaken();
    assertThat(rows.events(List.of(good.session()))).isEqualTo(good.events());
    assertThat(rows.eventCount()).isEqualTo(12);
    var quarantined = topic.quarantine();
    for (var reason : bad.keySet()) {
      assertThat(quarantined.stream().filter(r -> reason.equals(header(r, "smile-reason"))))
          .extracting(IngestServiceTest::asItCame)
          .containsExactlyInAnyOrderElementsOf(
              bad.getOrDefault(reason, List.of()).stream()
                  .map(IngestServiceTest::asItWasSent)
                  .toList());
    }
    assertThat(quarantined)
        .allSatisfy(
            r -> {
              assertThat(header(r, "smile-detail")).isNotBlank();
              assertThat(Instant.parse(header(r, "smile-first-seen")))
                  .isBetween(Instant.now().minusSeconds(60), Instant.now());
              assertThat(header(r, "smile-origin")).matches(topic.name() + "/\\d/\\d+");
              assertThat(new String(r.key(), UTF_8)).matches("\\d+/" + topic.name() + "-\\d-\\d+");
            });
    assertThat(quarantined)
        .filteredOn(r -> header(r, "smile-reason").equals("unknown_child"))
        .allSatisfy(r -> assertThat(new String(r.key(), UTF_8)).startsWith("999999/"));
  }

  @Test
  void structuredCloudEventsAreTakenToo() {
    service = settings.start();
    var play = Play.by(children.getFirst(), NOON).completed(9);
    topic.sendRecords(play.events().stream().map(this::structured).toList());

    awaitAllTaken();
    assertThat(rows.events(List.of(play.session()))).isEqualTo(play.events());
  }

  @Test
  void answersAboutTouchedChildrenAreForgottenAlsoWhenNothingWasNew() {
    service = settings.start();
    var sam = children.getFirst();
    var untouched = children.getLast();
    var events = Play.by(sam, NOON).completed(9).events();
    answers.keep(untouched);
    for (int delivery = 0; delivery < 2; delivery++) {
      answers.keep(sam);
      topic.send(events);
      await().atMost(PATIENCE).until(() -> !answers.holds(sam));
      awaitAllTaken();
    }
    assertThat(answers.holds(untouched)).isTrue();
    assertThat(rows.eventCount()).isEqualTo(2);
  }

  /** Another writer keeps the batch waiting; the service is told to stop in the midst of it. */
  @Test
  void serviceThatIsStoppedFinishesItsBatchAndAcknowledgesIt() throws Exception {
    var stopping = settings.start();
    service = stopping;
    var listeners = stopping.getBean(KafkaListenerEndpointRegistry.class).getListenerContainers();
    var play = Play.by(children.getFirst(), NOON).interactions(20, CORRECT).completed(9);
    try (var other = DriverManager.getConnection(databaseUrl);
        var operator = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      try (var lock = other.createStatement()) {
        lock.execute("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE");
      }
      topic.send(play.events());
      await().atMost(PATIENCE).until(this::writerWaits);
      var stopped = operator.submit(stopping::close);
      await().atMost(PATIENCE).until(() -> listeners.stream().noneMatch(Lifecycle::isRunning));
      other.rollback();
      stopped.get();
    }
    var acknowledged = play.events().size() - topic.lag();
    assertThat(acknowledged).isPositive();
    assertThat(rows.eventCount()).isEqualTo(acknowledged);

    service = settings.start();
    awaitAllTaken();
    assertThat(rows.session(play.session()))
        .isEqualTo(SessionOracle.row(play.events(), ZoneId.of("Europe/Rome")).orElseThrow());
    assertThat(rows.eventCount()).isEqualTo(play.events().size());
  }

  private boolean writerWaits() {
    return JdbcClient.create(MigratedDatabase.dataSource(databaseUrl))
            .sql(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
            .query(Long.class)
            .single()
        > 0;
  }

  private void awaitAllTaken() {
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
  }

  private ProducerRecord<byte[], byte[]> raw(byte @Nullable [] value, Map<String, String> headers) {
    var kafkaRecord =
        new ProducerRecord<byte[], byte[]>(topic.name(), new byte[] {0, (byte) 0x80}, value);
    headers.forEach((name, text) -> kafkaRecord.headers().add(name, text.getBytes(UTF_8)));
    return kafkaRecord;
  }

  private ProducerRecord<byte[], byte[]> with(SessionEvent event, String header, String value) {
    var kafkaRecord = topic.record(event);
    kafkaRecord.headers().remove(header).add(header, value.getBytes(UTF_8));
    return kafkaRecord;
  }

  private ProducerRecord<byte[], byte[]> body(SessionEvent event, String value) {
    var sound = topic.record(event);
    return new ProducerRecord<>(
        topic.name(), null, sound.key(), value.getBytes(UTF_8), sound.headers());
  }

  private ProducerRecord<byte[], byte[]> structured(SessionEvent event) {
    var binary = topic.record(event);
    var envelope =
        """
        {"specversion": "1.0", "id": "1", "source": "/test", "type": "%s", "data": %s}
        """
            .formatted(event.type().wireName(), new String(binary.value(), UTF_8));
    var headers = new RecordHeaders();
    headers.add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8));
    return new ProducerRecord<>(
        topic.name(), null, binary.key(), envelope.getBytes(UTF_8), headers);
  }

  private static String header(ConsumerRecord<?, ?> kafkaRecord, String name) {
    return new String(kafkaRecord.headers().lastHeader(name).value(), UTF_8);
  }

  private static List<?> asItWasSent(ProducerRecord<byte[], byte[]> sent) {
    return essence(sent.key(), sent.value(), sent.headers());
  }

  private static List<?> asItCame(ConsumerRecord<byte[], byte[]> quarantined) {
    var headers = quarantined.headers();
    var key = headers.lastHeader("smile-key");
    return essence(
        key == null ? null : key.value(),
        headers.lastHeader("smile-no-value") == null ? quarantined.value() : null,
        headers);
  }

  private static List<?> essence(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return List.of(
        Arrays.toString(key),
        value == null ? "no value" : Arrays.hashCode(value),
        value == null ? 0 : value.length,
        StreamSupport.stream(headers.spliterator(), false)
            .filter(header -> !header.key().startsWith("smile-"))
            .collect(toMap(h -> h.key(), h -> new String(h.value(), UTF_8))));
  }
}
