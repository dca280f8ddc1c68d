package org.smileadventure.batch.remote;

import static java.util.stream.Collectors.toSet;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How partitions do, by the job repository. They are named by the ids of their executions. */
final class PartitionStates {
  private static final Logger log = LoggerFactory.getLogger(PartitionStates.class);

  private final JobRepository repository;
  private final JdbcClient jdbc;

  PartitionStates(JobRepository repository, JdbcClient jdbc) {
    this.repository = repository;
    this.jdbc = jdbc;
  }

  /**
   * How a number of partitions does.
   *
   * @param running those that have not ended, begun or not
   * @param stopping whether their job is to stop; Spring Batch records at once that it has
   */
  record Progress(long running, boolean stopping) {}

  Progress progress(Set<Long> partitions) {
    return jdbc.sql(
            """
            SELECT count(*) FILTER (WHERE s.status IN ('STARTING', 'STARTED', 'STOPPING')) AS running,
                   coalesce(bool_or(e.status NOT IN ('STARTING', 'STARTED')), false) AS stopping
            FROM batch_step_execution s
            JOIN batch_job_execution e ON e.job_execution_id = s.job_execution_id
            WHERE s.step_execution_id = ANY (:partitions)
            """)
        .param("partitions", partitions.stream().mapToLong(Long::longValue).toArray())
        .query((row, _) -> new Progress(row.getLong("running"), row.getBoolean("stopping")))
        .single();
  }

  Set<StepExecution> load(Set<Long> partitions) {
    return partitions.stream()
        .map(repository::getStepExecution)
        .filter(Objects::nonNull)
        .collect(toSet());
  }

  boolean isRunning(long partition) {
    return progress(Set.of(partition)).running() > 0;
  }

  /** What no worker has begun is stopped, and begins no more. */
  void stopUnlessBegun(long partition) {
    end(partition, BatchStatus.STARTING::equals, BatchStatus.STOPPED, "stopped before it began");
  }

  /**
   * Ends a partition that has not ended. A worker that has it in hand cannot commit anything more
   * of it: the repository takes one version only.
   */
  void fail(long partition, String why) {
    end(partition, BatchStatus::isRunning, BatchStatus.FAILED, why);
  }

  private void end(long partition, Predicate<BatchStatus> which, BatchStatus as, String why) {
    while (true) {
      var execution = repository.getStepExecution(partition);
      if (execution == null || !which.test(execution.getStatus())) {
        return;
      }
      execution.setStatus(as);
      execution.setExitStatus(new ExitStatus(as.name(), why));
      execution.setEndTime(LocalDateTime.now(ZoneOffset.UTC));
      try {
        repository.update(execution);
        return;
      } catch (OptimisticLockingFailureException e) {
        log.debug("a worker was quicker; look again", e);
      }
    }
  }
}
