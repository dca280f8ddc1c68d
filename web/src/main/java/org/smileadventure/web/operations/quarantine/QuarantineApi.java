package org.smileadventure.web.operations.quarantine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What ingest-service tells of the quarantine, and does about it. */
@HttpExchange("/api/v1/quarantine")
interface QuarantineApi {
  @GetExchange("/counts")
  Counts counts();

  record Records(List<Quarantined> items, @Nullable String nextCursor) {}

  @GetExchange
  Records records(
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/{id}")
  Quarantined.Whole whole(@PathVariable long id);

  @PostExchange("/{id}/replay")
  void send(@PathVariable long id);

  record Seen(long upTo) {}

  @PostExchange("/seen")
  void see(@RequestBody Seen seen);

  @PostExchange("/check")
  Check check(
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  /** What is to be sent again, and how fast. */
  record NewReplay(String reason, @Nullable Instant since, long most, long perSecond) {}

  @PostExchange("/replays")
  Replay replay(@RequestBody NewReplay replay);

  record Replays(List<Replay> items, @Nullable String nextCursor) {}

  @GetExchange("/replays")
  Replays replays(@RequestParam int limit, @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/replays/{id}")
  Replay replay(@PathVariable String id);

  @PostExchange("/replays/{id}/stop")
  void stop(@PathVariable String id);
}
