package org.smileadventure.benchmarks;

import java.util.Objects;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Days of play that change after they were summarised. */
final class DirtyDays {
  private static final String CHANGE = SqlFile.read(DirtyDays.class, "change-days.sql");

  private static final String READ =
      """
      SELECT count(*)
      FROM dirty_child_days d
      CROSS JOIN LATERAL (
        SELECT * FROM v_child_daily v WHERE v.child_id = d.child_id AND v.day = d.day OFFSET 0) v
      """;

  private final JdbcTemplate jdbc;
  private final int days;
  private final PlayHistory.Span among;

  /**
   * None so far.
   *
   * @param days that change each time
   * @param among these they are
   */
  DirtyDays(JdbcTemplate jdbc, int days, PlayHistory.Span among) {
    this.jdbc = jdbc;
    this.days = days;
    this.among = among;
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

  /** Returns how many have changed. */
  int change() {
    var marked =
        JdbcClient.create(jdbc)
            .sql(CHANGE)
            .param("first", among.first().toString())
            .param("last", among.last().toString())
            .param("days", days)
            .update();
    if (marked != days) {
      throw new BenchmarkFailure("%,d days to change, %,d found".formatted(days, marked));
    }
    jdbc.execute("ANALYZE dirty_child_days");
    read();
    return marked;
  }
}
