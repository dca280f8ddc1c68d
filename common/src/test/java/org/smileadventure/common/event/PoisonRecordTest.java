package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes from Kafka is an event or is refused: no record stops its partition. */
class PoisonRecordTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<SessionEvent> EXAMPLES = ExampleEvents.all().toList();

  private final EventCodec codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));

  @Property
  void anyBytesUnderAnyHeadersAreReadOrRefused(
      @ForAll("headers") List<Map.Entry<String, String>> headers, @ForAll byte[] value) {
    var message = Message.bare();
    headers.forEach(header -> message.header(header.getKey(), orNull(header.getValue())));
    readOrRefuse(message.holding(value));
  }

  @Property
  void anyBytesInTheEnvelopeOfAnEventAreReadOrRefused(@ForAll byte[] value) {
    readOrRefuse(Message.binary("session.started").holding(value));
    readOrRefuse(Message.structured().holding(value));
  }

  @Property
  void anyValueInAnyFieldIsReadOrRefused(
      @ForAll("fields") Map.Entry<SessionEvent, String> field, @ForAll("values") String value) {
    var event = field.getKey();
    var data = data(event);
    data.set(field.getValue(), JSON.readTree(value));
    readOrRefuse(Message.binary(event.type().wireName()).holding(data.toString()));
    readOrRefuse(
        Message.structured()
            .holding(
                """
                {"specversion": "1.0", "id": "1", "source": "/game", "type": "%s", "data": %s}
                """
                    .formatted(event.type().wireName(), data)));
  }

  /** Whoever is read straight would have been read field by field to the same effect. */
  @Property
  void whatIsReadStraightIsWhatIsReadFieldByField(
      @ForAll("fields") Map.Entry<SessionEvent, String> field,
      @ForAll("fittingValues") String value,
      @ForAll Random random)
      throws InvalidEventException {
    var type = field.getKey().type();
    var data = data(field.getKey());
    data.set(field.getValue(), JSON.readTree(value));

    var bytes = shuffled(data, random).toString().getBytes(UTF_8);

    var straight = codec.readStraight(type, bytes);

    if (straight != null) {
      assertThat(codec.readByField(type, (ObjectNode) JSON.readTree(bytes))).isEqualTo(straight);
    }
    Statistics.label("read straight").collect(straight != null);
  }

  private static ObjectNode shuffled(ObjectNode data, Random random) {
    var names = new ArrayList<>(data.propertyNames());
    Collections.shuffle(names, random);
    var shuffled = JSON.createObjectNode();
    names.forEach(name -> shuffled.set(name, data.get(name)));
    return shuffled;
  }

  @Test
  void aNumberInsideAnObjectIsNoneOfTheEventsOwn() {
    var data =
        """
        {"sessionId": "019ca8e0-7b00-7abc-8def-0123456789ab", "occurredAt": "2026-03-01T09:59:59Z",
         "sequence": 1, "childId": {"childId": 7}}
        """;
    assertThat(codec.readStraight(EventType.HELP_REQUESTED, data.getBytes(UTF_8))).isNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatIsAsItShouldBeIsReadStraight(SessionEvent event) {
    assertThat(codec.readStraight(event.type(), codec.encode("topic", event).value()))
        .isEqualTo(event);
  }

  static Stream<SessionEvent> examples() {
    return EXAMPLES.stream();
  }

  @Property
  void anyCutOfAnEventIsReadOrRefused(@ForAll("fields") Map.Entry<SessionEvent, String> field) {
    var bytes = codec.encode("topic", field.getKey()).value();
    for (int length = 0; length < bytes.length; length += 7) {
      var cut = new byte[length];
      System.arraycopy(bytes, 0, cut, 0, length);
      readOrRefuse(Message.binary(field.getKey().type().wireName()).holding(cut));
    }
  }

  @Provide
  Arbitrary<List<Map.Entry<String, String>>> headers() {
    var names =
        Arbitraries.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_subject",
            "ce_Bad-1",
            "ce_",
            "ce_dataschema",
            "content-type",
            "other");
    var values =
        Arbitraries.of(
                "1.0",
                "0.3",
                "application/json",
                "application/cloudevents+json",
                "help.requested",
                "application/cloudevents-batch+json",
                "application/cloudevents+json; charset=no",
                "null",
                "",
                ":",
                "2026-03-01T10:00:00Z")
            .edgeCases(edges -> edges.none());
    return Combinators.combine(names, Arbitraries.oneOf(values, Arbitraries.strings()))
        .as(Map::entry)
        .list()
        .ofMaxSize(8);
  }

  /** Each field of each example. */
  @Provide
  Arbitrary<Map.Entry<SessionEvent, String>> fields() {
    return Arbitraries.of(
        EXAMPLES.stream()
            .flatMap(event -> data(event).propertyNames().stream().map(f -> Map.entry(event, f)))
            .toList());
  }

  /** JSON of all kinds, with what is known to be hard for parsers and databases. */
  @Provide
  Arbitrary<String> values() {
    var hard =
        Arbitraries.of(
            "null",
            "true",
            "0",
            "-0",
            "-1",
            "1.0",
            "1e400",
            "1e-400",
            "1E5",
            "0.1e1",
            "2147483648",
            "9223372036854775808",
            "9".repeat(900),
            "\"\"",
            "\" \"",
            "\"null\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"1\"",
            "\"+999999999-12-31T23:59:59.999999999-18:00\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"0-0-7000-0-0\"",
            "[]",
            "{}",
            "[null]",
            "{\"\":null}",
            "[".repeat(400) + "]".repeat(400));
    var texts = Arbitraries.strings().map(text -> JSON.valueToTree(text).toString());
    var numbers = Arbitraries.bigDecimals().map(Object::toString);
    var scalars = Arbitraries.oneOf(hard, texts, numbers);
    var arrays = scalars.list().ofMaxSize(60).map(items -> "[" + String.join(",", items) + "]");
    return Arbitraries.oneOf(scalars, arrays, scalars.map("{\"state\":%s}"::formatted));
  }

  /** Many of them are right in some field. */
  @Provide
  Arbitrary<String> fittingValues() {
    var fitting =
        Arbitraries.of(
            "null",
            "true",
            "3",
            "1.5",
            "\"calm\"",
            "\"nervous\"",
            "\"completed\"",
            "\"skill_1\"",
            "\"2026-03-01T09:00:00.1234567+01:00\"",
            "\"019CA8E0-7b00-7abc-8def-0123456789ab\"",
            "[\"a\", \"b\"]",
            "{\"sequence\": 3, \"a\": [1.5, 1e3, null]}",
            "{\"childId\": 7}");
    return Arbitraries.oneOf(fitting, values());
  }

  private ObjectNode data(SessionEvent event) {
    JsonNode data = JSON.readTree(codec.encode("topic", event).value());
    return (ObjectNode) data;
  }

  private void readOrRefuse(ConsumerRecord<String, byte @Nullable []> kafkaRecord) {
    try {
      var event = codec.decode(kafkaRecord);
      assertThat(codec.decode(Message.of(codec.encode("topic", event)))).isEqualTo(event);
      assertThat(codec.payloadJson(event)).startsWith('{');
    } catch (InvalidEventException refused) {
      assertThat(refused.detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
    }
  }

  private static @Nullable String orNull(String value) {
    return Objects.equals(value, "null") ? null : value;
  }
}
