package org.smileadventure.common.event;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the data of an event from its bytes straight into records. Nearly all events are as they
 * should be, and to build a tree of each only to be able to say what is wrong with a few costs more
 * than all else that is done to read it.
 */
final class StraightReader {
  private final JsonMapper json;
  private final Map<EventType, ObjectReader> payloads = new EnumMap<>(EventType.class);

  StraightReader(JsonMapper json) {
    this.json = json;
    for (var type : EventType.values()) {
      payloads.put(type, json.readerFor(type.payload()));
    }
  }

  /**
   * The event that these bytes hold, in which ranges are still to be checked; null if anything in
   * it is missing, of another form, or not JSON.
   */
  @Nullable SessionEvent read(EventType type, byte[] data) {
    try (var parser = json.createParser(data)) {
      SessionId sessionId = null;
      Instant occurredAt = null;
      long childId = 0;
      int sequence = 0;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        var value = parser.nextToken();
        switch (name) {
          case "sessionId" -> sessionId = SessionId.parse(text(parser, value));
          case "occurredAt" -> occurredAt = TimeReader.time(text(parser, value));
          case "childId" -> childId = integer(value) ? parser.getLongValue() : 0;
          case "sequence" -> sequence = integer(value) ? parser.getIntValue() : 0;
          default -> parser.skipChildren();
        }
      }
      if (sessionId == null || occurredAt == null || childId < 1 || sequence < 1) {
        return null;
      }
      Payload payload = requireNonNull(payloads.get(type)).readValue(data);
      return new SessionEvent(sessionId, new ChildId(childId), sequence, occurredAt, payload);
    } catch (JacksonException | IllegalArgumentException | DateTimeException _) {
      return null;
    }
  }

  private static String text(JsonParser parser, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("not a text");
    }
    return parser.getString();
  }

  private static boolean integer(JsonToken value) {
    return value == JsonToken.VALUE_NUMBER_INT;
  }
}
