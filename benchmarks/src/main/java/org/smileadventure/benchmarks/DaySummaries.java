package org.smileadventure.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The summaries of days, and tables of the same shape into which they are inserted barely. */
final class DaySummaries {
  private record Summary(String table, String definition) {
    String bare() {
      return "bare_" + table;
    }

    String materialised() {
      return "mv_" + table;
    }
  }

  private final String url;
  private final JdbcTemplate jdbc;
  private final List<Summary> summaries;

  DaySummaries(String url) {
    this.url = url;
    jdbc = Testbed.jdbc(url);
    summaries =
        jdbc.query(
            "SELECT summary, definition FROM v_day_summaries",
            (row, _) -> new Summary(row.getString("summary"), row.getString("definition")));
    for (var summary : summaries) {
      jdbc.execute(
          "CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(summary.bare(), summary.table()));
    }
  }

  /** As if nothing was ever summarised. */
  void emptyOurs() {
    summaries.forEach(summary -> jdbc.execute("TRUNCATE " + summary.table()));
    jdbc.execute(
        "TRUNCATE dirty_child_days, dirty_child_windows, child_window_summary, child_total");
    settle();
  }

  void emptyBare() {
    summaries.forEach(summary -> jdbc.execute("TRUNCATE " + summary.bare()));
    settle();
  }

  /** The seconds of one bare statement for each summary, one after the other, on one connection. */
  List<Double> insertBarely() {
    var seconds = new ArrayList<Double>();
    var connection = new SingleConnectionDataSource(url, true);
    try {
      var one = new JdbcTemplate(connection);
      // As for the job.
      one.execute("SET jit = off");
      for (var summary : summaries) {
        var begin = System.nanoTime();
        one.update(
            "INSERT INTO %s SELECT * FROM %s".formatted(summary.bare(), summary.definition()));
        seconds.add((System.nanoTime() - begin) / 1e9);
      }
    } finally {
      connection.destroy();
    }
    return seconds;
  }

  /** Fills in, unmeasured, the summaries of days that a history has grown by. */
  void insert(PlayHistory.Span span) {
    for (var summary : summaries) {
      jdbc.update(
          "INSERT INTO %s SELECT * FROM %s WHERE day BETWEEN ? AND ?"
              .formatted(summary.table(), summary.definition()),
          span.first(),
          span.last());
    }
  }

  /** Throws what was inserted barely away, which nobody needs any more. */
  void dropBare() {
    for (var summary : summaries) {
      jdbc.execute("DROP TABLE " + summary.bare());
    }
  }

  /** Each definition as PostgreSQL itself materialises it, with the key of our summary. */
  void makeMaterialisedViews() {
    for (var summary : summaries) {
      jdbc.execute(
          "CREATE MATERIALIZED VIEW %s AS SELECT * FROM %s"
              .formatted(summary.materialised(), summary.definition()));
      var key =
          jdbc.queryForObject(
              """
              SELECT string_agg(a.attname, ', ' ORDER BY array_position(i.indkey::int[], a.attnum::int))
              FROM pg_index i
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
              WHERE i.indrelid = ?::regclass AND i.indisprimary
              """,
              String.class,
              summary.table());
      jdbc.execute("CREATE UNIQUE INDEX ON %s (%s)".formatted(summary.materialised(), key));
      jdbc.execute("ANALYZE " + summary.materialised());
    }
  }

  /** The seconds of a refresh of them all, one after the other. */
  double refreshSeconds() {
    var begin = System.nanoTime();
    for (var summary : summaries) {
      jdbc.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY " + summary.materialised());
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  void dropMaterialisedViews() {
    summaries.forEach(summary -> jdbc.execute("DROP MATERIALIZED VIEW " + summary.materialised()));
  }

  List<String> names() {
    return summaries.stream().map(Summary::table).toList();
  }

  /**
   * Statistics and visibility as a database has them that is not new, and nothing left to flush.
   */
  void settle() {
    jdbc.execute(
        "VACUUM (ANALYZE) game_sessions, activities, dirty_child_days, dirty_child_windows");
    jdbc.execute("VACUUM (ANALYZE) " + String.join(", ", names()));
    checkpoint();
  }

  /**
   * Has everything flushed that was changed. What is changed next is logged with its whole pages,
   * at each size of the history alike, and nothing is flushed beside it.
   */
  void checkpoint() {
    jdbc.execute("CHECKPOINT");
  }

  /** Whether the bare tables hold as many rows as those of the job. */
  void compare() {
    for (var summary : summaries) {
      var ours = count(summary.table());
      var bare = count(summary.bare());
      if (ours != bare) {
        throw new BenchmarkFailure(
            "%s: %,d rows by the job, %,d barely".formatted(summary.table(), ours, bare));
      }
    }
  }

  long daysOfPlay() {
    return count("child_daily_summary");
  }

  long rows() {
    return summaries.stream().mapToLong(summary -> count(summary.table())).sum();
  }

  private long count(String table) {
    var count = jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class);
    return count == null ? 0 : count;
  }
}
