package org.smileadventure.ingest.find;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.ingest.find.StoredSession.Row;
import org.smileadventure.ingest.find.StoredSession.Stored;
import org.smileadventure.ingest.quarantine.QuarantinedEvents;
import org.smileadventure.ingest.quarantine.QuarantinedEvents.SetAside;
import org.smileadventure.ingest.store.KeptNowhere;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins where an event is, in each of the places that it passes. */
@RestController
class FindEndpoint {
  private final TopicSearch topic;
  private final QuarantinedEvents quarantine;
  private final StoredSession session;
  private final KeptNowhere keptNowhere;
  private final Searches searches;
  private final EventCodec codec;

  FindEndpoint(
      TopicSearch topic,
      QuarantinedEvents quarantine,
      StoredSession session,
      KeptNowhere keptNowhere,
      Searches searches,
      EventCodec codec) {
    this.topic = topic;
    this.quarantine = quarantine;
    this.session = session;
    this.keptNowhere = keptNowhere;
    this.searches = searches;
    this.codec = codec;
  }

  /**
   * Where an event is.
   *
   * @param sequence null: it was not asked for one event of the session
   * @param childId as the record says, or else as it is stored; null: nobody knows
   * @param quarantine the first hundred records
   * @param quarantineComplete whether these are all that the quarantine has
   * @param stored null: nothing of the session is
   * @param session null: it has no row
   * @param answer null without a row
   */
  record Whereabouts(
      @Nullable String eventId,
      @Nullable String sessionId,
      @Nullable Integer sequence,
      @Nullable Long childId,
      OnTopic topic,
      List<SetAside> quarantine,
      boolean quarantineComplete,
      @Nullable OfEvents stored,
      @Nullable OfSession session,
      @Nullable OfAnswer answer) {}

  /**
   * @param committed whether the listener has taken it; null if that is not known
   */
  record OnTopic(
      State state,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable Instant takenAt,
      @Nullable Boolean committed) {

    enum State {
      FOUND,
      NOT_FOUND,
      PARTLY_SEARCHED;

      @JsonValue
      public String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /**
   * Events of the session that are stored.
   *
   * @param sequenceStored null: no sequence was asked for
   * @param firstReceivedAt null: some of them are packed
   */
  record OfEvents(
      int events,
      int firstSequence,
      int lastSequence,
      @Nullable Boolean sequenceStored,
      @Nullable Instant firstReceivedAt,
      Instant lastReceivedAt) {
    private static @Nullable OfEvents of(@Nullable Stored stored) {
      return stored == null
          ? null
          : new OfEvents(
              stored.events(),
              stored.firstSequence(),
              stored.lastSequence(),
              stored.sequenceStored(),
              stored.firstReceivedAt(),
              stored.lastReceivedAt());
    }
  }

  record OfSession(
      String completionStatus,
      Instant startedAt,
      @Nullable Instant endedAt,
      Instant updatedAt,
      int lostEvents) {
    private static @Nullable OfSession of(@Nullable Row row) {
      return row == null
          ? null
          : new OfSession(
              row.completionStatus(),
              row.startedAt(),
              row.endedAt(),
              row.updatedAt(),
              row.lostEvents());
    }
  }

  /**
   * @param month the first day of it
   * @param monthDirty whether its summary is behind; answers are made of its sessions meanwhile
   * @param invalidationPending whether cached answers about the child have still to go
   */
  record OfAnswer(LocalDate month, boolean monthDirty, boolean invalidationPending) {
    private static @Nullable OfAnswer of(@Nullable Row row) {
      return row == null
          ? null
          : new OfAnswer(row.month(), row.monthDirty(), row.invalidationPending());
    }
  }

  @GetMapping("/api/v1/events/find")
  Whereabouts find(
      @RequestParam(name = "event_id", required = false) @Nullable String eventId,
      @RequestParam(name = "session_id", required = false) @Nullable String sessionId,
      @RequestParam(required = false) @Nullable Integer sequence,
      Principal who) {
    var sought = Sought.of(eventId, sessionId, sequence);
    var stored = stored(sought.sessionId(), sought.sequence());
    var onTopic = topic.find(sought::isIn, stored == null ? null : stored.child(), sought.madeAt());
    var record = shown(onTopic.kafkaRecord(), sought);
    var setAside = quarantine.find(sought::isIn);
    var found = record != null ? record : setAside.first();
    var event =
        found == null
            ? new Sought.Found(sought.eventId(), sought.sessionId(), sought.sequence(), null)
            : sought.found(found, codec);
    var number = sought.sessionId() != null ? sought.sequence() : event.sequence();
    if (sought.sessionId() == null) {
      stored = stored(event.sessionId(), number);
    }
    var row = row(event.sessionId(), stored);
    searches.note(sought, children(event.child(), stored, row), who.getName());
    var child = children(event.child(), stored, row).stream().findFirst();
    return new Whereabouts(
        sought.eventId() != null || number == null ? sought.eventId() : event.eventId(),
        event.sessionId() == null ? null : event.sessionId().toString(),
        number,
        child.map(ChildId::value).orElse(null),
        place(record, onTopic),
        setAside.items(),
        setAside.complete(),
        OfEvents.of(stored),
        OfSession.of(row),
        OfAnswer.of(row));
  }

  private @Nullable Stored stored(@Nullable SessionId id, @Nullable Integer sequence) {
    return id == null ? null : session.events(id, sequence).orElse(null);
  }

  private @Nullable Row row(@Nullable SessionId id, @Nullable Stored stored) {
    return id == null ? null : session.row(id, stored == null ? null : stored.child()).orElse(null);
  }

  private static Set<ChildId> children(
      @Nullable ChildId told, @Nullable Stored stored, @Nullable Row row) {
    var children = new LinkedHashSet<ChildId>();
    Stream.of(
            Optional.ofNullable(told),
            Optional.ofNullable(stored).map(Stored::child),
            Optional.ofNullable(row).map(Row::child))
        .forEach(child -> child.ifPresent(children::add));
    return children;
  }

  /** What a child is not to have kept anywhere is not shown, though Kafka has it still. */
  private @Nullable ConsumerRecord<byte[], byte @Nullable []> shown(
      @Nullable ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, Sought sought) {
    if (kafkaRecord == null) {
      return null;
    }
    var child = sought.found(kafkaRecord, codec).child();
    return child == null || keptNowhere.among(Set.of(child)).isEmpty() ? kafkaRecord : null;
  }

  private OnTopic place(@Nullable ConsumerRecord<?, ?> kafkaRecord, TopicSearch.Found search) {
    if (kafkaRecord == null) {
      return new OnTopic(
          search.complete() ? OnTopic.State.NOT_FOUND : OnTopic.State.PARTLY_SEARCHED,
          null,
          null,
          null,
          null);
    }
    return new OnTopic(
        OnTopic.State.FOUND,
        kafkaRecord.partition(),
        kafkaRecord.offset(),
        Instant.ofEpochMilli(kafkaRecord.timestamp()),
        topic.isCommitted(kafkaRecord));
  }
}
