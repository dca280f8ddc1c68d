package org.smileadventure.batch.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.service.SqlFile;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Measures every 30 seconds what waits to be summarised, what the last reconciliation found, and
 * how the nights keep to their time. A scrape is told what was measured last, so that it costs the
 * database nothing and never waits for it: NaN before the first time, while the database does not
 * tell within a few seconds, and for what there is none of.
 */
@Component
@ConditionalOnWebApplication
class WorkMeter {
  private static final Logger log = LoggerFactory.getLogger(WorkMeter.class);
  private static final String MEASURE = SqlFile.read(WorkMeter.class, "measure.sql");
  private static final int MOST_SECONDS = 5;
  private static final Work UNKNOWN =
      new Work(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final JdbcClient jdbc;
  private volatile Work work = UNKNOWN;
  private boolean away;

  /**
   * As it was measured.
   *
   * @param dirtyMonths 10,001 if there are more than 10,000
   * @param nightEnded seconds since 1970, as is {@code nightPromised}
   */
  private record Work(
      double dirtyMonths,
      double oldestSeconds,
      double differences,
      double nightEnded,
      double nightPromised) {}

  WorkMeter(DataSource dataSource, MeterRegistry meters) {
    // The runs of this service may take minutes for a statement, and this one may not.
    var template = new JdbcTemplate(dataSource);
    template.setQueryTimeout(MOST_SECONDS);
    this.jdbc = JdbcClient.create(template);
    Gauge.builder("smile.batch.dirty.months", this, meter -> meter.work.dirtyMonths())
        .description("child-months that wait to be summarised; 10,001 means more than 10,000")
        .register(meters);
    Gauge.builder("smile.batch.reconcile.differences", this, meter -> meter.work.differences())
        .description("rows that the last reconciliation found to differ")
        .register(meters);
    seconds("dirty.months.oldest", Work::oldestSeconds, meters);
    seconds("night.ended", Work::nightEnded, meters);
    seconds("night.promised", Work::nightPromised, meters);
  }

  private void seconds(String name, ToDoubleFunction<Work> value, MeterRegistry meters) {
    TimeGauge.builder(
            "smile.batch." + name, this, TimeUnit.SECONDS, meter -> value.applyAsDouble(meter.work))
        .register(meters);
  }

  @Scheduled(fixedDelayString = "${smile.batch.measure-every:30s}")
  synchronized void measure() {
    try {
      work = jdbc.sql(MEASURE).query((row, _) -> work(row)).single();
      away = false;
    } catch (DataAccessException | TransactionException e) {
      work = UNKNOWN;
      if (!away) {
        log.warn(
            "what waits to be summarised is not known: {}",
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
      away = true;
    }
  }

  private static Work work(ResultSet row) throws SQLException {
    return new Work(
        row.getDouble("dirty_months"),
        row.getDouble("oldest_seconds"),
        number(row, "differences"),
        number(row, "night_ended"),
        number(row, "night_promised"));
  }

  private static double number(ResultSet row, String column) throws SQLException {
    var number = row.getDouble(column);
    return row.wasNull() ? Double.NaN : number;
  }
}
