package org.smileadventure.common.fold;

import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.SessionEvent;

/**
 * How a session ended.
 *
 * @param bySilence nobody told an end
 */
record Ending(SessionEnded told, boolean bySilence) {
  private static final SessionEnded GIVEN_UP =
      new SessionEnded(EndStatus.ABANDONED, null, null, null);

  /** Null: the session goes on. */
  static @Nullable Ending of(@Nullable SessionEvent end, boolean closedBySilence) {
    if (end != null && end.payload() instanceof SessionEnded told) {
      return new Ending(told, false);
    }
    return closedBySilence ? new Ending(GIVEN_UP, true) : null;
  }
}
