package org.smileadventure.web.operations.find;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What ingest-service tells of where an event is. */
@HttpExchange("/api/v1/events")
interface FindApi {
  @GetExchange("/find")
  Trail find(
      @RequestParam(name = "event_id", required = false) @Nullable String event,
      @RequestParam(name = "session_id", required = false) @Nullable String session,
      @RequestParam(required = false) @Nullable Long sequence);
}
