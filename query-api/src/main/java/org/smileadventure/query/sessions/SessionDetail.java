package org.smileadventure.query.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session and what happened in it.
 *
 * @param eventsKept false: it is so long ago that its events are no longer there, only what they
 *     came to
 * @param timeline a page of its events, in their order
 * @param nextCursor for the page after; null on the last one
 */
record SessionDetail(
    Session session,
    boolean eventsKept,
    List<Event> timeline,
    @Nullable String nextCursor,
    int limit,
    Instant computedAt) {

  /**
   * An event.
   *
   * @param occurredAt by the clock of the device
   * @param data as it was told
   */
  record Event(int sequence, String type, Instant occurredAt, Map<String, Object> data) {}
}
