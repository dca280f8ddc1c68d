package org.smileadventure.batch.lock;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advisory locks of one session of PostgreSQL. They end with the process that holds them, whatever
 * ends it: who gets one knows that nobody who had it before is alive.
 */
public final class SessionLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SessionLock.class);

  private final Connection connection;

  /**
   * Takes the connection over.
   *
   * @param connection of the session that has taken the locks
   */
  public SessionLock(Connection connection) {
    this.connection = connection;
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
