package org.smileadventure.batch.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.smileadventure.batch.lock.SessionLock;

/**
 * The right to run a job, which one instance has at a time. As it ends with the process that holds
 * it, who gets it knows that no run of the job is alive, whatever the job repository says of one
 * that was killed. (A lock with a lease would make everybody wait until it has run out, and end
 * under a run that is slow.)
 */
final class RunLock {
  /** Tells these locks from others. */
  private static final int RUNS = 2;

  private RunLock() {}

  /** Empty if somebody else runs the job. */
  static Optional<SessionLock> tryTake(String job, DataSource dataSource) throws SQLException {
    var connection = dataSource.getConnection();
    var taken = false;
    try {
      taken = isTaken(job, connection);
      return taken ? Optional.of(new SessionLock(connection)) : Optional.empty();
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  private static boolean isTaken(String job, Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
      statement.setInt(1, RUNS);
      statement.setString(2, job);
      try (var result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }
}
