package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas say what the codec does. */
class EventSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SOURCES = Path.of("src/main/resources/schemas");
  private static final EventSchemas GENERATED = new EventSchemas();
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
  void publishedSchemaIsThatOfTheRecord(EventType type) throws IOException {
    var file = SOURCES.resolve(type.wireName() + ".json");
    if (Boolean.getBoolean("smile.schemas.write")) {
      Files.createDirectories(SOURCES);
      Files.writeString(file, GENERATED.of(type));
    }
    assertThat(file)
        .as(
            "the schema of %s; if the record was meant to change, rewrite the files with"
                + " mvn test -pl common -Dtest=EventSchemaTest -Dsmile.schemas.write=true",
            type.wireName())
        .exists()
        .hasContent(GENERATED.of(type));
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
    var schema =
        JSON.readTree(Files.readString(SOURCES.resolve(event.type().wireName() + ".json")));
    var required = schema.get("required").valueStream().map(name -> name.stringValue()).toList();
    var data = data(event);
    for (var field : schema.get("properties").propertyNames()) {
      if (!required.contains(field)) {
        data.putNull(field);
      }
    }
    assertThat(violations(event.type(), data)).isEmpty();
    assertThat(
            codec.decode(Message.binary(event.type().wireName()).holding(data.toString())).type())
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
