package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas say what the codec does. */
class EventSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SOURCES = Path.of("src/main/resources/schemas");
  private static final List<String> EVERY_EVENT =
      List.of("sessionId", "childId", "sequence", "occurredAt");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final EventCodec codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));

  static Stream<SessionEvent> examples() {
    return ExampleEvents.all();
  }

  static Stream<InvalidData> invalid() {
    return InvalidData.all();
  }

  @ParameterizedTest
  @EnumSource
  void schemaNamesTheFieldsOfTheRecord(EventType type) throws IOException {
    var schema = schema(type);
    var components = List.of(type.payload().getRecordComponents());
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyElementsOf(
            Stream.concat(EVERY_EVENT.stream(), components.stream().map(c -> c.getName()))
                .toList());
    assertThat(schema.get("required").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(
            Stream.concat(
                    EVERY_EVENT.stream(),
                    components.stream()
                        .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(c -> c.getName()))
                .toList());
  }

  /** At each bound, beyond it, and with what is of another kind. */
  @ParameterizedTest
  @MethodSource("examples")
  void schemaAllowsWhatTheCodecTakes(SessionEvent event) throws IOException {
    var schema = schema(event.type());
    for (var property : schema.get("properties").properties()) {
      for (var value : probes(property.getValue())) {
        var data = data(event);
        data.set(property.getKey(), value);
        var refusal = refusal(event.type(), data);
        assertThat(refusal.isEmpty())
            .as("%s of %s is %.300s: %s", property.getKey(), event.type(), value, refusal)
            .isEqualTo(violations(event.type(), data).isEmpty());
        assertThat(refusal.map(detail -> detail.split("[ .\\[]", 2)[0]))
            .isIn(Optional.empty(), Optional.of(property.getKey()));
      }
    }
  }

  private static List<JsonNode> probes(JsonNode property) {
    var probes =
        Stream.of(
                "null",
                "true",
                "0",
                "1",
                "2.0",
                "1.5",
                "1e2",
                "-1",
                "\"\"",
                "\" \"",
                "\"1\"",
                "[]",
                "[null]",
                "[1]",
                "[\" \"]",
                "[[]]",
                "{}",
                "{\"a\": [1]}",
                "\"2026-03-01T09:52:00Z\"",
                "\"2026-03-01T09:52:00\"",
                "\"social_\"",
                "\"019CA8E0-7b00-7abc-8def-0123456789ab\"",
                "\"9b2c3d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d\"")
            .map(JSON::readTree)
            .collect(Collectors.toCollection(ArrayList::new));
    var nodes = JsonNodeFactory.instance;
    for (var bound : bounds(property, "minimum", "maximum")) {
      probes.add(nodes.numberNode(bound));
    }
    for (var length : bounds(property, "minLength", "maxLength")) {
      Stream.of("x", "\uD83D\uDE00", "é")
          .forEach(c -> probes.add(nodes.stringNode(c.repeat(length.intValue()))));
      probes.add(nodes.stringNode("skill_" + "x".repeat(Math.max(0, length.intValue() - 6))));
    }
    for (var length : bounds(property.path("items"), "minLength", "maxLength")) {
      probes.add(nodes.arrayNode().add("x").add("x".repeat(length.intValue())));
    }
    for (var count : bounds(property, "minItems", "maxItems")) {
      var items = nodes.arrayNode();
      IntStream.range(0, count.intValue()).forEach(_ -> items.add("x"));
      probes.add(items);
    }
    property.findValues("enum").forEach(words -> words.forEach(probes::add));
    return probes;
  }

  /** Those that are named, and what lies beside them. */
  private static List<BigInteger> bounds(JsonNode schema, String... keywords) {
    return Stream.of(keywords)
        .map(schema::path)
        .filter(JsonNode::isNumber)
        .flatMap(
            bound ->
                IntStream.rangeClosed(-1, 1)
                    .mapToObj(d -> bound.bigIntegerValue().add(BigInteger.valueOf(d))))
        .filter(bound -> !schema.has("maxLength") || bound.signum() >= 0)
        .toList();
  }

  private Optional<String> refusal(EventType type, ObjectNode data) {
    try {
      codec.decode(Message.binary(type.wireName()).holding(data.toString()));
      return Optional.empty();
    } catch (InvalidEventException e) {
      return Optional.of(e.detail());
    }
  }

  @Test
  void thereIsNoSchemaOfAnythingElse() throws IOException {
    try (var files = Files.list(SOURCES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(EventType.values()).map(type -> type.wireName() + ".json").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatIsEncodedIsValid(SessionEvent event) throws IOException {
    assertThat(violations(event.type(), data(event))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void unknownFieldsAreValid(SessionEvent event) throws IOException {
    assertThat(violations(event.type(), data(event).put("newField", 1))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nullIsValidWhereAFieldMayBeMissing(SessionEvent event) throws Exception {
    var schema = schema(event.type());
    var required = schema.get("required").valueStream().map(name -> name.stringValue()).toList();
    var data = data(event);
    for (var field : schema.get("properties").propertyNames()) {
      if (!required.contains(field)) {
        data.putNull(field);
      }
    }
    assertThat(violations(event.type(), data)).isEmpty();
    assertThat(
            codec
                .decode(Message.binary(event.type().wireName()).holding(data.toString()))
                .event()
                .type())
        .isEqualTo(event.type());
  }

  @Test
  void olderNamesOfEmotionsAreValid() throws IOException {
    var event =
        ExampleEvents.of(new Payload.EmotionObserved(Payload.EmotionalState.CALM, 1, null, null));
    for (var word : List.of("neutral", "nervous")) {
      assertThat(violations(event.type(), data(event).put("state", word))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void whatTheCodecRefusesIsInvalidAtThatField(InvalidData invalid) throws IOException {
    var data =
        data(examples().filter(event -> event.type() == invalid.type()).findFirst().orElseThrow());
    invalid.spoil().accept(data);
    assertThat(violations(invalid.type(), data))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.toString()).contains(invalid.field()));
  }

  private static JsonNode schema(EventType type) throws IOException {
    return JSON.readTree(Files.readString(SOURCES.resolve(type.wireName() + ".json")));
  }

  private static List<Error> violations(EventType type, ObjectNode data) throws IOException {
    var path = "/schemas/" + type.wireName() + ".json";
    try (var schema = Objects.requireNonNull(EventSchemaTest.class.getResourceAsStream(path))) {
      return REGISTRY
          .getSchema(new String(schema.readAllBytes(), UTF_8), InputFormat.JSON)
          .validate(
              data.toString(),
              InputFormat.JSON,
              context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
  }

  private ObjectNode data(SessionEvent event) {
    return (ObjectNode) JSON.readTree(codec.encode("topic", event).value());
  }
}
