package org.smileadventure.common.event;

import java.time.Instant;

/**
 * One thing that happened in a child's play, as the game tells it.
 *
 * @param sequence counts up by one within the session from 1; a gap shows that events were lost
 * @param occurredAt when it happened by the clock of the device, to the microsecond
 */
public record SessionEvent(
    SessionId sessionId, ChildId childId, int sequence, Instant occurredAt, Payload payload) {

  public EventType type() {
    return EventType.of(payload);
  }
}
