package org.smileadventure.ingest.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts batches of events into the base tables, set by set: each batch in one transaction, with the
 * sessions that it completes computed and their days marked for the summaries. Storing a batch
 * again, or parts of it in another order, ends in the same rows.
 */
@Component
public class EventStore {
  private static final String LOCK_CHILDREN = SqlFile.read(EventStore.class, "lock-children.sql");
  private static final String CLASSIFY = SqlFile.read(EventStore.class, "classify.sql");
  private static final String FIND_STORED = SqlFile.read(EventStore.class, "find-stored.sql");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final EventCopy copy;

  EventStore(JdbcClient jdbc, TransactionTemplate transaction, EventCopy copy) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.copy = copy;
  }

  /** What became of a batch: how many events were new, and which cannot be stored. */
  public record Outcome(int stored, List<Refused> refused) {
    private Outcome plus(Outcome other) {
      return new Outcome(
          stored + other.stored, Stream.concat(refused.stream(), other.refused.stream()).toList());
    }
  }

  /** An event that cannot be stored, the very object that was given, and why. */
  public record Refused(SessionEvent event, Rejection reason, String detail) {}

  /**
   * Stores a batch, in one transaction unless the database finds fault with the data: then in
   * halves, down to the event at fault, which is refused alone.
   *
   * @throws org.springframework.dao.DataAccessException if the database cannot be used; nothing of
   *     the batch is lost then if it is stored again
   */
  public Outcome store(List<SessionEvent> batch) {
    if (batch.isEmpty()) {
      return new Outcome(0, List.of());
    }
    try {
      return transaction.execute(_ -> storeTogether(batch));
    } catch (DataIntegrityViolationException e) {
      if (batch.size() == 1) {
        var detail = String.valueOf(e.getMostSpecificCause().getMessage());
        return new Outcome(
            0, List.of(new Refused(batch.getFirst(), Rejection.REFUSED_BY_DATABASE, detail)));
      }
      var middle = batch.size() / 2;
      return store(batch.subList(0, middle)).plus(store(batch.subList(middle, batch.size())));
    }
  }

  private Outcome storeTogether(List<SessionEvent> batch) {
    var known = lockChildren(batch);
    var sessions = classify(batch);
    var refused = new ArrayList<Refused>();
    var sound = new ArrayList<SessionEvent>(batch.size());
    for (var event : batch) {
      var session = standing(event, sessions);
      if (session.forgotten()) {
        refused.add(
            new Refused(
                event,
                Rejection.FORGOTTEN_SESSION,
                "session "
                    + event.sessionId()
                    + " is older than the events that are kept; check the device's clock"));
      } else if (!known.contains(event.childId())) {
        refused.add(
            new Refused(
                event, Rejection.UNKNOWN_CHILD, "child " + event.childId() + " is not known"));
      } else if (session.owner() == null) {
        sessions.put(event.sessionId(), session.ownedBy(event.childId()));
        sound.add(event);
      } else if (session.owner().equals(event.childId())) {
        sound.add(event);
      } else {
        refused.add(
            new Refused(
                event,
                Rejection.FOREIGN_SESSION,
                "session " + event.sessionId() + " belongs to another child"));
      }
    }
    var fresh = withoutStored(sound, sessions);
    copy.append(fresh);
    recordSessions(
        sessionsOf(
            fresh.stream()
                .filter(event -> startsOrEnds(event) || standing(event, sessions).hasEnded())));
    recordActivities(
        sessionsOf(fresh.stream().filter(event -> event.type() == EventType.ACTIVITY_RECORDED)));
    return new Outcome(fresh.size(), refused);
  }

  private Set<ChildId> lockChildren(List<SessionEvent> batch) {
    return jdbc.sql(LOCK_CHILDREN)
        .param("child_ids", batch.stream().mapToLong(e -> e.childId().value()).distinct().toArray())
        .query((row, _) -> new ChildId(row.getLong("id")))
        .set();
  }

  /**
   * What is known of a session before the batch.
   *
   * @param owner null: nothing of it is stored
   */
  private record Standing(
      @Nullable ChildId owner, int lastSequence, boolean hasEnded, boolean forgotten) {
    static final Standing NEW = new Standing(null, 0, false, false);

    Standing ownedBy(ChildId child) {
      return new Standing(child, lastSequence, hasEnded, forgotten);
    }
  }

  private static Standing standing(SessionEvent event, Map<SessionId, Standing> sessions) {
    return sessions.getOrDefault(event.sessionId(), Standing.NEW);
  }

  private Map<SessionId, Standing> classify(List<SessionEvent> batch) {
    var standings = new HashMap<SessionId, Standing>();
    jdbc.sql(CLASSIFY)
        .param("session_ids", sessionsOf(batch.stream()))
        .query(
            row -> {
              var owner = row.getObject("owner_id", Long.class);
              standings.put(
                  new SessionId(row.getObject("session_id", UUID.class)),
                  new Standing(
                      owner == null ? null : new ChildId(owner),
                      row.getInt("last_seq"),
                      row.getBoolean("has_ended"),
                      row.getBoolean("forgotten")));
            });
    return standings;
  }

  /** Where an event stands: there is never more than one in a place, and the first one stays. */
  private record Place(SessionId session, int sequence) {
    static Place of(SessionEvent event) {
      return new Place(event.sessionId(), event.sequence());
    }
  }

  /**
   * The events that are new, each once. Nobody else stores events of these children meanwhile, so
   * what lies beyond the last stored event of its session needs no look.
   */
  private List<SessionEvent> withoutStored(
      List<SessionEvent> events, Map<SessionId, Standing> sessions) {
    var taken =
        findStored(
            events.stream()
                .filter(e -> e.sequence() <= standing(e, sessions).lastSequence())
                .toList());
    return events.stream().filter(event -> taken.add(Place.of(event))).toList();
  }

  private Set<Place> findStored(List<SessionEvent> events) {
    if (events.isEmpty()) {
      return new HashSet<>();
    }
    return jdbc.sql(FIND_STORED)
        .param("session_ids", events.stream().map(e -> e.sessionId().value()).toArray(UUID[]::new))
        .param("seqs", events.stream().mapToInt(SessionEvent::sequence).toArray())
        .query(
            (row, _) ->
                new Place(
                    new SessionId(row.getObject("session_id", UUID.class)), row.getInt("seq")))
        .set();
  }

  private static boolean startsOrEnds(SessionEvent event) {
    return event.type() == EventType.SESSION_STARTED || event.type() == EventType.SESSION_ENDED;
  }

  private void recordSessions(UUID[] sessions) {
    if (sessions.length > 0) {
      jdbc.sql("SELECT record_sessions(:session_ids::uuid[])")
          .param("session_ids", sessions)
          .query(_ -> {});
    }
  }

  private void recordActivities(UUID[] sessions) {
    if (sessions.length > 0) {
      jdbc.sql("SELECT record_activities(:session_ids::uuid[])")
          .param("session_ids", sessions)
          .query(_ -> {});
    }
  }

  private static UUID[] sessionsOf(Stream<SessionEvent> events) {
    return events.map(event -> event.sessionId().value()).distinct().toArray(UUID[]::new);
  }
}
