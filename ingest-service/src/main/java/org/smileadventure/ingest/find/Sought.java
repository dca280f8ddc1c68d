package org.smileadventure.ingest.find;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Envelope;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.ingest.quarantine.ClaimedChild;
import org.springframework.http.HttpStatus;

/**
 * The event that somebody looks for.
 *
 * @param eventId its id as a CloudEvent; null: it is known by its session
 * @param sessionId null: the id of the event does not tell it
 * @param sequence null: any event of the session will do
 */
record Sought(@Nullable String eventId, @Nullable SessionId sessionId, @Nullable Integer sequence) {
  private static final int LONGEST_ID = 500;

  /** As our own events are named, and as the documentation has it. */
  private static final Pattern SESSION_AND_SEQUENCE =
      Pattern.compile("([0-9a-fA-F-]{36})/([1-9][0-9]{0,5})");

  private static final Pattern SESSION = Pattern.compile("\"sessionId\"\\s*:\\s*\"([^\"]{36})\"");
  private static final Pattern SEQUENCE =
      Pattern.compile("\"sequence\"\\s*:\\s*([1-9][0-9]{0,8})(?:\\.0+)?(?![0-9.eE])");

  /**
   * @throws ProblemException if it is not one of the two, or not in its form
   */
  static Sought of(
      @Nullable String eventId, @Nullable String sessionId, @Nullable Integer sequence) {
    if (eventId != null && sessionId != null) {
      throw new BadParameterException("session_id", "left out beside event_id", sessionId);
    }
    if (sequence != null && sessionId == null) {
      throw new BadParameterException(
          "sequence", "left out without a session_id", sequence.toString());
    }
    if (sequence != null && (sequence < 1 || sequence > SessionEvent.MAX_SEQUENCE)) {
      throw new BadParameterException(
          "sequence", "from 1 to " + SessionEvent.MAX_SEQUENCE, sequence.toString());
    }
    if (sessionId != null) {
      return new Sought(null, session(sessionId), sequence);
    }
    if (eventId == null) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST, "parameter event_id or session_id is needed")
          .with("parameter", "event_id");
    }
    return byEventId(eventId);
  }

  private static Sought byEventId(String eventId) {
    if (eventId.isEmpty()
        || eventId.length() > LONGEST_ID
        || eventId.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              "event_id must be a text of 1 to "
                  + LONGEST_ID
                  + " characters, none of them a control character")
          .with("parameter", "event_id");
    }
    var named = SESSION_AND_SEQUENCE.matcher(eventId);
    if (named.matches()) {
      try {
        return new Sought(
            eventId, SessionId.parse(named.group(1)), Integer.parseInt(named.group(2)));
      } catch (IllegalArgumentException _) {
        return new Sought(eventId, null, null);
      }
    }
    return new Sought(eventId, null, null);
  }

  private static SessionId session(String text) {
    try {
      return SessionId.parse(text);
    } catch (IllegalArgumentException _) {
      throw new BadParameterException("session_id", "a UUID of version 7", text);
    }
  }

  /** When its session was made by the clock of the device; null if that is not known. */
  @Nullable Instant madeAt() {
    return sessionId == null ? null : sessionId.madeAt();
  }

  /** Whether a record is it, also one that could not be stored. */
  boolean isIn(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    if (eventId != null && eventId.equals(eventId(kafkaRecord))) {
      return true;
    }
    return sessionId != null && isOfTheSession(sessionId, kafkaRecord);
  }

  private static @Nullable String eventId(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var header = kafkaRecord.headers().lastHeader("ce_id");
    if (header != null && header.value() != null) {
      return new String(header.value(), UTF_8);
    }
    var type = kafkaRecord.headers().lastHeader("content-type");
    var value = kafkaRecord.value();
    return value != null
            && type != null
            && type.value() != null
            && new String(type.value(), ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .startsWith("application/cloudevents+json")
        ? Envelope.structured(kafkaRecord.headers(), value).id()
        : null;
  }

  private boolean isOfTheSession(
      SessionId session, ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var value = kafkaRecord.value();
    if (value == null) {
      return false;
    }
    var text = new String(value, ISO_8859_1);
    var found = SESSION.matcher(text);
    if (!found.find() || !found.group(1).equalsIgnoreCase(session.toString())) {
      return false;
    }
    if (sequence == null) {
      return true;
    }
    var number = SEQUENCE.matcher(text);
    return number.find() && Integer.parseInt(number.group(1)) == sequence;
  }

  /** What a record says about its event, as far as it can be read. */
  Found found(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, EventCodec codec) {
    var id = eventId(kafkaRecord);
    try {
      var event = codec.decode(kafkaRecord).event();
      return new Found(id, event.sessionId(), event.sequence(), event.childId());
    } catch (InvalidEventException _) {
      return new Found(id, sessionId, sequence, ClaimedChild.of(kafkaRecord));
    }
  }

  /** An event that was found, or is thought to be. */
  record Found(
      @Nullable String eventId,
      @Nullable SessionId sessionId,
      @Nullable Integer sequence,
      @Nullable ChildId child) {}
}
