package org.smileadventure.common.cache;

import java.util.Collection;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Children whose cached answers have to go and are still there: because the cache was away when
 * they were written about, or because somebody's access to them has changed. Every service that
 * knows the cache makes up for it, so that it does not hang on one of them.
 */
public class PendingInvalidations {
  private static final Logger log = LoggerFactory.getLogger(PendingInvalidations.class);
  private static final int DRAINED_AT_ONCE = 1_000;

  /**
   * Takes the most urgent ones, if the transaction is committed. Those that another instance has in
   * hand are left to it, and those that somebody notes just now to the next time.
   */
  private static final String TAKE =
      """
      DELETE FROM pending_invalidation
      WHERE child_id IN (SELECT child_id FROM pending_invalidation
                         ORDER BY urgent DESC, since LIMIT :most FOR UPDATE SKIP LOCKED)
      RETURNING child_id
      """;

  private final AnswerCache cache;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  PendingInvalidations(AnswerCache cache, JdbcClient jdbc, TransactionTemplate transaction) {
    this.cache = cache;
    this.jdbc = jdbc;
    this.transaction = transaction;
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

  @Scheduled(fixedDelayString = "${smile.cache.drain-every:1s}")
  void drain() {
    try {
      drainPending();
    } catch (CacheAwayException _) {
      // They stay, and are tried again.
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "pending invalidations wait for the database: {}",
          NestedExceptionUtils.getMostSpecificCause(e).toString());
    }
  }

  private void drainPending() {
    int drained;
    do {
      drained = Objects.requireNonNull(transaction.execute(_ -> drainSome()));
      if (drained > 0) {
        log.info("{} children invalidated that had waited for it", drained);
      }
    } while (drained == DRAINED_AT_ONCE);
  }

  // Whoever notes a child anew meanwhile waits, and finds that it is not noted any more.
  private int drainSome() {
    var due =
        jdbc.sql(TAKE)
            .param("most", DRAINED_AT_ONCE)
            .query((row, _) -> new ChildId(row.getLong("child_id")))
            .list();
    cache.invalidate(due);
    return due.size();
  }
}
