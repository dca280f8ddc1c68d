package org.smileadventure.ingest.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.SessionFold;

/**
 * The events of sessions that have begun and not ended, as far as there is room, so that they need
 * not be read again when the session ends. It is never trusted: what is here counts only if as many
 * events are stored, and then they are the same, as all that is here has been committed and nothing
 * of an open session is ever removed. So whoever else has written meanwhile, and whatever has been
 * dropped here, the rows are the same.
 */
final class OpenSessions {
  private final Cache<SessionId, OpenSession> sessions;

  /**
   * @param events in the order of their sequence
   */
  private record OpenSession(ChildId child, List<SessionEvent> events) {}

  /**
   * @param maxEvents how many events there is room for
   */
  OpenSessions(long maxEvents) {
    sessions =
        Caffeine.newBuilder()
            .maximumWeight(maxEvents)
            .weigher((SessionId _, OpenSession session) -> session.events().size())
            .executor(Runnable::run)
            .build();
  }

  /**
   * All events of a session that are stored; null if they are not known here.
   *
   * @param count how many are stored
   */
  @Nullable List<SessionEvent> events(SessionId id, ChildId child, int count) {
    if (count == 0) {
      return List.of();
    }
    var session = sessions.getIfPresent(id);
    return session != null && session.child().equals(child) && session.events().size() == count
        ? session.events()
        : null;
  }

  /** To be called when these events are committed, and are all that are stored of the session. */
  void keep(SessionId id, List<SessionEvent> events) {
    if (isOpen(events)) {
      sessions.put(id, new OpenSession(events.getFirst().childId(), events));
    } else {
      sessions.invalidate(id);
    }
  }

  void drop(SessionId id) {
    sessions.invalidate(id);
  }

  private static boolean isOpen(List<SessionEvent> events) {
    for (var event : events) {
      if (event.payload() instanceof SessionEnded) {
        return false;
      }
    }
    return SessionFold.isPlay(events);
  }
}
