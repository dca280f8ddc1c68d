package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.fixture.EventCase;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What clients have sent, read as it comes from Kafka and as it comes over HTTP. */
class EventCasesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final EventCodec codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));

  static Stream<EventCase> ofKafka() {
    return EventCase.all().filter(any -> any.isOf("kafka"));
  }

  static Stream<EventCase> ofHttp() {
    return EventCase.all()
        .filter(any -> any.isOf("http") && any.status() == null && !any.isIn("batch"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofKafka")
  void aRecordIsReadOrRefused(EventCase sent) {
    var message = Message.bare();
    sent.recordHeaders()
        .forEach(header -> message.header(header.getKey(), header.getValue().getBytes(ISO_8859_1)));
    var body = sent.body(ExampleEvents.SESSION, ExampleEvents.CHILD);
    check(sent, () -> codec.decode(message.holding(body)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofHttp")
  void aRequestIsReadOrRefused(EventCase sent) {
    var body = sent.body(ExampleEvents.SESSION, ExampleEvents.CHILD);
    var attributes =
        sent.headers().stream()
            .filter(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("ce-"))
            .map(header -> Map.entry(header.getKey().substring(3), header.getValue()))
            .toList();
    var envelope =
        sent.isIn("binary")
            ? Envelope.binary(attributes, sent.headers().getFirst().getValue(), body)
            : Envelope.structured(Envelope.headersOf(attributes), body);
    check(
        sent,
        () -> {
          var decoded = codec.decode(envelope);
          // What is taken here is read from Kafka as the same.
          var read = codec.decode(envelope.headers(), envelope.data());
          assertThat(read.event()).isEqualTo(decoded.event());
          assertThat(read.payload()).hasToString(decoded.payload().toString());
          return decoded;
        });
  }

  private interface Reading {
    DecodedEvent read() throws InvalidEventException;
  }

  private static void check(EventCase sent, Reading reading) {
    DecodedEvent decoded;
    try {
      decoded = reading.read();
    } catch (InvalidEventException e) {
      assertThat(e.reason().wireName() + " " + e.detail())
          .startsWith(sent.reason() + " ")
          .contains(sent.detail())
          .doesNotContain("Exception", "jackson", "java.", "Stream", "cloudevents.");
      return;
    }
    assertThat(sent.isAccepted()).as(decoded.event().toString()).isTrue();
    assertThat(decoded.event().childId()).isEqualTo(ExampleEvents.CHILD);
    assertThat(decoded.event().sessionId()).isEqualTo(ExampleEvents.SESSION);
    assertStored(sent.stored(), decoded);
  }

  private static void assertStored(@Nullable String expected, DecodedEvent decoded) {
    assertThat(expected).isNotNull();
    var stored = (ObjectNode) JSON.readTree(decoded.payload().toString());
    stored.put("sequence", decoded.event().sequence());
    stored.put("occurredAt", decoded.event().occurredAt().toString());
    for (var member : JSON.readTree(expected).properties()) {
      if (member.getValue().isNull()) {
        assertThat(stored.has(member.getKey())).isFalse();
      } else {
        assertThat(stored.get(member.getKey())).isEqualTo(member.getValue());
      }
    }
  }
}
