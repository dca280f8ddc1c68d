package org.smileadventure.benchmarks;

import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days of play that change after they were summarised. */
final class DirtyDays {
  private static final String CHANGE = SqlFile.read(DirtyDays.class, "change-days.sql");

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
    return marked;
  }
}
