package org.smileadventure.query.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.health.DatabaseFigures;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is stored, as far as the catalogue and bounded counts tell: no table is read through. */
@Component
class StoredData {
  private static final String PARTITIONS = SqlFile.read(StoredData.class, "event-partitions.sql");
  private static final int MOST_TABLES = 200;

  /** As PostgreSQL writes the bounds of a range of ids. */
  private static final Pattern BOUNDS =
      Pattern.compile("FOR VALUES FROM \\('([0-9a-f-]{36})'\\) TO \\('([0-9a-f-]{36})'\\)");

  private final JdbcClient jdbc;
  private final DatabaseFigures figures;
  private final Answers answers;

  StoredData(JdbcClient jdbc, DatabaseFigures figures, Answers answers) {
    this.jdbc = jdbc;
    this.figures = figures;
    this.answers = answers;
  }

  /**
   * The whole.
   *
   * @param dirtyMonths child-months that wait to be summarised; 10,001 if there are more than
   *     10,000
   * @param oldestDirtyMonth its first day, of the month that has waited the longest; null: none
   *     waits
   * @param dirtyWindows children whose windows wait to be computed; 10,001 likewise
   * @param reconcile null: none has come to a result
   * @param databaseBytes with indexes and all
   */
  record Data(
      long dirtyMonths,
      @Nullable LocalDate oldestDirtyMonth,
      @Nullable Instant oldestDirtySince,
      long dirtyWindows,
      @Nullable Reconcile reconcile,
      List<EventPartition> eventPartitions,
      List<Table> tables,
      long databaseBytes,
      Instant computedAt) {}

  /**
   * The last reconciliation that came to a result, of all or of a night's sample; one that found
   * differences stays the last until one of all finds none.
   *
   * @param executionId the run of the job
   * @param status COMPLETED or FAILED
   * @param differences rows that were found to differ before it broke off
   */
  record Reconcile(long executionId, Instant endedAt, String status, long differences) {}

  /**
   * A partition of the events.
   *
   * @param from when the first sessions began whose events are in it; null: the one for all others
   * @param to when those began that are in it no more
   * @param rowsEstimated as PostgreSQL last estimated it; null: it never has
   */
  record EventPartition(
      String name,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long rowsEstimated,
      long sizeBytes) {}

  /**
   * A table, a partitioned one as one.
   *
   * @param rowsEstimated as PostgreSQL last estimated it; null: it never has
   * @param sizeBytes with its indexes
   */
  record Table(String table, @Nullable Long rowsEstimated, long sizeBytes, long indexBytes) {}

  Data read() {
    var freshness = figures.freshness();
    return new Data(
        freshness.dirtyMonths(),
        freshness.oldestDirtyMonth(),
        freshness.oldestDirtySince(),
        freshness.dirtyWindows(),
        reconcile(),
        jdbc.sql(PARTITIONS).query((row, _) -> partition(row)).list(),
        figures.tables(MOST_TABLES).stream()
            .map(
                table ->
                    new Table(
                        table.table(),
                        table.rowsEstimated(),
                        table.sizeBytes(),
                        table.indexBytes()))
            .toList(),
        figures.bytes(),
        answers.now());
  }

  @Nullable Reconcile reconcile() {
    return jdbc.sql("SELECT execution_id, ended_at, status, differences FROM v_last_reconcile")
        .query(new SimplePropertyRowMapper<>(Reconcile.class))
        .optional()
        .orElse(null);
  }

  private static EventPartition partition(ResultSet row) throws SQLException {
    var bounds = BOUNDS.matcher(row.getString("bounds"));
    var between = bounds.matches();
    var rows = row.getLong("rows_estimated");
    return new EventPartition(
        row.getString("name"),
        between ? time(bounds.group(1)) : null,
        between ? time(bounds.group(2)) : null,
        row.wasNull() ? null : rows,
        row.getLong("size_bytes"));
  }

  /** A session's id begins with the milliseconds at which the session began. */
  private static Instant time(String id) {
    return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> Short.SIZE);
  }
}
