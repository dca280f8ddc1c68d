package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.common.fixture.RandomEvent;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that the schema accepts is read with the values that were sent; any other is refused
 * with its field.
 */
class EventPropertyTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final int EVENTS = Integer.getInteger("smile.inputs", 500);

  private final EventCodec codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));

  @ParameterizedTest
  @EnumSource
  void whatTheSchemaAcceptsIsReadAsItWasSent(EventType type) {
    var random = new Random(type.wireName().hashCode());
    var accepted = 0;
    for (int i = 0; i < EVENTS; i++) {
      var event =
          RandomEvent.of(
              type, ExampleEvents.SESSION, ExampleEvents.CHILD, 7, ExampleEvents.NOW, random);
      accepted += check(event) ? 1 : 0;
    }
    assertThat(accepted).isBetween(EVENTS / 5, EVENTS * 4 / 5);
  }

  private boolean check(RandomEvent sent) {
    DecodedEvent decoded;
    try {
      decoded = codec.decode(Message.binary(sent.type().wireName()).holding(sent.data()));
    } catch (InvalidEventException e) {
      assertThat(sent.wrong()).as("%s: %s", e.detail(), sent.data()).isNotNull();
      assertThat(e.detail()).as(sent.data()).startsWith(sent.wrong() + " ");
      return false;
    }
    assertThat(sent.wrong()).as("at fault in %s", sent.data()).isNull();
    var event = decoded.event();
    assertThat(event.occurredAt()).as(sent.data()).isEqualTo(sent.occurredAt());
    assertSame(JSON.readTree(decoded.payload().toString()), sent.payload(), sent.data());
    var stored = EventChunk.write(List.of(decoded));
    assertThat(EventChunk.read(event.sessionId(), event.childId(), stored)).containsExactly(event);
    assertThat(new String(stored, UTF_8).getBytes(UTF_8)).as("UTF-8").isEqualTo(stored);
    return true;
  }

  private static void assertSame(JsonNode stored, JsonNode sent, String data) {
    assertThat(stored.equals(EventPropertyTest::compare, sent))
        .as("%s is stored for %s: %s", stored, sent, data)
        .isTrue();
  }

  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.equals(other) ? 0 : 1;
  }
}
