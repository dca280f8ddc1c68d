package org.smileadventure.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The published examples are events as a game should send them. */
class PublishedExamplesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path EXAMPLES = Path.of("src/main/resources/examples");
  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");

  private final EventCodec codec = new EventCodec(InstantSource.system());

  @ParameterizedTest
  @EnumSource
  void exampleIsValidAndComplete(EventType type) throws Exception {
    var envelope = JSON.readTree(text(EXAMPLES, type));
    var data = envelope.path("data");
    var schema = text(SCHEMAS, type);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(
                    data.toString(),
                    InputFormat.JSON,
                    context ->
                        context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .isEmpty();
    assertThat(data.propertyNames())
        .as("every field has its example, and nothing else has")
        .containsExactlyInAnyOrderElementsOf(
            JSON.readTree(schema).path("properties").propertyNames());
    var event = event(type);
    assertThat(event.type()).isEqualTo(type);
    assertThat(envelope.path("id").asString())
        .isEqualTo(event.sessionId() + "/" + event.sequence());
    assertThat(Instant.parse(envelope.path("time").asString())).isEqualTo(event.occurredAt());
  }

  @Test
  void thereIsNoExampleOfAnythingElse() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(EventType.values()).map(type -> type.wireName() + ".json").toList());
    }
  }

  @Test
  void examplesTellOneSession() throws Exception {
    var start = event(EventType.SESSION_STARTED);
    var session =
        events().stream()
            .filter(event -> event.sessionId().equals(start.sessionId()))
            .sorted(Comparator.comparingInt(SessionEvent::sequence))
            .toList();
    assertThat(session)
        .hasSize(EventType.values().length - 1) // an activity is not part of a session of play
        .first()
        .isEqualTo(start);
    assertThat(session.stream().map(SessionEvent::sequence))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, session.size()).boxed().toList());
    assertThat(session.stream().map(SessionEvent::occurredAt)).isSorted();
    assertThat(events()).extracting(SessionEvent::childId).containsOnly(start.childId());
    for (var first : List.of(start, event(EventType.ACTIVITY_RECORDED))) {
      assertThat(first.sequence()).isEqualTo(1);
      assertThat(first.sessionId().value().getMostSignificantBits() >>> 16)
          .as("the session id begins with the start in milliseconds")
          .isEqualTo(first.occurredAt().toEpochMilli());
    }
  }

  private List<SessionEvent> events() throws Exception {
    var events = new ArrayList<SessionEvent>();
    for (var type : EventType.values()) {
      events.add(event(type));
    }
    return events;
  }

  private SessionEvent event(EventType type) throws Exception {
    return codec.decode(Message.structured().holding(text(EXAMPLES, type))).event();
  }

  private static String text(Path folder, EventType type) throws IOException {
    return Files.readString(folder.resolve(type.wireName() + ".json"));
  }
}
