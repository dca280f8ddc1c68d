package org.smileadventure.ingest.find;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;
import static org.smileadventure.ingest.fixture.SharedService.PATIENCE;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.SharedService;
import org.smileadventure.localstack.RealServers;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.databind.JsonNode;

@RealServers
class FindTest {
  private static final String FIND = "/api/v1/events/find";
  private static final SharedService SERVICE = SharedService.get();

  private final Instant now = Instant.now();

  @Test
  void eventIsOnTheTopicUntilItIsStoredAndInTheAnswersThen() {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    var play = Play.by(sam, now).interactions(2, CORRECT).completed(3);
    var listeners = SERVICE.context.getBean(KafkaListenerEndpointRegistry.class);
    listeners.stop();
    try {
      SERVICE.topic.send(play.events());

      var waiting = find(play.events().get(1));
      assertThat(waiting.at("/topic/state").stringValue()).isEqualTo("found");
      assertThat(waiting.at("/topic/committed").asBoolean(false)).isFalse();
      assertThat(waiting.get("child_id").longValue()).isEqualTo(sam.value());
      for (var place : List.of("stored", "session", "answer")) {
        assertThat(waiting.get(place).isNull()).as(place).isTrue();
      }
    } finally {
      listeners.start();
    }
    SERVICE.awaitAllTaken();

    var stored = find(play.events().get(1));
    assertThat(stored.at("/topic/committed").booleanValue()).isTrue();
    assertThat(Instant.parse(stored.at("/topic/taken_at").stringValue()))
        .isAfter(now.minusSeconds(60));
    assertThat(stored.get("sequence").intValue()).isEqualTo(2);
    assertThat(stored.get("session_id").stringValue()).isEqualTo(play.session().toString());
    assertThat(stored.at("/stored/events").intValue()).isEqualTo(4);
    assertThat(stored.at("/stored/first_sequence").intValue()).isOne();
    assertThat(stored.at("/stored/last_sequence").intValue()).isEqualTo(4);
    assertThat(stored.at("/stored/sequence_stored").booleanValue()).isTrue();
    assertThat(stored.at("/session/completion_status").stringValue()).isEqualTo("completed");
    assertThat(stored.at("/session/lost_events").intValue()).isZero();
    assertThat(stored.at("/answer/month").stringValue()).endsWith("-01");
    assertThat(stored.at("/answer/month_dirty").booleanValue()).isTrue();
    assertThat(stored.at("/answer/invalidation_pending").booleanValue()).isFalse();
    assertThat(stored.get("quarantine")).isEmpty();
    assertThat(stored.get("quarantine_complete").booleanValue()).isTrue();

    var missing = SERVICE.get(FIND + "?session_id=" + play.session() + "&sequence=9");
    assertThat(missing.at("/topic/state").stringValue()).isEqualTo("not_found");
    assertThat(missing.at("/stored/sequence_stored").booleanValue()).isFalse();
  }

  /** The rows that are packed tell only when the last of their events came. */
  @Test
  void whenTheFirstEventCameIsToldUntilTheSessionIsPacked() {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    var play = Play.by(sam, now).interactions(1, CORRECT);
    SERVICE.topic.send(play.events());
    SERVICE.awaitAllTaken();
    var path = FIND + "?session_id=" + play.session();

    var plain = SERVICE.get(path);
    assertThat(Instant.parse(plain.at("/stored/first_received_at").stringValue()))
        .isAfter(now.minusSeconds(60));
    SERVICE
        .jdbc
        .sql("UPDATE session_events SET packed = true WHERE session_id = ?")
        .param(play.session().value())
        .update();

    var packed = SERVICE.get(path);
    assertThat(packed.at("/stored/first_received_at").isNull()).isTrue();
    assertThat(packed.at("/stored/last_received_at"))
        .isEqualTo(plain.at("/stored/last_received_at"));
  }

  @Test
  void eventThatWasSetAsideIsFoundInQuarantineAndWhenItWasSentAgain() {
    var sam = SERVICE.unknownChild();
    var play = Play.by(sam, now);
    SERVICE.topic.send(play.events());
    var first = SERVICE.nextRecord() - 1;

    var refused = find(play.events().getFirst());
    assertThat(refused.get("quarantine")).hasSize(1);
    assertThat(refused.at("/quarantine/0/id").intValue()).isEqualTo(first);
    assertThat(refused.at("/quarantine/0/reason").stringValue()).isEqualTo("unknown_child");
    assertThat(refused.at("/quarantine/0/replayed_at").isNull()).isTrue();
    assertThat(refused.at("/topic/state").stringValue()).isEqualTo("found");
    assertThat(refused.get("stored").isNull()).isTrue();

    SERVICE.register(sam);
    SERVICE.post("/api/v1/quarantine/" + first + "/replay");
    SERVICE.awaitAllTaken();
    var again = SERVICE.get(FIND + "?session_id=" + play.session());
    assertThat(again.at("/quarantine/0/replayed_at").isNull()).isFalse();
    assertThat(again.at("/stored/events").intValue()).isOne();
    assertThat(again.at("/stored/sequence_stored").isNull()).isTrue();
    assertThat(again.get("sequence").isNull()).isTrue();
  }

