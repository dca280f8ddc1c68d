package org.smileadventure.batch.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.VoidExecutionHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/**
 * A run of the job {@code nightly} that is due, from its start to its end. If the last one has not
 * completed, then that one is restarted, and this one is done with it.
 */
@Component
class NightlyRun implements VoidExecutionHandler<Void> {
  static final String JOB = "child-daily-summary";

  /** The job's parameter that says when the run was due. */
  static final String PLANNED = "planned";

  private final Job job;
  private final JobRuns runs;
  private final RunWatch watch;
  private final InstantSource clock;
  private final Timer delay;

  NightlyRun(Jobs jobs, JobRuns runs, RunWatch watch, InstantSource clock, MeterRegistry meters) {
    this.job = jobs.named(JOB);
    this.runs = runs;
    this.watch = watch;
    this.clock = clock;
    this.delay = Timer.builder("smile.batch.schedule.delay").register(meters);
  }

  @Override
  public void execute(TaskInstance<Void> task, ExecutionContext context) {
    var planned = context.getExecution().executionTime;
    try {
      var run =
          runs.startOrRestart(
              job,
              new JobParametersBuilder().addString(PLANNED, planned.toString()).toJobParameters());
      delay.record(Duration.between(planned, clock.instant()));
      var status = watch.awaitEnd(run);
      if (status != BatchStatus.COMPLETED) {
        throw new IllegalStateException(
            "run %d of %s has ended %s; it will be restarted".formatted(run.getId(), JOB, status));
      }
    } catch (JobExecutionException e) {
      throw new IllegalStateException(JOB + " cannot run now: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("this instance stops; the run will be restarted", e);
    }
  }
}
