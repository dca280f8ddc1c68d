package org.smileadventure.ingest.invalidation;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.CacheAwayException;
import org.smileadventure.common.event.ChildId;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Removes what the cache holds about children whose events have been committed. While the cache is
 * away it is noted in the database which children are due, and made up for later.
 */
@Component
public class Invalidation {
  private static final Logger log = LoggerFactory.getLogger(Invalidation.class);
  private static final int DRAINED_AT_ONCE = 1_000;

  private final AnswerCache cache;
  private final JdbcClient jdbc;

  Invalidation(AnswerCache cache, JdbcClient jdbc) {
    this.cache = cache;
    this.jdbc = jdbc;
  }

  /** To be called after the commit. Returns when it is done or safely noted. */
  public void invalidate(Collection<ChildId> children) {
    try {
      cache.invalidate(children);
    } catch (CacheAwayException e) {
      log.warn("{} children wait for their invalidation: {}", children.size(), e.getMessage());
      jdbc.sql(
              """
              INSERT INTO pending_invalidation (child_id, since)
              SELECT child_id, clock_timestamp() FROM unnest(:children::bigint[]) AS child_id ORDER BY child_id
              ON CONFLICT (child_id) DO UPDATE SET since = excluded.since
              """)
          .param("children", children.stream().mapToLong(ChildId::value).toArray())
          .update();
    }
  }

  private record Pending(ChildId child, Timestamp since) {}

  @Scheduled(fixedDelayString = "${smile.ingest.drain-every:1s}")
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
