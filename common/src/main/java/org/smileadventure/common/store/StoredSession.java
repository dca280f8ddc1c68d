package org.smileadventure.common.store;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.fold.Status;

/**
 * What is stored of a session, and what it is computed from.
 *
 * @param events in the order of their sequence, each once
 * @param rating what was said in the application, if it reached us later than the device's last
 *     word; else null
 * @param zone where the child lives
 * @param closedBySilence whether its row says that it was given up
 * @param status of its row; null: there is none
 */
public record StoredSession(
    SessionId id,
    ChildId child,
    List<SessionEvent> events,
    @Nullable ParentRated rating,
    ZoneId zone,
    boolean closedBySilence,
    @Nullable Status status) {

  /** What its row should be; empty: there is nothing of it but activities. */
  public Optional<Session> computed() {
    return SessionFold.of(events, rating, zone, closedBySilence);
  }
}
