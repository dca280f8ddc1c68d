package org.smileadventure.common.event;

import java.time.Instant;
import java.util.List;

/**
 * Events of one session that follow each other and were received together. Their JSON is an array
 * of {@code [sequence, "type", microseconds since 1970, {payload}]}.
 */
public final class ReceivedEvents {
  private final Instant receivedAt;
  private final byte[] json;

  /**
   * @param json is not copied, and not to be changed
   */
  public ReceivedEvents(Instant receivedAt, byte[] json) {
    this.receivedAt = receivedAt;
    this.json = json;
  }

  /** To the microsecond. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** In UTF-8; not to be changed. */
  public byte[] json() {
    return json;
  }

  /**
   * The events, in the order of their sequence.
   *
   * @throws IllegalStateException if the JSON is not of that form
   */
  public List<SessionEvent> events(SessionId sessionId, ChildId childId) {
    return EventChunk.readJson(sessionId, childId, json);
  }
}
