package org.smileadventure.query.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What PostgreSQL knows about itself, and about how fresh the summaries are. */
@Component
class DatabaseFigures {
  private static final String TABLES = SqlFile.read(DatabaseFigures.class, "tables.sql");
  private static final String INDEXES = SqlFile.read(DatabaseFigures.class, "indexes.sql");
  private static final String STATEMENTS = SqlFile.read(DatabaseFigures.class, "statements.sql");

  private final JdbcClient jdbc;

  DatabaseFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Connections(long total, long active, long idle) {}

  record Table(String schema, String table, String size, long sizeBytes, long indexBytes) {}

  /**
   * An index.
   *
   * @param scans how often it was used since the statistics were last emptied
   */
  record Index(String table, String index, String size, long sizeBytes, long scans) {}

  record Statement(String query, long calls, double meanMs, double totalMs, long rows) {}

  /**
   * How fresh the summaries are.
   *
   * @param oldestDirtyDay of the day that has waited the longest to be summarised; null: none waits
   * @param dirtyDays 10,001 if there are more than 10,000
   * @param lastNightlyStatus null: it never ran
   */
  record Freshness(
      @Nullable LocalDate oldestDirtyDay,
      @Nullable Instant oldestDirtySince,
      long dirtyDays,
      @Nullable String lastNightlyStatus,
      @Nullable Instant lastNightlyStart,
      @Nullable Double lastNightlySeconds) {}

  /** How far ingest was behind when it last measured it. */
  record Lag(
      String groupId, String topic, long events, @Nullable Double seconds, Instant measuredAt) {}

  String size() {
    return jdbc.sql("SELECT pg_size_pretty(pg_database_size(current_database()))")
        .query((row, _) -> row.getString(1))
        .single();
  }

  Connections connections() {
    return jdbc.sql(
            """
            SELECT count(*) AS total, count(*) FILTER (WHERE state = 'active') AS active,
                   count(*) FILTER (WHERE state = 'idle') AS idle
            FROM pg_stat_activity
            WHERE datname = current_database()
            """)
        .query(Connections.class)
        .single();
  }

  List<Table> largestTables() {
    return jdbc.sql(TABLES)
        .query(
            (row, _) ->
                new Table(
                    row.getString("schema"),
                    row.getString("name"),
                    row.getString("size"),
                    row.getLong("size_bytes"),
                    row.getLong("index_bytes")))
        .list();
  }

  List<Index> indexes() {
    return jdbc.sql(INDEXES)
        .query(
            (row, _) ->
                new Index(
                    row.getString("table_name"),
                    row.getString("name"),
                    row.getString("size"),
                    row.getLong("size_bytes"),
                    row.getLong("scans")))
        .list();
  }

  /** Null if the server does not keep count of statements. */
  @Nullable List<Statement> slowestStatements() {
    try {
      return jdbc.sql(STATEMENTS)
          .query(
              (row, _) ->
                  new Statement(
                      row.getString("query"),
                      row.getLong("calls"),
                      row.getDouble("mean_ms"),
                      row.getDouble("total_ms"),
                      row.getLong("rows")))
          .list();
    } catch (DataAccessException _) {
      return null;
    }
  }

  Freshness freshness() {
    return jdbc.sql("SELECT * FROM v_summary_freshness")
        .query(
            (row, _) -> {
              var marked = row.getTimestamp("oldest_marked_at");
              var start = row.getTimestamp("last_start");
              return new Freshness(
                  row.getObject("oldest_dirty_day", LocalDate.class),
                  marked == null ? null : marked.toInstant(),
                  row.getLong("dirty_days"),
                  row.getString("last_status"),
                  start == null ? null : start.toInstant(),
                  row.getObject("last_seconds", Double.class));
            })
        .single();
  }

  List<Lag> lag() {
    return jdbc.sql("SELECT * FROM consumer_lag ORDER BY group_id")
        .query(
            (row, _) ->
                new Lag(
                    row.getString("group_id"),
                    row.getString("topic"),
                    row.getLong("events"),
                    row.getObject("seconds", Double.class),
                    row.getTimestamp("measured_at").toInstant()))
        .list();
  }
}
