package org.smileadventure.query.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What PostgreSQL knows about itself, and about how fresh the summaries are. */
@Component
public class DatabaseFigures {
  private static final String TABLES = SqlFile.read(DatabaseFigures.class, "tables.sql");
  private static final String INDEXES = SqlFile.read(DatabaseFigures.class, "indexes.sql");
  private static final String STATEMENTS = SqlFile.read(DatabaseFigures.class, "statements.sql");

  private static final int LARGEST = 10;

  private final JdbcClient jdbc;

  DatabaseFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Connections(long total, long active, long idle) {}

  /**
   * A table, a partitioned one as one.
   *
   * @param rowsEstimated as PostgreSQL last estimated it; null: it never has
   * @param sizeBytes with its indexes
   */
  public record Table(
      String schema,
      String table,
      @Nullable Long rowsEstimated,
      String size,
      long sizeBytes,
      long indexBytes) {}

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
   * @param oldestDirtyMonth its first day, of the month that has waited the longest to be
   *     summarised; null: none waits
   * @param dirtyMonths 10,001 if there are more than 10,000
   * @param dirtyWindows children whose windows wait to be computed; 10,001 likewise
   * @param lastNightlyStatus null: it never ran
   */
  public record Freshness(
      @Nullable LocalDate oldestDirtyMonth,
      @Nullable Instant oldestDirtySince,
      long dirtyMonths,
      long dirtyWindows,
      @Nullable String lastNightlyStatus,
      @Nullable Instant lastNightlyStart,
      @Nullable Double lastNightlySeconds) {}

  /** How far ingest was behind when it last measured it. */
  public record Lag(
      String groupId, String topic, long events, @Nullable Double seconds, Instant measuredAt) {}

  String size() {
    return jdbc.sql("SELECT pg_size_pretty(pg_database_size(current_database()))")
        .query((row, _) -> row.getString(1))
        .single();
  }

  public long bytes() {
    return jdbc.sql("SELECT pg_database_size(current_database())").query(Long.class).single();
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
    return tables(LARGEST);
  }

  /** The largest of them first. */
  public List<Table> tables(int most) {
    return jdbc.sql(TABLES)
        .param("most", most)
        .query(new SimplePropertyRowMapper<>(Table.class))
        .list();
  }

  List<Index> indexes() {
    return rows(INDEXES, Index.class);
  }

  /** Null if the server does not keep count of statements. */
  @Nullable List<Statement> slowestStatements() {
    try {
      return rows(STATEMENTS, Statement.class);
    } catch (DataAccessException _) {
      return null;
    }
  }

  public Freshness freshness() {
    return jdbc.sql(
            """
            SELECT oldest_dirty_month, oldest_marked_at AS oldest_dirty_since, dirty_months, dirty_windows,
                   last_status AS last_nightly_status, last_start AS last_nightly_start,
                   last_seconds AS last_nightly_seconds
            FROM v_summary_freshness
            """)
        .query(Freshness.class)
        .single();
  }

  public List<Lag> lag() {
    return rows("SELECT * FROM consumer_lag ORDER BY group_id", Lag.class);
  }

  private <T> List<T> rows(String statement, Class<T> type) {
    return jdbc.sql(statement).query(new SimplePropertyRowMapper<>(type)).list();
  }
}
