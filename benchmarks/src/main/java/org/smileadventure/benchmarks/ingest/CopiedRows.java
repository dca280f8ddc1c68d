package org.smileadventure.benchmarks.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.common.service.SqlFile;

/**
 * The events that our service has stored, copied into an empty table that has a row for each, in
 * the order in which they came: what such a table takes at best, from a client that does nothing
 * else.
 */
final class CopiedRows {
  private static final String STORED_ROWS = SqlFile.read(CopiedRows.class, "stored-rows.sql");
  private static final String COPY =
      "COPY copied (session_id, seq, child_id, type, occurred_at, received_at, payload)"
          + " FROM STDIN (FORMAT binary)";
  private static final int ROUNDS = 3;
  private static final int BUFFER_BYTES = 65_536;

  private final Testbed testbed;
  private final Path file;

  CopiedRows(Testbed testbed) {
    this.testbed = testbed;
    this.file = testbed.directory("copy").resolve("rows.bin");
  }

  /** Takes the events that were stored since then, for {@link #measure}. */
  void take(Instant since) {
    try (var connection = connect()) {
      Files.createDirectories(file.getParent());
      try (var out = Files.newOutputStream(file)) {
        copyManager(connection).copyOut(STORED_ROWS.formatted(since), out);
      }
      System.out.printf("  %,d MB taken out%n", Files.size(file) >> 20);
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot read the stored events: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The median of a few rounds, each into a new table and in one transaction. */
  Measured measure() {
    var rounds = new ArrayList<Measured>();
    try (var connection = connect()) {
      for (int round = 1; round <= ROUNDS; round++) {
        rounds.add(copy(connection));
        System.out.printf("    round %d: %.2f s%n", round, rounds.getLast().seconds());
      }
      Files.delete(file);
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot copy the rows: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Measured.median(rounds);
  }

  private Measured copy(Connection connection) throws SQLException, IOException {
    try (var statement = connection.createStatement();
        var rows = Files.newInputStream(file)) {
      statement.execute("SELECT new_event_table('copied')");
      statement.execute("CHECKPOINT");
      connection.setAutoCommit(false);
      var copied = testbed.measure("COPY, a row an event", () -> copyIn(connection, rows));
      connection.setAutoCommit(true);
      statement.execute("DROP TABLE copied");
      return copied;
    }
  }

  private static long copyIn(Connection connection, InputStream rows) {
    try {
      var copied = copyManager(connection).copyIn(COPY, rows, BUFFER_BYTES);
      connection.commit();
      return copied;
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot copy the rows: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CopyManager copyManager(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(testbed.jdbcUrl());
  }
}
