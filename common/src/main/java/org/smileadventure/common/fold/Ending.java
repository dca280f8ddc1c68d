package org.smileadventure.common.fold;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.SessionEvent;

/**
 * How a session ended.
 *
 * @param at never before the start, though the device's clock may have been set back in between
 * @param bySilence nobody told an end
 */
record Ending(Instant at, SessionEnded told, boolean bySilence) {
  private static final SessionEnded GIVEN_UP =
      new SessionEnded(EndStatus.ABANDONED, null, null, null);

  /** Null: the session goes on. */
  static @Nullable Ending of(List<SessionEvent> events, Instant start, boolean closedBySilence) {
    for (var event : events) {
      // The first end counts: a terminal status never goes back, nor over into another one.
      if (event.payload() instanceof SessionEnded told) {
        return new Ending(later(start, event.occurredAt()), told, false);
      }
    }
    return closedBySilence ? new Ending(lastHeard(events, start), GIVEN_UP, true) : null;
  }

  private static Instant lastHeard(List<SessionEvent> events, Instant start) {
    var last = start;
    for (var event : events) {
      // What a parent says comes when the play is over, and does not prolong it.
      if (!(event.payload() instanceof ParentRated)) {
        last = later(last, event.occurredAt());
      }
    }
    return last;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
