package org.smileadventure.batch.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * One run of a job, and how far it is.
 *
 * @param status as Spring Batch names it: STARTING, STARTED, COMPLETED, FAILED, STOPPED, …
 * @param failure why it failed, in one line; null if it did not
 */
record Execution(
    long id,
    String job,
    Map<String, String> parameters,
    String status,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double seconds,
    @Nullable String failure,
    List<Step> steps) {
  private static final Pattern OURS = Pattern.compile("org\\.smileadventure\\.[\\w.$]+: (.*)");

  /**
   * One step.
   *
   * @param done items: days, children, sessions or partitions, as the step has them
   * @param planned how many it will be; null if nobody knows before
   * @param perSecond null before anything was done
   * @param estimatedEnd null if it has ended or there is nothing to estimate from
   * @param partitions null if the step is not cut into any
   */
  record Step(
      String name,
      String status,
      long done,
      @Nullable Long planned,
      @Nullable Double perSecond,
      @Nullable Instant estimatedEnd,
      @Nullable Partitions partitions) {

    static Step of(
        String name,
        String status,
        long done,
        @Nullable Long planned,
        @Nullable Double seconds,
        @Nullable Partitions partitions,
        Instant now) {
      var perSecond = seconds == null || seconds == 0 || done == 0 ? null : done / seconds;
      return new Step(
          name,
          status,
          done,
          planned,
          perSecond,
          status.equals(BatchStatus.STARTED.name()) && planned != null && perSecond != null
              ? now.plusMillis(Math.round(Math.max(0, planned - done) / perSecond * 1_000))
              : null,
          partitions);
    }
  }

  record Partitions(long total, long completed, long failed) {}

  /** What we said ourselves. What a library said may have statements and rows in it. */
  static String reason(@Nullable String kept) {
    if (kept == null || kept.isBlank()) {
      return "its process ended before it did";
    }
    var ours = OURS.matcher(kept.lines().findFirst().orElse(""));
    return ours.matches() ? ours.group(1) : "for a reason that is in the log of its process";
  }

  /** From a start to an end, or until now; null if there is no start. */
  static @Nullable Double seconds(@Nullable Instant from, @Nullable Instant to, Instant now) {
    return from == null ? null : Duration.between(from, to == null ? now : to).toMillis() / 1e3;
  }
}
