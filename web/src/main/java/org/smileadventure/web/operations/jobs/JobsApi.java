package org.smileadventure.web.operations.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What analytics-batch tells of its jobs, and does about them. */
@HttpExchange("/api/v1/jobs")
public interface JobsApi {
  /**
   * All jobs.
   *
   * @param nightly null: the service tells nothing of its plan
   */
  record Jobs(List<Job> jobs, @Nullable Nightly nightly) {}

  /**
   * A job.
   *
   * @param last null: it never ran
   */
  record Job(String name, @Nullable Run last) {}

  @GetExchange
  Jobs jobs();

  /** Runs of a job, newest first. */
  record History(List<Run> executions, @Nullable String nextCursor) {}

  @GetExchange("/{name}/executions")
  History history(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  @PostExchange("/{name}/executions")
  Run start(@PathVariable String name, @RequestBody Map<String, String> arguments);

  @GetExchange("/executions/{id}")
  Run run(@PathVariable long id);

  /** Ranges of children that a step is cut into. */
  record Ranges(List<Range> items, @Nullable String nextCursor) {}

  /**
   * A range.
   *
   * @param planned null: nobody knows how many it will be
   * @param failure null: it did not fail
   */
  record Range(
      String id,
      String step,
      String partition,
      String status,
      @Nullable Long done,
      @Nullable Long planned,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String failure) {}

  @GetExchange("/executions/{id}/partitions")
  Ranges ranges(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  @PostExchange("/executions/{id}/stop")
  void stop(@PathVariable long id);

  @PostExchange("/executions/{id}/restart")
  Run restart(@PathVariable long id);

  @PostExchange("/executions/{id}/abandon")
  void abandon(@PathVariable long id);
}
