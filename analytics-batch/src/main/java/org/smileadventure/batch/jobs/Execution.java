package org.smileadventure.batch.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildRange;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.step.StepExecution;

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
  private static final String PARTITION = "-of-range:";
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
      @Nullable Partitions partitions) {}

  record Partitions(long total, long completed, long failed) {}

  static Execution of(JobExecution execution, Instant now) {
    return new Execution(
        execution.getId(),
        execution.getJobInstance().getJobName(),
        parameters(execution),
        execution.getStatus().name(),
        instant(execution.getStartTime()),
        instant(execution.getEndTime()),
        seconds(execution.getStartTime(), execution.getEndTime(), now),
        failure(execution),
        execution.getStepExecutions().stream()
            .filter(step -> !step.getStepName().contains(PARTITION))
            .map(step -> step(step, execution, now))
            .toList());
  }

  private static Map<String, String> parameters(JobExecution execution) {
    var parameters = new TreeMap<String, String>();
    for (JobParameter<?> parameter : execution.getJobParameters()) {
      parameters.put(parameter.name(), String.valueOf(parameter.value()));
    }
    parameters.remove("run");
    return parameters;
  }

  private static Step step(StepExecution step, JobExecution execution, Instant now) {
    var partitions =
        execution.getStepExecutions().stream()
            .filter(part -> part.getStepName().startsWith(step.getStepName() + PARTITION))
            .toList();
    var done =
        partitions.isEmpty()
            ? step.getWriteCount()
            : partitions.stream().mapToLong(StepExecution::getWriteCount).sum();
    var planned = planned(partitions);
    var seconds = seconds(step.getStartTime(), step.getEndTime(), now);
    var perSecond = seconds == null || seconds == 0 || done == 0 ? null : done / seconds;
    return new Step(
        step.getStepName(),
        step.getStatus().name(),
        done,
        planned,
        perSecond,
        step.getStatus() == BatchStatus.STARTED && planned != null && perSecond != null
            ? now.plusMillis(Math.round(Math.max(0, planned - done) / perSecond * 1_000))
            : null,
        partitions.isEmpty()
            ? null
            : new Partitions(
                partitions.size(),
                count(partitions, BatchStatus.COMPLETED),
                count(partitions, BatchStatus.FAILED)));
  }

  private static @Nullable Long planned(List<StepExecution> partitions) {
    return partitions.isEmpty()
            || !partitions.stream()
                .allMatch(part -> part.getExecutionContext().containsKey(ChildRange.PLANNED))
        ? null
        : partitions.stream()
            .mapToLong(part -> part.getExecutionContext().getLong(ChildRange.PLANNED))
            .sum();
  }

  private static long count(List<StepExecution> partitions, BatchStatus status) {
    return partitions.stream().filter(part -> part.getStatus() == status).count();
  }

  private static @Nullable String failure(JobExecution execution) {
    return execution.getStatus() != BatchStatus.FAILED
        ? null
        : execution.getStepExecutions().stream()
            .filter(step -> step.getStatus() == BatchStatus.FAILED)
            .map(step -> step.getExitStatus().getExitDescription())
            .filter(description -> !description.isBlank())
            // The step's own reason is the one of its partition, wrapped.
            .reduce((_, last) -> last)
            .map(Execution::reason)
            .orElse("its process ended before it did");
  }

  /** What we said ourselves. What a library said may have statements and rows in it. */
  private static String reason(String description) {
    var ours = OURS.matcher(description.lines().findFirst().orElse(""));
    return ours.matches() ? ours.group(1) : "for a reason that is in the log of its process";
  }

  private static @Nullable Double seconds(
      @Nullable LocalDateTime start, @Nullable LocalDateTime end, Instant now) {
    var from = instant(start);
    var to = instant(end);
    return from == null ? null : Duration.between(from, to == null ? now : to).toMillis() / 1e3;
  }

  private static @Nullable Instant instant(@Nullable LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
