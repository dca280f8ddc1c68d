package org.smileadventure.common.fold;

import java.util.List;
import org.smileadventure.common.event.Payload.SessionPaused;
import org.smileadventure.common.event.Payload.SessionResumed;
import org.smileadventure.common.event.SessionEvent;

/**
 * The pauses of a session. One begins with the first of successive session.paused and ends with the
 * next session.resumed, or with the session.
 *
 * @param seconds what of them lies within the session
 * @param claimedSeconds how long they are if the device's clock is believed
 */
record Pauses(int count, long seconds, long claimedSeconds) {
  static final Pauses NONE = new Pauses(0, 0, 0);

  static Pauses of(List<SessionEvent> events, long started, long ended) {
    var sum = new Sum(started, ended);
    for (var event : events) {
      switch (event.payload()) {
        case SessionPaused _ -> sum.pausedAt(Micros.of(event.occurredAt()));
        case SessionResumed _ -> sum.resumedAt(Micros.of(event.occurredAt()));
        default -> {
          // It says nothing of pauses.
        }
      }
    }
    return sum.total();
  }

  private static final class Sum {
    private final long started;
    private final long ended;
    private boolean paused;
    private long since;
    private int count;
    private long within;
    private long claimed;

    Sum(long started, long ended) {
      this.started = started;
      this.ended = ended;
    }

    void pausedAt(long moment) {
      if (!paused) {
        paused = true;
        since = moment;
      }
    }

    void resumedAt(long moment) {
      if (paused) {
        paused = false;
        count++;
        within = Micros.plus(within, Math.min(moment, ended) - Math.max(since, started));
        claimed = Micros.plus(claimed, moment - since);
      }
    }

    Pauses total() {
      resumedAt(ended);
      return count == 0 ? NONE : new Pauses(count, Micros.seconds(within), Micros.seconds(claimed));
    }
  }
}
