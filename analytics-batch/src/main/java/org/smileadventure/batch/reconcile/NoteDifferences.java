package org.smileadventure.batch.reconcile;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes how many rows differ when a part of a reconciliation has broken off for that. It breaks off
 * with the first children of whom anything differs, so there may be more. On the machine that did
 * the part, when what was done is rolled back: nobody else knows the exception, and a note within
 * its transaction would go with it.
 */
@Component
class NoteDifferences implements StepExecutionListener {
  private final JdbcClient jdbc;

  NoteDifferences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public @Nullable ExitStatus afterStep(StepExecution step) {
    step.getFailureExceptions().stream()
        .filter(SummaryDiffersException.class::isInstance)
        .mapToLong(failure -> ((SummaryDiffersException) failure).found())
        .findFirst()
        .ifPresent(differences -> note(step, differences));
    return null;
  }

  private void note(StepExecution step, long differences) {
    jdbc.sql(
            """
            INSERT INTO reconcile_differences (step_execution_id, job_execution_id, differences)
            VALUES (:step, :run, :differences)
            ON CONFLICT (step_execution_id) DO UPDATE SET differences = excluded.differences
            """)
        .param("step", step.getId())
        .param("run", step.getJobExecution().getId())
        .param("differences", differences)
        .update();
  }
}
