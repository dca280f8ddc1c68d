package org.smileadventure.common.cache;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Children whose cached answers have to go and are still there: because the cache was away when
 * they were written about, or because somebody's access to them has changed. Every service that
 * knows the cache makes up for it, so that it does not hang on one of them.
 */
public class PendingInvalidations {
  private static final Logger log = LoggerFactory.getLogger(PendingInvalidations.class);
  private static final int DRAINED_AT_ONCE = 1_000;

  private final AnswerCache cache;
  private final JdbcClient jdbc;

  PendingInvalidations(AnswerCache cache, JdbcClient jdbc) {
    this.cache = cache;
    this.jdbc = jdbc;
  }

  /** Returns when the children are safely noted. */
  public void add(Collection<ChildId> children) {
    jdbc.sql(
            """
            INSERT INTO pending_invalidation (child_id, since)
            SELECT child_id, clock_timestamp() FROM unnest(:children::bigint[]) AS child_id ORDER BY child_id
            ON CONFLICT (child_id) DO UPDATE SET since = excluded.since
            """)
        .param("children", children.stream().mapToLong(ChildId::value).toArray())
        .update();
  }

  private record Pending(ChildId child, Timestamp since) {}

  @Scheduled(fixedDelayString = "${smile.cache.drain-every:1s}")
  void drain() {
    try {
      drainPending();
    } catch (DataAccessException | TransactionException e) {
      log.warn("pending invalidations wait for the database: {}", e.getMessage());
    }
  }

  private void drainPending() {
    List<Pending> due;
    do {
      due =
          jdbc.sql("SELECT child_id, since FROM pending_invalidation ORDER BY since LIMIT :most")
              .param("most", DRAINED_AT_ONCE)
              .query(
                  (row, _) ->
                      new Pending(new ChildId(row.getLong("child_id")), row.getTimestamp("since")))
              .list();
      if (due.isEmpty()) {
        return;
      }
      try {
        cache.invalidate(due.stream().map(Pending::child).toList());
      } catch (CacheAwayException _) {
        return;
      }
      // A child that has become due once more in between carries a later time, and stays.
      jdbc.sql(
              """
              DELETE FROM pending_invalidation p
              USING unnest(:children::bigint[], :since::timestamptz[]) AS d (child_id, since)
              WHERE p.child_id = d.child_id AND p.since = d.since
              """)
          .param("children", due.stream().mapToLong(p -> p.child().value()).toArray())
          .param(
              "since",
              due.stream().map(p -> p.since().toInstant().toString()).toArray(String[]::new))
          .update();
      log.info("{} children invalidated that had waited for it", due.size());
    } while (due.size() == DRAINED_AT_ONCE);
  }
}
