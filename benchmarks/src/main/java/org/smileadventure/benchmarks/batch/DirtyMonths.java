package org.smileadventure.benchmarks.batch;

import java.time.LocalDate;
import java.util.Objects;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Months whose sessions change after they were summarised. */
final class DirtyMonths {
  private static final String CHANGE = SqlFile.read(DirtyMonths.class, "change-months.sql");
  private static final String READ = SqlFile.read(DirtyMonths.class, "read-dirty.sql");

  private final JdbcTemplate jdbc;
  private final int months;
  private final LocalDate since;

  /**
   * None so far.
   *
   * @param months that change each time
   * @param since of the months that begin on this day or later
   */
  DirtyMonths(JdbcTemplate jdbc, int months, LocalDate since) {
    this.jdbc = jdbc;
    this.months = months;
    this.since = since;
  }

  /** How many change each time. */
  int months() {
    return months;
  }

  void change() {
    var marked =
        JdbcClient.create(jdbc)
            .sql(CHANGE)
            .param("since", since.toString())
            .param("months", months)
            .query((row, _) -> row.getInt("marked"))
            .single();
    if (marked != months) {
      throw new BenchmarkFailure("%,d months to change, %,d found".formatted(months, marked));
    }
    jdbc.execute("ANALYZE dirty_child_months");
    read();
  }

  /**
   * Who comes first upon a changed row marks it as committed, and leaves the entries of indexes
   * behind that lead to the one before. That is what changing it costs, so a reader comes first.
   */
  private void read() {
    var connection = jdbc.getDataSource();
    new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(connection)))
        .executeWithoutResult(
            _ -> {
              jdbc.execute("SET LOCAL enable_seqscan = off");
              jdbc.queryForObject(READ, Long.class);
            });
  }
}
