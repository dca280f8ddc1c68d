package org.smileadventure.benchmarks;

import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days of play that change after they were summarised, and a materialised view that has them. */
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
    jdbc.execute("CHECKPOINT");
    return marked;
  }

  void makeMaterialisedView() {
    jdbc.execute("CREATE MATERIALIZED VIEW mv_child_daily AS SELECT * FROM v_child_daily");
    jdbc.execute("CREATE UNIQUE INDEX ON mv_child_daily (child_id, day)");
    jdbc.execute("ANALYZE mv_child_daily");
  }

  double refreshSeconds() {
    jdbc.execute("CHECKPOINT");
    var begin = System.nanoTime();
    jdbc.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY mv_child_daily");
    return (System.nanoTime() - begin) / 1e9;
  }

  void dropMaterialisedView() {
    jdbc.execute("DROP MATERIALIZED VIEW mv_child_daily");
  }
}
