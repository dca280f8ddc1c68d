package org.smileadventure.benchmarks.seed;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.smileadventure.benchmarks.bed.Load;
import org.smileadventure.benchmarks.bed.Median;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A pool of connections of the size before and one of the size after, in turns. Each of 50 clients
 * has a connection for as long as a request of ours has it: a transaction, in which the child is
 * looked up first and a page of its sessions then.
 */
final class Pools {
  private static final int CLIENTS = 50;
  private static final int BEFORE = 10;
  private static final int AFTER = 50;

  private Pools() {}

  static Claim measure(String url, int rounds, double seconds, List<Long> children) {
    var before = new ArrayList<Double>();
    var after = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      before.add(millis(url, BEFORE, seconds, children));
      after.add(millis(url, AFTER, seconds, children));
    }
    return Claim.less(
        "%d clients: pool of %d against one of %d".formatted(CLIENTS, AFTER, BEFORE),
        20,
        40,
        Median.of(before),
        Median.of(after));
  }

  private static double millis(String url, int size, double seconds, List<Long> children) {
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(url);
      pool.setMaximumPoolSize(size);
      var jdbc = new JdbcTemplate(pool);
      var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
      transaction.setReadOnly(true);
      IntConsumer request =
          _ -> {
            var child = children.get(ThreadLocalRandom.current().nextInt(children.size()));
            transaction.executeWithoutResult(
                _ -> {
                  jdbc.queryForList("SELECT * FROM children WHERE id = ?", child);
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? ORDER BY started_at DESC LIMIT 20",
                      child);
                });
          };
      Load.users(CLIENTS, 1, 0, request);
      // The mean: a client that has just given its connection back gets it again before others do,
      // so
      // that the median is of those that did not wait.
      return 1e3 * CLIENTS / Load.users(CLIENTS, seconds / 2, 0, request).perSecond();
    }
  }
}
