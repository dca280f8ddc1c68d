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
    try {
      var header = header(data);
      if (header == null) {
        return null;
      }
      Payload payload = requireNonNull(payloads.get(type)).readValue(data);
      return new SessionEvent(
          header.sessionId(), header.childId(), header.sequence(), header.occurredAt(), payload);
    } catch (JacksonException | IllegalArgumentException | DateTimeException _) {
      return null;
    }
  }

  /** What every event says. */
  private record Header(SessionId sessionId, ChildId childId, int sequence, Instant occurredAt) {}

  private @Nullable Header header(byte[] data) {
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
          case "childId" -> childId = integer(parser, value).getLongValue();
          case "sequence" -> sequence = integer(parser, value).getIntValue();
          default -> parser.skipChildren();
        }
      }
      return sessionId == null || occurredAt == null || childId < 1 || sequence < 1
          ? null
          : new Header(sessionId, new ChildId(childId), sequence, occurredAt);
    }
  }

  private static String text(JsonParser parser, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("not a text");
    }
    return parser.getString();
  }

  /** The parser, which stands at an integer: what is in an object is none of the event's own. */
  private static JsonParser integer(JsonParser parser, JsonToken value) {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("not an integer");
    }
    return parser;
  }
}
