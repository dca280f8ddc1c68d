package org.smileadventure.query.health;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The connection pool.
 *
 * @param poolSize how many connections are kept ready
 * @param checkedIn that nobody uses now
 * @param checkedOut that somebody uses now
 * @param overflow how many there are beyond those that are kept ready
 * @param waiting requests that wait for a connection
 * @param utilizationPercent those in use of the most that there may be
 */
record PoolStatus(
    int poolSize,
    int maximum,
    int checkedIn,
    int checkedOut,
    int overflow,
    int totalConnections,
    int waiting,
    double utilizationPercent) {

  static PoolStatus of(DataSource dataSource) {
    try {
      var hikari = dataSource.unwrap(HikariDataSource.class);
      var pool = hikari.getHikariPoolMXBean();
      if (pool == null) {
        return new PoolStatus(
            hikari.getMinimumIdle(), hikari.getMaximumPoolSize(), 0, 0, 0, 0, 0, 0);
      }
      var active = pool.getActiveConnections();
      var total = pool.getTotalConnections();
      return new PoolStatus(
          hikari.getMinimumIdle(),
          hikari.getMaximumPoolSize(),
          pool.getIdleConnections(),
          active,
          Math.max(0, total - hikari.getMinimumIdle()),
          total,
          pool.getThreadsAwaitingConnection(),
          Math.round(10_000.0 * active / hikari.getMaximumPoolSize()) / 100.0);
    } catch (SQLException e) {
      throw new IllegalStateException("the data source is no pool", e);
    }
  }
}
