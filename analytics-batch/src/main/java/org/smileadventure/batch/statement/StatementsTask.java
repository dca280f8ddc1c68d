package org.smileadventure.batch.statement;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Begins a run of the job {@code statements} again and again, while there is anything to send. */
public final class StatementsTask {
  private static final Logger log = LoggerFactory.getLogger(StatementsTask.class);
  private static final String TASK = "send-statements";
  private static final String ANYTHING_TO_SEND =
      """
      SELECT EXISTS (
        SELECT FROM statement_months m JOIN v_sent_child USING (child_id) WHERE m.version > m.sent_version)
      """;

  private final JdbcClient jdbc;
  private final JobRuns runs;
  private final RecordStoreProperties properties;

  StatementsTask(JdbcClient jdbc, JobRuns runs, RecordStoreProperties properties) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.properties = properties;
  }

  /** As a task of the schedule. */
  public RecurringTask<Void> task() {
    return Tasks.recurring(TASK, FixedDelay.of(properties.sendEvery())).execute((_, _) -> begin());
  }

  /** A run that failed goes on with what it has not sent. */
  private void begin() {
    if (!jdbc.sql(ANYTHING_TO_SEND).query(Boolean.class).single()) {
      return;
    }
    try {
      runs.resume(StatementsJob.NAME, Map.of());
    } catch (JobRefusedException e) {
      log.info("nothing is sent to the record store now: {}", e.why());
    }
  }
}
