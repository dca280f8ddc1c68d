package org.smileadventure.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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

  BatchSessions(List<DecodedEvent> batch) {
    for (var decoded : batch) {
      sessions.computeIfAbsent(
          Key.of(decoded.event()), key -> new NewEvents(key.session(), key.child()));
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
    if (row.getBoolean("forgotten")) {
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
    }
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
