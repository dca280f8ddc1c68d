package org.smileadventure.batch.jobs;

import java.net.URI;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.JobAudit.Act;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
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
  private static final String HISTORY = SqlFile.read(JobEndpoints.class, "history.sql");
  private static final int LONGEST_PAGE = 100;

  private final JobRuns runs;
  private final JobAudit audit;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  JobEndpoints(JobRuns runs, JobAudit audit, JdbcClient jdbc, InstantSource clock) {
    this.runs = runs;
    this.audit = audit;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What jobs there are, each with its last run. */
  record JobList(List<KnownJob> jobs) {}

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

  @GetMapping("/api/v1/jobs")
  JobList jobs() {
    return new JobList(
        runs.names().stream()
            .map(
                name ->
                    new KnownJob(
                        name, page(name, Long.MAX_VALUE, 1).stream().findFirst().orElse(null)))
            .toList());
  }

  @GetMapping("/api/v1/jobs/{name}/executions")
  History history(
      @PathVariable String name,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable Long cursor) {
    runs.requireJob(name);
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw new BadParameterException(
          "limit", "a number from 1 to " + LONGEST_PAGE, String.valueOf(limit));
    }
    var page = page(name, cursor == null ? Long.MAX_VALUE : cursor, limit);
    return new History(page, page.size() < limit ? null : String.valueOf(page.getLast().id()));
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
    return Execution.of(runs.execution(id), clock.instant());
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
    return Execution.of(runs.abandon(run, note(who, Act.ABANDONED, run)), clock.instant());
  }

  private Runnable note(Principal who, Act act, JobExecution run) {
    return () ->
        audit.note(who, act, run.getJobInstance().getJobName() + " execution " + run.getId());
  }

  private List<Execution> page(String job, long before, int most) {
    return jdbc
        .sql(HISTORY)
        .param("job", job)
        .param("before", before)
        .param("most", most)
        .query((row, _) -> row.getLong(1))
        .list()
        .stream()
        .map(id -> Execution.of(runs.execution(id), clock.instant()))
        .toList();
  }

  private ResponseEntity<Execution> accepted(JobExecution execution) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/executions/" + execution.getId()))
        .body(Execution.of(execution, clock.instant()));
  }
}
