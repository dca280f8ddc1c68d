package org.smileadventure.batch.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the nights do: the one that runs, is due or has failed, or else the last one.
 *
 * @param cron when nights are due; {@code -}: this instance begins none
 * @param zone whose clock that is, and that of {@code promisedBy}
 * @param nextAt when the next one is due, or a failed one is tried again; null: nobody plans one
 * @param overdueSeconds for how long one that is due has been waiting to begin, or one that failed
 *     to be brought to its end; 0: none is
 * @param promisedBy what the clock shows when a night is to be done, as 06:00
 * @param plannedAt when this night was due; null: it was not planned, or never ran
 * @param begunAt null: it was not begun
 * @param endedAt null: it was not done, or not yet
 * @param estimatedEnd of one that runs: what is left of its running steps, as they estimate it
 *     themselves, and as long as each step that is still to come took in the last night that was
 *     done. A running step that estimates nothing counts for what is left of its last time. Null
 *     where none runs, or no night was ever done. A step that is new is not counted
 */
public record Nightly(
    String cron,
    String zone,
    @Nullable Instant nextAt,
    double overdueSeconds,
    String promisedBy,
    @Nullable Instant plannedAt,
    @Nullable Instant begunAt,
    @Nullable Instant endedAt,
    @Nullable Instant estimatedEnd,
    State state) {

  /** How it is. */
  public enum State {
    DONE,
    RUNNING,
    /** Planned and not begun, or stopped. */
    DUE,
    FAILED,
    NEVER;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
