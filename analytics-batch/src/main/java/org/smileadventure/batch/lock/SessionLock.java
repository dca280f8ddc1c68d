package org.smileadventure.batch.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Advisory locks of one session of PostgreSQL. They end with the process that holds them, whatever
 * ends it: who gets one knows that nobody who had it before is alive. (Libraries' locks have a
 * lease: all would wait until that of a killed process has run out, and it may run out under a slow
 * one.)
 */
public final class SessionLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SessionLock.class);

  private final Connection connection;

  private SessionLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes a lock on a connection of its own.
   *
   * @param sql takes it, and returns whether it has
   */
  public static Optional<SessionLock> take(
      DataSource dataSource, String sql, Object... parameters) {
    SessionLock lock;
    try {
      lock = new SessionLock(dataSource.getConnection());
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("no connection for a lock", e);
    }
    var taken = false;
    try {
      taken =
          JdbcClient.create(new SingleConnectionDataSource(lock.connection, true))
              .sql(sql)
              .params(parameters)
              .query(Boolean.class)
              .optional()
              .orElse(false);
      return taken ? Optional.of(lock) : Optional.empty();
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  /** Gives the locks back, and the connection. */
  @Override
  public void close() {
    try (connection) {
      release();
    } catch (SQLException e) {
      log.warn("a connection that held locks cannot be closed: {}", e.getMessage());
    }
  }

  /** Back in the pool, a connection that could not be unlocked would hold on to the locks. */
  private void release() throws SQLException {
    try (var release = connection.prepareStatement("SELECT pg_advisory_unlock_all()")) {
      release.execute();
    } catch (SQLException e) {
      log.warn("locks end with their connection, as they cannot be given back: {}", e.getMessage());
      connection.abort(Runnable::run);
    }
  }
}
