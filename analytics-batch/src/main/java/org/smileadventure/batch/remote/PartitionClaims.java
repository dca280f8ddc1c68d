package org.smileadventure.batch.remote;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.smileadventure.batch.lock.SessionLock;
import org.smileadventure.common.service.SqlFile;

/**
 * The right to run a partition, which one instance has at a time. As it ends with the process that
 * holds it, whoever has waited may take the partition over, however it was left.
 */
final class PartitionClaims {
  private static final String CLAIM = SqlFile.read(PartitionClaims.class, "claim-partition.sql");

  private final DataSource dataSource;

  PartitionClaims(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Waits until nobody else has it. */
  SessionLock claim(long partition) throws SQLException {
    var connection = dataSource.getConnection();
    try (var claim = connection.prepareStatement(CLAIM)) {
      claim.setLong(1, partition);
      claim.execute();
      return new SessionLock(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
