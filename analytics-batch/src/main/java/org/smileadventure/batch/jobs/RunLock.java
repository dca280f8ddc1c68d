package org.smileadventure.batch.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to run a job, which one instance has at a time. It is a lock of a database session, and
 * so ends with the process that holds it: who gets it knows that no run of the job is alive,
 * whatever the job repository says of one that was killed. (A lock with a lease would make
 * everybody wait until it has run out, and end under a run that is slow.)
 */
final class RunLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunLock.class);

  /** Tells these locks from others. */
  private static final int RUNS = 2;

  private final Connection connection;
  private final String job;

  private RunLock(Connection connection, String job) {
    this.connection = connection;
    this.job = job;
  }

  /** Empty if somebody else runs the job. */
  static Optional<RunLock> tryTake(String job, DataSource dataSource) throws SQLException {
    var connection = dataSource.getConnection();
    var taken = false;
    try (var statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
      statement.setInt(1, RUNS);
      statement.setString(2, job);
      try (var result = statement.executeQuery()) {
        taken = result.next() && result.getBoolean(1);
      }
      return taken ? Optional.of(new RunLock(connection, job)) : Optional.empty();
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  @Override
  public void close() {
    try (connection;
        var statement = connection.prepareStatement("SELECT pg_advisory_unlock(?, hashtext(?))")) {
      statement.setInt(1, RUNS);
      statement.setString(2, job);
      statement.execute();
    } catch (SQLException e) {
      log.warn("the connection that held the right to run {} is gone: {}", job, e.getMessage());
      abort();
    }
  }

  /** Back in the pool, a connection that could not be unlocked would hold on to the lock. */
  private void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.warn("a connection cannot even be aborted: {}", e.getMessage());
    }
  }
}
