package org.smileadventure.batch.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.smileadventure.batch.jobs.JobRuns;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * For how long the run that is due has been waiting for an instance to begin with it or, if it was
 * begun and failed, to be brought to its end. It is measured on a schedule: a scrape that waited
 * for PostgreSQL would make the service look as if it were away too.
 */
@Component
class OverdueMeter {
  private final JdbcClient jdbc;
  private final JobRuns runs;
  private final InstantSource clock;

  /** 0 if none is due; NaN while PostgreSQL does not tell. */
  private volatile double seconds = Double.NaN;

  OverdueMeter(JdbcClient jdbc, JobRuns runs, InstantSource clock, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.clock = clock;
    TimeGauge.builder("smile.batch.schedule.overdue", () -> seconds, TimeUnit.SECONDS)
        .register(meters);
  }

  @Scheduled(fixedDelayString = "${smile.batch.schedule.measure-every:5s}")
  void measure() {
    try {
      seconds = overdueSeconds();
    } catch (DataAccessException | TransactionException _) {
      seconds = Double.NaN;
    }
  }

  /** 0 if none is due. */
  double overdueSeconds() {
    return Math.max(waiting(), failing());
  }

  private double waiting() {
    return jdbc.sql(
            """
            SELECT coalesce(max(extract(epoch FROM now() - execution_time)), 0)
            FROM scheduled_tasks
            WHERE task_name = ? AND NOT picked AND execution_time < now()
            """)
        .param(NightlyScheduler.TASK)
        .query(Double.class)
        .single();
  }

  /** A run that failed is due again in a while, and would not seem to wait. */
  private double failing() {
    var fails =
        jdbc.sql(
                "SELECT coalesce(max(consecutive_failures), 0) > 0 FROM scheduled_tasks WHERE"
                    + " task_name = ?")
            .param(NightlyScheduler.TASK)
            .query(Boolean.class)
            .single();
    return fails
        ? runs.unfinished(NightlyRun.JOB)
            .map(run -> Duration.between(runs.begun(run), clock.instant()).toMillis() / 1e3)
            .orElse(0.0)
        : 0;
  }
}
