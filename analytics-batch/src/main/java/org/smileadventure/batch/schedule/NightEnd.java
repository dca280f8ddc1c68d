package org.smileadventure.batch.schedule;

import org.smileadventure.batch.jobs.JobRuns;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Notes that nights are done with a run of the job {@code nightly} that has completed, whoever
 * began it or let it go on: those that were due when it was first begun.
 */
@Component
class NightEnd implements JobExecutionListener {
  private final JobRuns runs;
  private final Nights nights;

  NightEnd(JobRuns runs, Nights nights) {
    this.runs = runs;
    this.nights = nights;
  }

  @Override
  public void afterJob(JobExecution run) {
    if (run.getStatus() == BatchStatus.COMPLETED) {
      nights.end(runs.begun(run));
    }
  }
}
