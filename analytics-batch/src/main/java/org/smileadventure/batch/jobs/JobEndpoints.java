package org.smileadventure.batch.jobs;

import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.JobAudit.Act;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts jobs on demand, has them stop and go on, and tells how they are doing. For admins, whose
 * acts are put on record.
 */
@RestController
class JobEndpoints {
  private static final int LONGEST_PAGE = 100;

  private final JobRuns runs;
  private final Executions executions;
  private final JobAudit audit;
  private final Supplier<Nightly> nights;

  JobEndpoints(JobRuns runs, Executions executions, JobAudit audit, Supplier<Nightly> nights) {
    this.runs = runs;
    this.executions = executions;
    this.audit = audit;
    this.nights = nights;
  }

  /** What jobs there are, each with its last run, and how the nights do. */
  record JobList(List<KnownJob> jobs, Nightly nightly) {}

  /**
   * A job.
   *
   * @param last null: it never ran
   */
  record KnownJob(String name, @Nullable Execution last) {}

  /**
   * Runs of a job, newest first.
   *
   * @param nextCursor null: there are no older ones
   */
  record History(List<Execution> executions, @Nullable String nextCursor) {}

  /**
   * Partitions of a run, in the order in which they were cut.
   *
   * @param nextCursor null: there are no more
   */
  record PartitionPage(List<Partition> items, @Nullable String nextCursor) {}

  @GetMapping("/api/v1/jobs")
  JobList jobs() {
    return new JobList(
        runs.names().stream()
            .map(
                name ->
                    new KnownJob(
                        name,
                        executions.page(name, Executions.Filter.ALL, Long.MAX_VALUE, 1).stream()
                            .findFirst()
                            .orElse(null)))
            .toList(),
        nights.get());
  }

  @GetMapping("/api/v1/jobs/{name}/executions")
  History history(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable Long cursor) {
    runs.requireJob(name);
    var filter = Executions.Filter.of(status, from, to);
    checkLimit(limit);
    var page = executions.page(name, filter, cursor == null ? Long.MAX_VALUE : cursor, limit);
    return new History(page, page.size() < limit ? null : String.valueOf(page.getLast().id()));
  }

  @GetMapping("/api/v1/jobs/executions/{id}/partitions")
  PartitionPage partitions(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable Long cursor) {
    var wanted = Executions.status(status);
    checkLimit(limit);
    executions.of(id);
    var page = executions.partitions(id, step, wanted, cursor == null ? 0 : cursor, limit);
    return new PartitionPage(
        page, page.size() < limit ? null : String.valueOf(page.getLast().id()));
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw new BadParameterException(
          "limit", "a number from 1 to " + LONGEST_PAGE, String.valueOf(limit));
    }
  }

  @PostMapping("/api/v1/jobs/{name}/executions")
  ResponseEntity<Execution> start(
      @PathVariable String name,
      @RequestBody(required = false) @Nullable Map<String, String> arguments,
      Principal who) {
    var told = arguments == null ? Map.<String, String>of() : arguments;
    return accepted(
        runs.start(
            name,
            told,
            () ->
                audit.note(
                    who, Act.STARTED, told.isEmpty() ? name : name + " " + new TreeMap<>(told))));
  }

  @GetMapping("/api/v1/jobs/executions/{id}")
  Execution execution(@PathVariable long id) {
    return executions.of(id);
  }

  @PostMapping("/api/v1/jobs/executions/{id}/stop")
  ResponseEntity<Execution> stop(@PathVariable long id, Principal who) {
    var run = runs.execution(id);
    runs.stop(run, note(who, Act.STOPPED, run));
    return accepted(runs.execution(id));
  }

  @PostMapping("/api/v1/jobs/executions/{id}/restart")
  ResponseEntity<Execution> restart(@PathVariable long id, Principal who) {
    var run = runs.execution(id);
    return accepted(runs.restart(run, note(who, Act.RESTARTED, run)));
  }

  @PostMapping("/api/v1/jobs/executions/{id}/abandon")
  Execution abandon(@PathVariable long id, Principal who) {
    var run = runs.execution(id);
    return executions.of(runs.abandon(run, note(who, Act.ABANDONED, run)).getId());
  }

  private Runnable note(Principal who, Act act, JobExecution run) {
    return () ->
        audit.note(who, act, run.getJobInstance().getJobName() + " execution " + run.getId());
  }

  private ResponseEntity<Execution> accepted(JobExecution execution) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/executions/" + execution.getId()))
        .body(executions.of(execution.getId()));
  }
}
