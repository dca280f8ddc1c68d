package org.smileadventure.ingest.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.store.MovedDays;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What would hold a batch up, and need not be done with it. */
final class LaterWork {
  private static final Logger log = LoggerFactory.getLogger(LaterWork.class);

  /** So many that a writer waits for some hundredths of a second. */
  private static final int DAYS_AT_ONCE = 500;

  private final MovedDays moved;
  private final LateSessions late;
  private final TransactionTemplate transaction;

  LaterWork(JdbcClient jdbc, TransactionTemplate transaction) {
    this.moved = new MovedDays(jdbc);
    this.late = new LateSessions(jdbc, transaction);
    this.transaction = transaction;
  }

  @Scheduled(fixedDelayString = "${smile.ingest.move-days-every:1s}")
  void moveDays() {
    trying(
        "days of children who moved",
        () -> {
          // Between two parts whoever waits for the child goes first.
          var more = true;
          while (more) {
            more = Boolean.TRUE.equals(transaction.execute(_ -> moved.moveSome(DAYS_AT_ONCE)));
          }
        });
  }

  @Scheduled(fixedDelayString = "${smile.ingest.compute-late-every:15s}")
  void computeLate() {
    trying("late sessions", late::compute);
  }

  private static void trying(String what, Runnable work) {
    try {
      work.run();
    } catch (DataAccessException | TransactionException e) {
      log.warn("{} wait for the database: {}", what, e.getClass().getSimpleName());
    }
  }
}
