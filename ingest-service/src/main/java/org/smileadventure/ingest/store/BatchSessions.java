package org.smileadventure.ingest.store;

import static java.util.Comparator.naturalOrder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

/**
 * The sessions of a batch. A session belongs to the child that told the first of it; what another
 * child tells under its id is refused. Should two children have told their first at the very same
 * time, each has a session of its own, and keeps it.
 */
final class BatchSessions {
  private record Key(SessionId session, ChildId child) {
    static Key of(SessionEvent event) {
      return new Key(event.sessionId(), event.childId());
    }
  }

  private final Map<Key, NewEvents> sessions = new LinkedHashMap<>();
  private final Map<SessionId, ChildId> owners = new HashMap<>();
  private final Set<Key> stored = new HashSet<>();
  private final Set<SessionId> forgotten = new HashSet<>();

  /** The last event that is of another month than the session's id. */
  private final Map<SessionId, Instant> newest = new HashMap<>();

  BatchSessions(List<DecodedEvent> batch) {
    for (var decoded : batch) {
      var event = decoded.event();
      sessions.computeIfAbsent(Key.of(event), key -> new NewEvents(key.session(), key.child()));
      if (event.sessionId().contradicts(event.occurredAt())) {
        newest.merge(event.sessionId(), event.occurredAt(), BinaryOperator.maxBy(naturalOrder()));
      }
    }
  }

  Set<SessionId> ids() {
    var ids = new HashSet<SessionId>();
    sessions.keySet().forEach(key -> ids.add(key.session()));
    return ids;
  }

  /** Takes what a row says of what is stored already. */
  void isStored(ResultSet row) throws SQLException {
    var session = new SessionId(row.getObject("session_id", UUID.class));
    var kept = row.getObject("least_session_id", UUID.class);
    if (row.getBoolean("is_forgotten") || isTooOld(session, kept)) {
      forgotten.add(session);
    }
    var owner = row.getObject("child_id", Long.class);
    if (owner != null) {
      var key = new Key(session, new ChildId(owner));
      owners.putIfAbsent(session, key.child());
      stored.add(key);
      var events = sessions.get(key);
      if (events != null) {
        events.isStored(StoredPart.of(row));
      }
      forgotten.remove(session);
    }
  }

  /** By its id, or by its events if they show that the id is of a wrong clock. */
  private boolean isTooOld(SessionId session, UUID kept) {
    var since = Instant.ofEpochMilli(kept.getMostSignificantBits() >>> 16);
    return session.madeAt().isBefore(since)
        && newest.getOrDefault(session, Instant.MIN).isBefore(since);
  }

  boolean isForgotten(SessionId session) {
    return forgotten.contains(session);
  }

  /** Whether the event's child has this session; if nobody has it yet, it has from now on. */
  boolean isOfItsChild(SessionEvent event) {
    var owner = owners.putIfAbsent(event.sessionId(), event.childId());
    return owner == null || owner.equals(event.childId()) || stored.contains(Key.of(event));
  }

  NewEvents of(SessionEvent event) {
    return Objects.requireNonNull(sessions.get(Key.of(event)));
  }

  Collection<NewEvents> all() {
    return sessions.values();
  }
}
