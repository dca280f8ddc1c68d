package org.smileadventure.benchmarks.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The summaries of months, and what the database itself does with rows such as theirs. */
final class Months {
  private static final String READ = SqlFile.read(Months.class, "read-sessions.sql");
  private static final String VIEW = SqlFile.read(Months.class, "month-view.sql");
  private static final String DIFFERENCES = SqlFile.read(Months.class, "view-differences.sql");
  private static final int ROUNDS = 3;
  private static final int FETCH_ROWS = 10_000;

  private final Testbed testbed;
  private final JdbcTemplate jdbc;

  Months(Testbed testbed) {
    this.testbed = testbed;
    jdbc = testbed.jdbc();
  }

  /** As if nothing was ever summarised. */
  void empty() {
    jdbc.execute(
        "TRUNCATE child_month_summary, child_window_summary, dirty_child_months, dirty_child_windows");
    settle();
  }

  /** Has the windows of all children computed when the job runs next. */
  void markWindows() {
    jdbc.update(
        "INSERT INTO dirty_child_windows (child_id) SELECT id FROM children ON CONFLICT DO NOTHING");
    settle();
  }

  /**
   * Statistics and visibility as a database has them that is not new, and nothing left to flush.
   */
  void settle() {
    jdbc.execute(
        "VACUUM (ANALYZE) game_sessions, activities, child_month_summary, child_window_summary,"
            + " dirty_child_months, dirty_child_windows");
    checkpoint();
  }

  /**
   * Has everything flushed that was changed. What is changed next is logged with its whole pages,
   * at each size of the history alike, and nothing is flushed beside it.
   */
  void checkpoint() {
    jdbc.execute("CHECKPOINT");
  }

  long count() {
    return count("child_month_summary");
  }

  long sessions() {
    return count("game_sessions");
  }

  long dirty() {
    return count("dirty_child_months");
  }

  private long count(String table) {
    return JdbcClient.create(jdbc).sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  /**
   * Reads what the job reads of each session, on one connection, and does nothing with it. The
   * median of three rounds.
   *
   * @param days the latest, whose sessions are read
   */
  Measured readSessions(int days) {
    return median(() -> testbed.measure("bare read of sessions", () -> read(days)));
  }

  private static Measured median(Supplier<Measured> round) {
    return Measured.median(Stream.generate(round).limit(ROUNDS).toList());
  }

  private long read(int days) {
    try (var connection = connect();
        var statement = connection.prepareStatement(READ)) {
      connection.setAutoCommit(false);
      statement.setFetchSize(FETCH_ROWS);
      statement.setInt(1, days);
      var rows = 0L;
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          rows++;
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot read the sessions: " + e.getMessage(), e);
    }
  }

  /**
   * Copies the rows that the job has written into an empty table of the same columns and key. The
   * median of three rounds.
   */
  Measured writeMonths() {
    var file = testbed.directory("months").resolve("months.bin");
    copyOut(file);
    return median(() -> writeOnce(file));
  }

  private Measured writeOnce(Path file) {
    jdbc.execute("CREATE TABLE bare_months (LIKE child_month_summary INCLUDING ALL)");
    checkpoint();
    var written = testbed.measure("bare write of their months", () -> copyIn(file));
    jdbc.execute("DROP TABLE bare_months");
    return written;
  }

  private void copyOut(Path file) {
    try (var connection = connect()) {
      Files.createDirectories(file.getParent());
      try (var out = Files.newOutputStream(file)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY child_month_summary TO STDOUT (FORMAT binary)", out);
      }
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot read the months: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long copyIn(Path file) {
    try (var connection = connect();
        var in = Files.newInputStream(file)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY bare_months FROM STDIN (FORMAT binary)", in);
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot write the months: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(testbed.jdbcUrl());
  }

  /** The typed columns of months, as PostgreSQL itself materialises them. */
  void makeView() {
    jdbc.execute("CREATE MATERIALIZED VIEW months_view AS " + VIEW);
    jdbc.execute("CREATE UNIQUE INDEX ON months_view (child_id, month)");
    jdbc.execute("ANALYZE months_view");
  }

  /**
   * Fails unless the summaries say the same afterwards.
   *
   * @param changed months since the last time
   */
  Measured refreshView(int changed) {
    var refreshed =
        testbed.measure(
            "1 % dirty: REFRESH … CONCURRENTLY",
            () -> {
              jdbc.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY months_view");
              return changed;
            });
    var differences = JdbcClient.create(jdbc).sql(DIFFERENCES).query(Long.class).single();
    if (differences != 0) {
      throw new BenchmarkFailure(
          "%,d months of the view are not in the summaries or the other way round"
              .formatted(differences));
    }
    return refreshed;
  }

  void dropView() {
    jdbc.execute("DROP MATERIALIZED VIEW months_view");
  }
}