  /** Of an id that says nothing, the record tells which event it is. */
  @Test
  void eventIsFoundByTheIdThatItsGameGaveIt() {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    var event = Play.by(sam, now).events().getFirst();
    var binary = SERVICE.topic.record(event);
    binary.headers().remove("ce_id").add("ce_id", "my-own-1".getBytes(UTF_8));
    var other = Play.by(sam, now).events().getFirst();
    SERVICE.topic.sendRecords(List.of(binary, structured(other, "my-own-2")));
    SERVICE.awaitAllTaken();

    for (var named : List.of("my-own-1", "my-own-2")) {
      var found = SERVICE.get(FIND + "?event_id=" + named);
      assertThat(found.at("/topic/state").stringValue()).isEqualTo("found");
      assertThat(found.get("event_id").stringValue()).isEqualTo(named);
      assertThat(found.get("session_id").stringValue())
          .isEqualTo((named.endsWith("1") ? event : other).sessionId().toString());
      assertThat(found.at("/stored/sequence_stored").booleanValue()).isTrue();
      assertThat(found.get("child_id").longValue()).isEqualTo(sam.value());
    }
  }

  private static ProducerRecord<byte[], byte[]> structured(SessionEvent event, String id) {
    var binary = SERVICE.topic.record(event);
    var value =
        """
        {"specversion": "1.0", "id": "%s", "source": "/game", "type": "%s", "data": %s}
        """
            .formatted(id, event.type().wireName(), new String(binary.value(), UTF_8));
    var whole =
        new ProducerRecord<byte[], byte[]>(
            SERVICE.topic.name(), null, binary.key(), value.getBytes(UTF_8));
    whole.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
    return whole;
  }

  @Test
  void eventThatNeverCameIsNowhere() {
    var never = Play.by(SERVICE.unknownChild(), now).events().getFirst();
    var nowhere = find(never);
    assertThat(nowhere.at("/topic/state").stringValue()).isEqualTo("not_found");
    assertThat(nowhere.get("quarantine")).isEmpty();
    for (var place : List.of("child_id", "stored", "session", "answer")) {
      assertThat(nowhere.get(place).isNull()).as(place).isTrue();
    }
  }

  @Test
  void whoLooksForAnEventHasLookedAtTheChild() {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    var event = Play.by(sam, now).events().getFirst();
    SERVICE.topic.send(List.of(event));
    SERVICE.awaitAllTaken();
    SERVICE.jdbc.sql("DELETE FROM audit_log").update();

    find(event);

    assertThat(
            SERVICE
                .jdbc
                .sql(
                    "SELECT concat_ws(' ', actor, action, child, detail) FROM audit_log ORDER BY id")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "1 look %s GET /api/v1/events/find".formatted(sam),
            "1 event_find %s event_id %s/1".formatted(sam, event.sessionId()));
  }

  @Test
  void whoAsksForNothingIsToldTheField() {
    assertRefused("event_id", "");
    assertRefused("session_id", "?session_id=4");
    assertRefused("session_id", "?event_id=a&session_id=b");
    assertRefused("sequence", "?event_id=a&sequence=1");
    assertRefused("sequence", "?session_id=%s&sequence=0".formatted(anySession()));
    assertRefused("sequence", "?session_id=%s&sequence=x".formatted(anySession()));
    assertRefused("event_id", "?event_id=");
  }

  @Test
  void partitionsTellHowFarTheListenerIs() {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    SERVICE.topic.send(Play.by(sam, now).interactions(9, CORRECT).events());
    SERVICE.awaitAllTaken();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var lag = SERVICE.get("/api/v1/ingest/partitions");
              assertThat(lag.get("events").intValue()).isZero();
              assertThat(lag.get("seconds").doubleValue()).isZero();
              assertThat(lag.get("produced_per_second").isNumber()).isTrue();
              assertThat(lag.get("consumed_per_second").isNumber()).isTrue();
              assertThat(lag.get("topic").stringValue()).isEqualTo(SERVICE.topic.name());
              assertThat(lag.get("group").stringValue()).isEqualTo(SERVICE.topic.name());
              assertThat(lag.get("partitions")).hasSize(3);
              var ends = 0L;
              for (var partition : lag.get("partitions")) {
                ends += partition.get("end_offset").longValue();
                assertThat(partition.get("lag").intValue()).isZero();
              }
              assertThat(ends).isEqualTo(SERVICE.topic.events().size());
            });
    var listeners = SERVICE.context.getBean(KafkaListenerEndpointRegistry.class);
    listeners.stop();
    try {
      SERVICE.topic.send(Play.by(sam, now).interactions(9, CORRECT).events());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var lag = SERVICE.get("/api/v1/ingest/partitions");
                assertThat(lag.get("events").intValue()).isEqualTo(10);
                assertThat(lag.get("produced_per_second").doubleValue()).isPositive();
              });
      assertThat(partitionLag()).isEqualTo(10);
    } finally {
      listeners.start();
    }
    await().atMost(PATIENCE).until(() -> partitionLag() == 0);
    SERVICE.awaitAllTaken();
  }

  /** As Prometheus sees it, over all partitions. */
  private static double partitionLag() {
    return SERVICE
        .context
        .getBean(MeterRegistry.class)
        .get("smile.ingest.partition.lag.events")
        .gauges()
        .stream()
        .mapToDouble(Gauge::value)
        .sum();
  }

  private String anySession() {
    return Play.by(SERVICE.unknownChild(), now).session().toString();
  }

  private static void assertRefused(String field, String parameters) {
    SERVICE.assertProblem(400, field, "GET", FIND + parameters, null);
  }

  private static JsonNode find(SessionEvent event) {
    return SERVICE.get(FIND + "?event_id=" + event.sessionId() + "/" + event.sequence());
  }
}
