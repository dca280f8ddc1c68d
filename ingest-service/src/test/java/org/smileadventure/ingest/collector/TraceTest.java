package org.smileadventure.ingest.collector;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.OtlpReceiver;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** An event is followed from the collector to the answers that it makes stale. */
@RealServers
class TraceTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String DATABASE = MigratedDatabase.newUrl();
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.dataSource(DATABASE));
  private static final ChildId SAM = childOfAnUnlikelyNumber();

  @AutoClose private static final OtlpReceiver RECEIVER = new OtlpReceiver();
  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE, LocalStack.shared().redis(), TOPIC.name())
          .with(
              "SMILE_OTLP_URL=" + RECEIVER.address(),
              "SMILE_TRACES_SAMPLED=1",
              "management.opentelemetry.tracing.export.schedule-delay=50ms")
          .start();

  private final Game game = Game.of(SERVICE, List.of(SAM));

  private static ChildId childOfAnUnlikelyNumber() {
    DB.sql("SELECT setval(pg_get_serial_sequence('children', 'id'), 918273645)")
        .query(Long.class)
        .single();
    var people = new People(DB);
    return people.child(people.parent("parent@example.org"), "Europe/Rome");
  }

  @Test
  void eventIsFollowedFromTheCollectorToTheAnswersItMakesStale() {
    var events = Play.by(SAM, NOON).interactions(20, CORRECT).completed(7).events();
    var trace = "0af7651916cd43dd8448eb211c80319c";
    var caller = "b7ad6b7169203331";
    game.send(
            Game.BATCHED, Game.batch(events), "traceparent", "00-%s-%s-01".formatted(trace, caller))
        .allAccepted(events.size());

    var request = awaitOne("POST /api/v1/events", span -> hex(span.getTraceId()).equals(trace));
    assertThat(hex(request.getParentSpanId())).isEqualTo(caller);
    assertThat(request.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    await().atMost(PATIENCE).until(() -> sentIn(request).size() == events.size());
    var sent = sentIn(request).stream().map(Span::getSpanId).collect(toSet());

    // One batch or several, as Kafka gives them out.
    await().atMost(PATIENCE).until(() -> linksOf(batchesWith(sent)).containsAll(sent));
    for (var batch : batchesWith(sent)) {
      assertThat(batch.getParentSpanId()).isEqualTo(ByteString.EMPTY);
      awaitOne("commit events", span -> isChild(span, batch));
      awaitOne("invalidate answers", span -> isChild(span, batch));
      assertThat(attributes(batch))
          .contains("messaging.batch.message_count", "smile.events.stored");
    }
  }

  @Test
  void batchHasAHundredLinksAtMost() {
    var events = new ArrayList<SessionEvent>();
    for (int day = 0; day < 10; day++) {
      var noon = NOON.minus(Duration.ofDays(day));
      events.addAll(Play.by(SAM, noon).interactions(30, CORRECT).completed(7).events());
    }
    var stored = stored();
    // All of them wait when the listener asks for the next ones.
    var listeners = SERVICE.getBean(KafkaListenerEndpointRegistry.class);
    listeners.stop();
    game.sendBatch(events).allAccepted(events.size());
    listeners.start();

    await().atMost(PATIENCE).until(() -> stored() == stored + 10);
    await()
        .atMost(PATIENCE)
        .until(() -> batches().stream().anyMatch(batch -> batch.getLinksCount() == 100));
    assertThat(batches())
        .allSatisfy(batch -> assertThat(batch.getLinksCount()).isLessThanOrEqualTo(100));
  }

  @Test
  void spansTellNothingAboutAChildAndNameNoAddress() {
    var events = Play.by(SAM, NOON).completed(7).events();
    game.sendBatch(events).allAccepted(events.size());
    game.get("/api/v1/events/refused?child_id=" + SAM).json();
    game.get("/api/v1/children/" + SAM + "/no-such-thing").problem(404);
    awaitOne("GET /api/v1/events/refused", _ -> true);
    await().atMost(PATIENCE).until(() -> RECEIVER.text().contains("NOT_FOUND"));

    assertThat(RECEIVER.text())
        .contains("ingest-service")
        .doesNotContain(SAM.toString(), "no-such-thing", "child_id=", "SELECT", "/actuator");
    assertThat(RECEIVER.spans()).allSatisfy(span -> assertThat(span.getEventsList()).isEmpty());
  }

  private static long stored() {
    return DB.sql("SELECT count(*) FROM game_sessions").query(Long.class).single();
  }

  private static List<Span> batches() {
    return named("process batch");
  }

  private static List<Span> named(String name) {
    return RECEIVER.spans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static List<Span> sentIn(Span request) {
    return RECEIVER.spans().stream()
        .filter(span -> span.getKind() == SpanKind.SPAN_KIND_PRODUCER && isChild(span, request))
        .toList();
  }

  private static List<Span> batchesWith(Set<ByteString> sent) {
    return batches().stream()
        .filter(batch -> linksOf(List.of(batch)).stream().anyMatch(sent::contains))
        .toList();
  }

  private static Set<ByteString> linksOf(List<Span> batches) {
    return batches.stream()
        .flatMap(batch -> batch.getLinksList().stream())
        .map(Span.Link::getSpanId)
        .collect(toSet());
  }

  private static boolean isChild(Span span, Span of) {
    return span.getTraceId().equals(of.getTraceId())
        && span.getParentSpanId().equals(of.getSpanId());
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static List<String> attributes(Span span) {
    return span.getAttributesList().stream().map(attribute -> attribute.getKey()).toList();
  }

  private static Span awaitOne(String name, Predicate<Span> which) {
    return await()
        .atMost(PATIENCE)
        .until(() -> named(name).stream().filter(which).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }
}
