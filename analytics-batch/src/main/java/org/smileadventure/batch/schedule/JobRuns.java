package org.smileadventure.batch.schedule;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;

/** Provisional. */
@Component
class JobRuns {
  private final JobOperator operator;
  private final JobRepository repository;

  JobRuns(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  JobExecution startOrRestart(Job job, JobParameters parameters) throws JobExecutionException {
    var instance = repository.getLastJobInstance(job.getName());
    var last = instance == null ? null : repository.getLastJobExecution(instance);
    if (last == null || last.getStatus() == BatchStatus.COMPLETED) {
      return operator.start(job, parameters);
    }
    if (last.getStatus().isRunning()) {
      last = operator.recover(last);
    }
    return operator.restart(last);
  }
}
