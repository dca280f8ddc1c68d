package org.smileadventure.web.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What the API tells of sessions, and takes about them. */
@HttpExchange("/api/v1")
interface SessionsApi {
  record Listed(List<Session> sessions, @Nullable String nextCursor) {}

  @GetExchange("/children/{id}/sessions")
  Listed sessions(
      @PathVariable long id,
      @RequestParam(name = "session_type", required = false) @Nullable String type,
      @RequestParam(name = "completion_status", required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String cursor);

  /** A session and a page of its events. */
  record Detail(
      Session session, boolean eventsKept, List<Event> timeline, @Nullable String nextCursor) {}

  /**
   * An event.
   *
   * @param data by the names that the game gives
   */
  record Event(String type, Instant occurredAt, Map<String, Object> data) {
    String text(String field) {
      return String.valueOf(data.get(field));
    }

    boolean has(String field) {
      return data.get(field) != null;
    }
  }

  @GetExchange("/sessions/{id}?limit=100")
  Detail session(@PathVariable UUID id, @RequestParam(required = false) @Nullable String cursor);

  /** What a parent says; null: nothing. */
  record Rating(@Nullable Integer rating, @Nullable String notes) {}

  @PutExchange("/sessions/{id}/rating")
  void rate(@PathVariable UUID id, @RequestBody Rating rating);
}
