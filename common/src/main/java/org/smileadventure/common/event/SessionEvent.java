package org.smileadventure.common.event;

import java.time.Instant;

/**
 * One thing that happened in a child's play, as the game tells it.
 *
 * @param sequence counts up by one within the session from 1; a gap shows that events were lost.
 *     Not above {@link #MAX_SEQUENCE}, so that any session can be held in memory
 * @param occurredAt when it happened by the clock of the device, to the microsecond
 */
public record SessionEvent(
    SessionId sessionId, ChildId childId, int sequence, Instant occurredAt, Payload payload) {

  /** An event a second for more than a day. */
  public static final int MAX_SEQUENCE = 100_000;

  public EventType type() {
    return EventType.of(payload);
  }
}
