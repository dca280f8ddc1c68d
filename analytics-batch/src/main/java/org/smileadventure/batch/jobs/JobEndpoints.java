package org.smileadventure.batch.jobs;

import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts jobs on demand, and tells how they are doing. For admins. */
@RestController
class JobEndpoints {
  private final Map<String, Job> jobs;
  private final JobOperator operator;
  private final JobRepository repository;
  private final InstantSource clock;

  JobEndpoints(
      List<Job> jobs, JobOperator operator, JobRepository repository, InstantSource clock) {
    this.jobs = jobs.stream().collect(Collectors.toMap(Job::getName, Function.identity()));
    this.operator = operator;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * One run of a job. Times are UTC.
   *
   * @param status as Spring Batch names it: STARTING, STARTED, COMPLETED, FAILED, STOPPED, …
   */
  record Execution(
      long id,
      String job,
      String status,
      @Nullable LocalDateTime startedAt,
      @Nullable LocalDateTime endedAt,
      List<Step> steps) {

    record Step(String name, String status, long written) {}

    static Execution of(JobExecution execution) {
      return new Execution(
          execution.getId(),
          execution.getJobInstance().getJobName(),
          execution.getStatus().name(),
          execution.getStartTime(),
          execution.getEndTime(),
          execution.getStepExecutions().stream()
              .map(
                  step ->
                      new Step(step.getStepName(), step.getStatus().name(), step.getWriteCount()))
              .toList());
    }
  }

  @PostMapping("/api/v1/jobs/{name}/executions")
  ResponseEntity<Execution> start(@PathVariable String name) throws JobExecutionException {
    var job = jobs.get(name);
    if (job == null) {
      throw notFound("there is no job '" + name + "'; the jobs are " + jobs.keySet());
    }
    var execution =
        operator.start(
            job,
            new JobParametersBuilder()
                .addString("run", UUID.randomUUID().toString())
                .addString("requested_at", clock.instant().toString(), false)
                .toJobParameters());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/executions/" + execution.getId()))
        .body(Execution.of(execution));
  }

  @GetMapping("/api/v1/jobs/executions/{id}")
  Execution execution(@PathVariable long id) {
    return found(id).map(Execution::of).orElseThrow(() -> notFound("there is no execution " + id));
  }

  // The repository answers null or throws, as its tables have it.
  private Optional<JobExecution> found(long id) {
    try {
      return Optional.ofNullable(repository.getJobExecution(id));
    } catch (EmptyResultDataAccessException _) {
      return Optional.empty();
    }
  }

  private static ErrorResponseException notFound(String detail) {
    return new ErrorResponseException(
        HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
  }
}
