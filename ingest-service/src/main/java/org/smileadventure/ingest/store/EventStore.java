package org.smileadventure.ingest.store;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
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
  private static final String APPEND = SqlFile.read(EventStore.class, "append.sql");
  private static final String COMPUTE_SESSIONS =
      SqlFile.read(EventStore.class, "compute-sessions.sql");
  private static final String RECORD_ACTIVITIES =
      SqlFile.read(EventStore.class, "record-activities.sql");
  private static final String MARK_DIRTY = SqlFile.read(EventStore.class, "mark-dirty.sql");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final EventCodec codec;

  EventStore(JdbcClient jdbc, TransactionTemplate transaction, EventCodec codec) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.codec = codec;
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
    lockChildren(batch);
    var sessions = classify(batch);
    var refused = new ArrayList<Refused>();
    var sound = new ArrayList<SessionEvent>(batch.size());
    var owners = new HashMap<SessionId, ChildId>();
    for (var event : batch) {
      var standing = sessions.get(new Play(event.sessionId(), event.childId()));
      if (standing == null || !standing.childKnown()) {
        refused.add(
            new Refused(
                event, Rejection.UNKNOWN_CHILD, "child " + event.childId() + " is not known"));
        continue;
      }
      var owner = owners.computeIfAbsent(event.sessionId(), _ -> standing.owner());
      if (owner.equals(event.childId())) {
        sound.add(event);
      } else {
        refused.add(
            new Refused(
                event,
                Rejection.FOREIGN_SESSION,
                "session " + event.sessionId() + " belongs to another child"));
      }
    }
    var ended = new HashSet<SessionId>();
    sessions.forEach(
        (play, standing) -> {
          if (standing.hasEnded()) {
            ended.add(play.session());
          }
        });

    var appended = append(sound);
    compute(
        appended.stream()
            .filter(session -> session.startsOrEnds() || ended.contains(session.id()))
            .map(Appended::id)
            .toList());
    recordActivities(appended.stream().filter(Appended::hasActivity).map(Appended::id).toList());
    return new Outcome(appended.stream().mapToInt(Appended::stored).sum(), refused);
  }

  private void lockChildren(List<SessionEvent> batch) {
    jdbc.sql(LOCK_CHILDREN)
        .param("child_ids", batch.stream().mapToLong(e -> e.childId().value()).distinct().toArray())
        .query(_ -> {});
  }

  private record Play(SessionId session, ChildId child) {}

  private record Standing(boolean childKnown, ChildId owner, boolean hasEnded) {}

  private Map<Play, Standing> classify(List<SessionEvent> batch) {
    Set<Play> plays = new HashSet<>();
    batch.forEach(event -> plays.add(new Play(event.sessionId(), event.childId())));
    var standings = new HashMap<Play, Standing>();
    jdbc.sql(CLASSIFY)
        .param(
            "session_ids", plays.stream().map(p -> p.session().toString()).toArray(String[]::new))
        .param("child_ids", plays.stream().mapToLong(p -> p.child().value()).toArray())
        .query(
            row -> {
              standings.put(
                  new Play(
                      new SessionId(row.getObject("session_id", UUID.class)),
                      new ChildId(row.getLong("child_id"))),
                  new Standing(
                      row.getBoolean("child_known"),
                      new ChildId(row.getLong("owner_id")),
                      row.getBoolean("has_ended")));
            });
    return standings;
  }

  private record Appended(SessionId id, int stored, boolean startsOrEnds, boolean hasActivity) {}

  private List<Appended> append(List<SessionEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(APPEND)
        .param(
            "session_ids",
            events.stream().map(e -> e.sessionId().toString()).toArray(String[]::new))
        .param("seqs", events.stream().mapToInt(SessionEvent::sequence).toArray())
        .param("child_ids", events.stream().mapToLong(e -> e.childId().value()).toArray())
        .param("types", events.stream().map(e -> e.type().wireName()).toArray(String[]::new))
        .param(
            "occurred_ats",
            events.stream().map(e -> e.occurredAt().toString()).toArray(String[]::new))
        .param("payloads", events.stream().map(codec::payloadJson).toArray(String[]::new))
        .query(
            (row, _) ->
                new Appended(
                    new SessionId(row.getObject("session_id", UUID.class)),
                    row.getInt("stored"),
                    row.getBoolean("starts_or_ends"),
                    row.getBoolean("has_activity")))
        .list();
  }

  private void compute(List<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    var touched = new HashSet<ChildDay>();
    jdbc.sql(COMPUTE_SESSIONS)
        .param("session_ids", ids(sessions))
        .query(
            row -> {
              var child = new ChildId(row.getLong("child_id"));
              touched.add(new ChildDay(child, row.getDate("day_after")));
              var before = row.getDate("day_before");
              if (before != null) {
                touched.add(new ChildDay(child, before));
              }
            });
    markDirty(touched);
  }

  private record ChildDay(ChildId child, Date day) {}

  private void markDirty(Collection<ChildDay> days) {
    if (days.isEmpty()) {
      return;
    }
    jdbc.sql(MARK_DIRTY)
        .param("child_ids", days.stream().mapToLong(d -> d.child().value()).toArray())
        .param("days", days.stream().map(d -> d.day().toString()).toArray(String[]::new))
        .update();
  }

  private void recordActivities(List<SessionId> sessions) {
    if (!sessions.isEmpty()) {
      jdbc.sql(RECORD_ACTIVITIES).param("session_ids", ids(sessions)).update();
    }
  }

  private static String[] ids(List<SessionId> sessions) {
    return sessions.stream().map(SessionId::toString).toArray(String[]::new);
  }
}
