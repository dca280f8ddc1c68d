package org.smileadventure.common.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * Events of one session as a row of session_events has them. As they come, that is JSON of the form
 * {@code [[sequence, "type", microseconds since 1970, {payload}], …]}; when the session is over, it
 * is packed. Both begin with a byte that tells which it is. What is read equals what was written.
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
   * Packs what the rows of a session have, one after the other without a gap. Empty if it would not
   * be the same to the byte when it is unpacked: what is not of the form that is written here stays
   * as it is.
   *
   * @throws IllegalStateException if it is not JSON
   */
  public static Optional<byte[]> pack(List<ReceivedEvents> parts) {
    byte[] packed;
    try {
      packed = PackedEvents.write(parts);
    } catch (JacksonException e) {
      throw new IllegalStateException("stored events are no JSON", e);
    }
    return isSame(parts, PackedEvents.read(packed)) ? Optional.of(packed) : Optional.empty();
  }

  private static boolean isSame(List<ReceivedEvents> some, List<ReceivedEvents> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).receivedAt().equals(others.get(i).receivedAt())
          || !Arrays.equals(some.get(i).json(), others.get(i).json())) {
        return false;
      }
    }
    return true;
  }

  /**
   * What a row has, as it was received; of one that is not packed that is one part.
   *
   * @param receivedAt what the row says, which is that of its last part
   * @throws IllegalStateException if it is packed in a form that is not known here, or broken
   */
  public static List<ReceivedEvents> parts(byte[] stored, Instant receivedAt) {
    return isJson(stored)
        ? List.of(new ReceivedEvents(receivedAt, stored))
        : PackedEvents.read(stored);
  }

  private static boolean isJson(byte[] stored) {
    return stored.length > 0 && stored[0] == '[';
  }

  /**
   * The events of a row, packed or not.
   *
   * @throws IllegalStateException if these bytes are no chunk
   */
  public static List<SessionEvent> read(SessionId sessionId, ChildId childId, byte[] stored) {
    return parts(stored, Instant.EPOCH).stream()
        .flatMap(part -> part.events(sessionId, childId).stream())
        .toList();
  }

  static List<SessionEvent> readJson(SessionId sessionId, ChildId childId, byte[] chunk) {
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
