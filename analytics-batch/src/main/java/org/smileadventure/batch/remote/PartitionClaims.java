package org.smileadventure.batch.remote;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.smileadventure.common.service.SqlFile;

/**
 * The right to run a partition, which one instance has at a time. It is a lock in PostgreSQL, and
 * so ends with the process that holds it: whoever has waited may take the partition over, however
 * it was left.
 */
final class PartitionClaims {
  private static final String CLAIM = SqlFile.read(PartitionClaims.class, "claim-partition.sql");

  private final DataSource dataSource;

  PartitionClaims(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Waits until nobody else has it. */
  Claim claim(long partition) throws SQLException {
    var connection = dataSource.getConnection();
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setLong(1, partition);
      claim.execute();
      return new Claim(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Held until it is closed. */
  static final class Claim implements AutoCloseable {
    private final Connection connection;

    private Claim(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void close() throws SQLException {
      try (connection;
          var release = connection.prepareStatement("SELECT pg_advisory_unlock_all()")) {
        release.execute();
      } catch (SQLException e) {
        connection.abort(Runnable::run); // back in the pool it would hold on to the lock
        throw e;
      }
    }
  }
}
