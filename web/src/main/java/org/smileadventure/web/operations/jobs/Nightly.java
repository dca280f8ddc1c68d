package org.smileadventure.web.operations.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The plan of the nightly run, and how the one that counts now stands.
 *
 * @param cron {@code -}: this instance starts none
 * @param overdueSeconds since when a run is due that was not completed; 0: none is
 * @param promisedBy the time of the day, in the zone, at which it is to be done
 * @param state done, running, due, failed or never
 */
public record Nightly(
    @Nullable String cron,
    @Nullable String zone,
    @Nullable Instant nextAt,
    @Nullable Double overdueSeconds,
    @Nullable String promisedBy,
    @Nullable Instant plannedAt,
    @Nullable Instant begunAt,
    @Nullable Instant endedAt,
    @Nullable Instant estimatedEnd,
    String state) {

  /** The state, by a name that pages have a shape for. */
  public String shape() {
    return switch (state) {
      case "done" -> "kept";
      case "running", "due" -> "at_risk";
      case "failed" -> "broken";
      default -> "unknown";
    };
  }
}
