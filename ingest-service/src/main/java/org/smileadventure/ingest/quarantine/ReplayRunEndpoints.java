package org.smileadventure.ingest.quarantine;

import static java.util.Objects.requireNonNullElse;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.quarantine.ReplayRuns.Asked;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins have the records with a reason sent again, within bounds, and see how that goes. */
@RestController
class ReplayRunEndpoints {
  private static final String RUNS = "/api/v1/quarantine/replays";
  private static final int USUAL_MOST = 1_000;
  private static final int USUAL_PER_SECOND = 100;

  private final QuarantineLog quarantine;
  private final ReplayRuns runs;

  ReplayRunEndpoints(QuarantineLog quarantine, ReplayRuns runs) {
    this.quarantine = quarantine;
    this.runs = runs;
  }

  /** What is asked for; null is the usual, and of {@code since} all. */
  record NewRun(
      @NotNull String reason,
      @Nullable Instant since,
      @Min(1) @Max(100_000) @Nullable Integer most,
      @Min(1) @Max(1_000) @Nullable Integer perSecond) {}

  @PostMapping(RUNS)
  ResponseEntity<ReplayRun> start(@Valid @RequestBody NewRun asked, Principal who) {
    var selection = Selection.of(asked.reason(), asked.since());
    // What comes in from now on, perhaps because of this run, is not for it.
    var records =
        asked.since() == null
            ? quarantine.newest(Integer.MAX_VALUE).position()
            : quarantine.since(asked.since());
    return accepted(
        runs.add(
            new Asked(
                selection,
                requireNonNullElse(asked.most(), USUAL_MOST),
                requireNonNullElse(asked.perSecond(), USUAL_PER_SECOND),
                who.getName()),
            quarantine.id(),
            records));
  }

  /** The last ones first. */
  record Page(List<ReplayRun> items, @Nullable String nextCursor) {}

  @GetMapping(RUNS)
  Page page(@RequestParam(defaultValue = "20") int limit, @RequestParam @Nullable Long cursor) {
    if (limit < 1 || limit > 100) {
      throw new BadParameterException("limit", "from 1 to 100", Integer.toString(limit));
    }
    var page = runs.page(cursor == null ? Long.MAX_VALUE : cursor, limit);
    return new Page(page, page.size() < limit ? null : Long.toString(page.getLast().id()));
  }

  @GetMapping(RUNS + "/{id}")
  ReplayRun run(@PathVariable long id) {
    return runs.get(id);
  }

  /** One that has ended stays as it is. */
  @PostMapping(RUNS + "/{id}/stop")
  ResponseEntity<ReplayRun> stop(@PathVariable long id, Principal who) {
    runs.get(id);
    runs.stop(id, who.getName());
    return accepted(runs.get(id));
  }

  private static ResponseEntity<ReplayRun> accepted(ReplayRun run) {
    return ResponseEntity.accepted().location(URI.create(RUNS + "/" + run.id())).body(run);
  }
}
