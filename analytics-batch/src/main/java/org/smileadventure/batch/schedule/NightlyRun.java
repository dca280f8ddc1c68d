package org.smileadventure.batch.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.VoidExecutionHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;

/**
 * A run of the job {@code nightly} that is due, from its start to its end. If the last one has not
 * completed, then that one is restarted first; and this one is done with it, unless the last one is
 * of an earlier night and has not seen what has changed since. If such a one fails again, it is
 * given up: a summary that differs, say, must not keep all that has changed since from being
 * summarised.
 *
 * <p>One that failed and was brought to its end meanwhile, by somebody who restarted it, is done.
 */
@Component
class NightlyRun implements VoidExecutionHandler<Void> {
  private static final Logger log = LoggerFactory.getLogger(NightlyRun.class);
  static final String JOB = "nightly";

  private final JobRuns runs;
  private final RunWatch watch;
  private final Nights nights;
  private final ScheduleProperties properties;
  private final InstantSource clock;
  private final Timer delay;

  NightlyRun(
      JobRuns runs,
      RunWatch watch,
      Nights nights,
      ScheduleProperties properties,
      InstantSource clock,
      MeterRegistry meters) {
    this.properties = properties;
    this.runs = runs;
    this.watch = watch;
    this.nights = nights;
    this.clock = clock;
    this.delay = Timer.builder("smile.batch.schedule.delay").register(meters);
  }

  @Override
  public void execute(TaskInstance<Void> task, ExecutionContext context) {
    var execution = context.getExecution();
    var planned = execution.executionTime;
    var isLaterTry = execution.consecutiveFailures > 0;
    if (isLaterTry && isDone(execution.lastSuccess)) {
      log.info("{} was brought to its end meanwhile; it is not begun again", JOB);
      nights.plan(properties.schedule().next(clock.instant()));
      return;
    }
    try {
      var status =
          toItsEnd(
              () -> {
                var night = isLaterTry ? open(planned) : planned;
                var run = runs.resumePlanned(JOB, planned);
                nights.begin(night);
                delay.record(Duration.between(planned, clock.instant()));
                return run;
              },
              begun -> !properties.schedule().next(begun).isAfter(clock.instant()));
      if (status != BatchStatus.COMPLETED) {
        throw new IllegalStateException(JOB + " is " + status + "; it will be restarted");
      }
      nights.end();
      nights.plan(properties.schedule().next(clock.instant()));
    } catch (JobRefusedException e) {
      throw new IllegalStateException(JOB + " cannot run now: " + e.why(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("this instance stops; the run will be restarted", e);
    }
  }

  /**
   * Whether a night was brought to its end since this task last was, and no other one has been due
   * since it was begun.
   *
   * @param lastSuccess null: it never was
   */
  private boolean isDone(@Nullable Instant lastSuccess) {
    return nights
        .begunOfEndedSince(lastSuccess)
        .filter(begun -> properties.schedule().next(begun).isAfter(clock.instant()))
        .isPresent();
  }

  /**
   * The night that a later try is for: the one that has failed, or this one if that has been
   * brought to its end by now, as the first of two runs.
   */
  private Instant open(Instant planned) {
    return nights
        .open()
        .map(Nights.OpenNight::planned)
        .filter(night -> !night.isAfter(planned))
        .orElse(planned);
  }

  /** The same for a process that is begun once a night, on whatever schedule; how it ended. */
  BatchStatus tonight() throws InterruptedException {
    var planned = clock.instant();
    var status =
        toItsEnd(
            () -> {
              var run = runs.resume(JOB, Map.of());
              nights.begin(planned);
              return run;
            },
            begun -> day(begun).isBefore(day(clock.instant())));
    if (status == BatchStatus.COMPLETED) {
      nights.end();
    }
    return status;
  }

  private LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, properties.zone());
  }

  private BatchStatus toItsEnd(Supplier<JobExecution> next, Predicate<Instant> isOfAnEarlierNight)
      throws InterruptedException {
    var run = next.get();
    var status = watch.awaitEnd(run);
    if (status == BatchStatus.STOPPED || !isOfAnEarlierNight.test(runs.begun(run))) {
      return status;
    }
    if (status != BatchStatus.COMPLETED) {
      log.error(
          "execution {} of {} is of an earlier night and {} again; it is given up, and a new one begins",
          run.getId(),
          JOB,
          status);
      runs.abandon(run);
    }
    return watch.awaitEnd(next.get());
  }
}
