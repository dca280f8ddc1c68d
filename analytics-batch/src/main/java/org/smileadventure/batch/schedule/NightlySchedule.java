package org.smileadventure.batch.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.springframework.scheduling.support.CronExpression;

/**
 * By a cron expression, and sooner after a run that failed.
 *
 * <p>The expression is about what the clock on the wall shows. In the night in which clocks are put
 * forward over its time, the run is due by as much later; in the one in which they show it twice,
 * the first time. Both Spring and db-scheduler, asked for the next time in a zone, would leave the
 * first of these nights out.
 */
final class NightlySchedule implements Schedule {
  private static final int MOST_DOUBLINGS = 10;

  private final CronExpression cron;
  private final ZoneId zone;
  private final Duration retryAfter;

  NightlySchedule(String cron, ZoneId zone, Duration retryAfter) {
    this.cron = CronExpression.parse(cron);
    this.zone = zone;
    this.retryAfter = retryAfter;
  }

  @Override
  public Instant getNextExecutionTime(ExecutionComplete run) {
    var next = next(run.getTimeDone());
    if (run.getResult() == ExecutionComplete.Result.OK) {
      return next;
    }
    var failuresBefore = Math.min(run.getExecution().consecutiveFailures, MOST_DOUBLINGS);
    var again = run.getTimeDone().plus(retryAfter.multipliedBy(1L << failuresBefore));
    return again.isBefore(next) ? again : next;
  }

  Instant next(Instant after) {
    for (var wallClock = cron.next(LocalDateTime.ofInstant(after, zone));
        wallClock != null;
        wallClock = cron.next(wallClock)) {
      var next = wallClock.atZone(zone).toInstant();
      if (next.isAfter(after)) {
        return next;
      }
    }
    return NEVER;
  }

  /**
   * If it were, then an instance that starts would take a time between two of the expression's for
   * one of an older expression, and so forget that a run is to be restarted. As it is not, the
   * stored time is only ever put forward: of a new expression with later times the second counts.
   */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
