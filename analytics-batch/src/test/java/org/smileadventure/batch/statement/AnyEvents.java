package org.smileadventure.batch.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.RandomEvent;

/** Events of the contract: the published examples, and others with whatever it allows. */
final class AnyEvents {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final EventCodec CODEC = new EventCodec(InstantSource.fixed(NOW));

  private AnyEvents() {}

  /** The published one of a type, which has all its fields. */
  static SessionEvent example(EventType type) {
    var path = "/examples/" + type.wireName() + ".json";
    try (var file = EventType.class.getResourceAsStream(path)) {
      return read(
          headers("content-type", "application/cloudevents+json"),
          Objects.requireNonNull(file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many of a type, of one session; the same each time. */
  static List<SessionEvent> random(EventType type, ChildId child, int count) {
    var random = new Random(type.wireName().hashCode());
    var events = new ArrayList<SessionEvent>();
    while (events.size() < count) {
      var event = RandomEvent.of(type, session(type, child), child, events.size() + 1, NOW, random);
      if (event.wrong() == null) {
        var headers =
            headers(
                "ce_specversion", "1.0",
                "ce_id", "1",
                "ce_source", "/smile-adventure/game",
                "ce_type", type.wireName(),
                "content-type", "application/json");
        events.add(read(headers, event.data().getBytes(UTF_8)));
      }
    }
    return events;
  }

  /** One in which this happens. */
  static SessionEvent event(ChildId child, int sequence, Payload payload) {
    var type = EventType.SESSION_STARTED;
    return new SessionEvent(
        session(type, child), child, sequence, NOW.minusSeconds(1_000 - sequence), payload);
  }

  private static SessionId session(EventType type, ChildId child) {
    return new SessionId(
        new UUID(
            NOW.toEpochMilli() << 16 | 0x7000 | List.of(EventType.values()).indexOf(type),
            0x8000_0000_0000_0000L | child.value()));
  }

  private static Headers headers(String... namesAndValues) {
    var headers = new RecordHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
    }
    return headers;
  }

  private static SessionEvent read(Headers headers, byte[] value) {
    try {
      return CODEC.decode(headers, value).event();
    } catch (InvalidEventException e) {
      throw new AssertionError(e);
    }
  }
}
