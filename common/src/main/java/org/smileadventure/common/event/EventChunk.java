package org.smileadventure.common.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonToken;

/**
 * Events of one session as they are stored together: JSON of the form {@code [[sequence, "type",
 * microseconds since 1970, {payload}], …]}. What is read equals what was written.
 */
public final class EventChunk {
  private static final int USUAL_SIZE = 160;
  private static final Map<EventType, JsonBytes> TYPES = new EnumMap<>(EventType.class);

  static {
    for (var type : EventType.values()) {
      TYPES.put(type, JsonBytes.of(",\"" + type.wireName() + "\","));
    }
  }

  private EventChunk() {}

  public static byte[] write(List<DecodedEvent> events) {
    var chunk = new JsonBytes(USUAL_SIZE * events.size() + 2);
    chunk.add('[');
    for (var decoded : events) {
      var event = decoded.event();
      if (chunk.length() > 1) {
        chunk.add(',');
      }
      chunk
          .add('[')
          .add(event.sequence())
          .add(Objects.requireNonNull(TYPES.get(event.type())))
          .add(Times.micros(event.occurredAt()))
          .add(',')
          .add(decoded.payload())
          .add(']');
    }
    return chunk.add(']').toArray();
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalStateException if these bytes are no chunk
   */
  public static List<SessionEvent> read(SessionId sessionId, ChildId childId, byte[] chunk) {
    var events = new ArrayList<SessionEvent>();
    try (var parser = Json.parser(chunk)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        var sequence = parser.nextIntValue(0);
        var type = EventType.named(parser.nextStringValue()).orElseThrow();
        var occurredAt = Times.ofMicros(parser.nextLongValue(0));
        parser.nextToken();
        var payload = DataReader.payload(type, parser, chunk);
        parser.nextToken();
        events.add(new SessionEvent(sessionId, childId, sequence, occurredAt, payload));
      }
    } catch (InvalidEventException | RuntimeException e) {
      throw new IllegalStateException("a stored chunk of session " + sessionId + " is broken", e);
    }
    return events;
  }
}
