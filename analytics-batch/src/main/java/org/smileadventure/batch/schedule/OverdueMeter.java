package org.smileadventure.batch.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** For how long the run that is due has been waiting for an instance to begin with it. */
@Component
class OverdueMeter {
  private final JdbcClient jdbc;

  OverdueMeter(JdbcClient jdbc, MeterRegistry meters) {
    this.jdbc = jdbc;
    TimeGauge.builder("smile.batch.schedule.overdue", this::seconds, TimeUnit.SECONDS)
        .register(meters);
  }

  /** 0 if none is due; NaN while PostgreSQL does not tell. */
  private double seconds() {
    try {
      return jdbc.sql(
              """
              SELECT coalesce(max(extract(epoch FROM now() - execution_time)), 0)
              FROM scheduled_tasks
              WHERE task_name = ? AND NOT picked AND execution_time < now()
              """)
          .param(NightlyScheduler.TASK)
          .query(Double.class)
          .single();
    } catch (DataAccessException | TransactionException e) {
      return Double.NaN;
    }
  }
}
