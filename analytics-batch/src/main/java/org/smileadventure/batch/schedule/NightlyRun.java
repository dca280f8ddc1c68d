package org.smileadventure.batch.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.VoidExecutionHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;

/**
 * A run of the job {@code nightly} that is due, from its start to its end. If the last one has not
 * completed, then that one is restarted first; and this one is done with it, unless the last one is
 * of an earlier night and has not seen what has changed since.
 */
@Component
class NightlyRun implements VoidExecutionHandler<Void> {
  static final String JOB = "nightly";

  private final JobRuns runs;
  private final RunWatch watch;
  private final ScheduleProperties properties;
  private final InstantSource clock;
  private final Timer delay;

  NightlyRun(
      JobRuns runs,
      RunWatch watch,
      ScheduleProperties properties,
      InstantSource clock,
      MeterRegistry meters) {
    this.properties = properties;
    this.runs = runs;
    this.watch = watch;
    this.clock = clock;
    this.delay = Timer.builder("smile.batch.schedule.delay").register(meters);
  }

  @Override
  public void execute(TaskInstance<Void> task, ExecutionContext context) {
    var planned = context.getExecution().executionTime;
    try {
      var run = runs.resumePlanned(JOB, planned);
      delay.record(Duration.between(planned, clock.instant()));
      awaitCompletion(run);
      if (isOfAnEarlierNight(run)) {
        awaitCompletion(runs.resumePlanned(JOB, planned));
      }
    } catch (JobRefusedException e) {
      throw new IllegalStateException(JOB + " cannot run now: " + e.why(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("this instance stops; the run will be restarted", e);
    }
  }

  private void awaitCompletion(JobExecution run) throws InterruptedException {
    var status = watch.awaitEnd(run);
    if (status != BatchStatus.COMPLETED) {
      throw new IllegalStateException(
          "execution %d of %s is %s; it will be restarted".formatted(run.getId(), JOB, status));
    }
  }

  private boolean isOfAnEarlierNight(JobExecution run) {
    return !properties.schedule().next(runs.begun(run)).isAfter(clock.instant());
  }
}
