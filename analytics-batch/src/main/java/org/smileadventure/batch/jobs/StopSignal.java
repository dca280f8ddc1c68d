package org.smileadventure.batch.jobs;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Has a run stop after what it is committing just now; wherever it runs. */
@Component
final class StopSignal {
  private static final int MOST_ATTEMPTS = 5;

  private final JobOperator operator;
  private final JobRepository repository;

  StopSignal(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  /**
   * Returns when it is recorded that the run is to stop, or has ended meanwhile.
   *
   * @throws JobExecutionException if it does not run
   */
  void send(JobExecution run) throws JobExecutionException {
    send(run, 1);
  }

  private void send(JobExecution run, int attempt) throws JobExecutionException {
    try {
      operator.stop(run);
    } catch (OptimisticLockingFailureException e) {
      // A step has ended, or another one begun, while it was marked.
      var now = repository.getJobExecution(run.getId());
      if (now == null || !now.isRunning()) {
        return;
      }
      if (attempt == MOST_ATTEMPTS) {
        throw e;
      }
      send(now, attempt + 1);
    } catch (JobExecutionNotRunningException e) {
      if (attempt == 1) {
        throw e;
      }
    }
  }
}
