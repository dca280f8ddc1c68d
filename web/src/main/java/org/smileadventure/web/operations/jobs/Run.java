package org.smileadventure.web.operations.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run of a job, and how far it is.
 *
 * @param status as Spring Batch names it: STARTING, STARTED, STOPPING, COMPLETED, FAILED, STOPPED,
 *     ABANDONED, UNKNOWN
 * @param failure why it failed, in English; null: it did not
 */
public record Run(
    long id,
    String job,
    Map<String, String> parameters,
    String status,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double seconds,
    @Nullable String failure,
    List<Step> steps) {
  private static final Set<String> GOING_ON = Set.of("STARTING", "STARTED", "STOPPING");
  private static final Set<String> OVER = Set.of("COMPLETED", "ABANDONED");

  /**
   * A step.
   *
   * @param done items: days, children, sessions or ranges
   * @param planned null: nobody knows how many it will be
   * @param partitions null: it is not cut into ranges
   */
  public record Step(
      String name,
      String status,
      long done,
      @Nullable Long planned,
      @Nullable Double perSecond,
      @Nullable Instant estimatedEnd,
      @Nullable Partitions partitions) {}

  /** How many ranges of children a step has. */
  public record Partitions(long total, long completed, long failed) {}

  public boolean isGoingOn() {
    return GOING_ON.contains(status);
  }

  /** Whether it may go on. One that its process has left says that it goes on, and may too. */
  public boolean isUnfinished() {
    return !OVER.contains(status);
  }

  /** The state, by a name that pages have a shape for. */
  public String shape() {
    return shape(status);
  }

  public static String shape(String status) {
    return switch (status) {
      case "COMPLETED" -> "kept";
      case "FAILED" -> "broken";
      case "STARTING", "STARTED", "STOPPING", "STOPPED" -> "at_risk";
      default -> "unknown";
    };
  }
}
