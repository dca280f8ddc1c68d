package org.smileadventure.batch.schedule;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Waits for the end of a run, and logs every few seconds how far it is. */
@Component
class RunWatch {
  private static final Logger log = LoggerFactory.getLogger(RunWatch.class);
  private static final Duration POLL_EVERY = Duration.ofMillis(250);
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final JdbcClient jdbc;

  RunWatch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record StepProgress(String step, long partitions, long done, long written) {}

  /**
   * Returns how it ended.
   *
   * @param run as this instance has begun it
   */
  BatchStatus awaitEnd(JobExecution run) throws InterruptedException {
    var name = run.getJobInstance().getJobName();
    for (var polls = 1; ; polls++) {
      var status = status(run.getId());
      // A run that is to stop is recorded as stopped before it has.
      if (!status.isRunning() && run.getEndTime() != null) {
        log.info("{}, run {}: {}", name, run.getId(), status);
        return status;
      }
      if (polls % (TELL_EVERY.toMillis() / POLL_EVERY.toMillis()) == 0) {
        tell(name, run.getId());
      }
      Thread.sleep(POLL_EVERY);
    }
  }

  private BatchStatus status(long run) {
    return BatchStatus.valueOf(
        jdbc.sql("SELECT status FROM batch_job_execution WHERE job_execution_id = ?")
            .param(run)
            .query(String.class)
            .single());
  }

  private void tell(String job, long run) {
    jdbc.sql(
            """
            SELECT split_part(step_name, ':', 1) AS step, count(*) AS partitions,
                   count(*) FILTER (WHERE status = 'COMPLETED') AS done, sum(write_count) AS written
            FROM batch_step_execution
            WHERE job_execution_id = ?
            GROUP BY step
            ORDER BY max(step_execution_id) DESC
            LIMIT 1
            """)
        .param(run)
        .query(StepProgress.class)
        .optional()
        .ifPresent(
            now ->
                log.info(
                    "{}, run {}: {}, {} of {} parts done, {} written",
                    job,
                    run,
                    now.step(),
                    now.done(),
                    now.partitions(),
                    now.written()));
  }
}
