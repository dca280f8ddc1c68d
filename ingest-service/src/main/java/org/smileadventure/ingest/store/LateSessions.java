package org.smileadventure.ingest.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Long sessions of which more comes when their rows are written. To compute all of one again for
 * each event that is late would cost the square of its length; it is done once in a while for all
 * that has come.
 */
final class LateSessions {
  /** As many events are read and computed again without a thought. */
  private static final int LONG = 5_000;

  private static final int AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final StoredSessions stored;
  private final SessionRows rows;

  LateSessions(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.stored = new StoredSessions(jdbc);
    this.rows = new SessionRows(jdbc);
  }

  /** Whether its row may be a little late; that of a session that ends is not. */
  boolean canWait(NewEvents session) {
    return session.stored().count() >= LONG
        && (session.stored().hasEnded() || !session.has(EventType.SESSION_ENDED));
  }

  /** In the transaction in which its events are stored. */
  void add(NewEvents session) {
    jdbc.sql(
            """
            INSERT INTO late_sessions (session_id, child_id) VALUES (:session, :child)
            ON CONFLICT DO NOTHING
            """)
        .param("session", session.id().value())
        .param("child", session.child().value())
        .update();
  }

  private record Late(UUID session, long child) {}

  /** Computes those that wait, each in a transaction of its own. */
  void compute() {
    List<Late> late =
        jdbc.sql("SELECT session_id, child_id FROM late_sessions ORDER BY since LIMIT :most")
            .param("most", AT_ONCE)
            .query(
                (row, _) ->
                    new Late(row.getObject("session_id", UUID.class), row.getLong("child_id")))
            .list();
    for (var one : late) {
      transaction.executeWithoutResult(_ -> compute(one));
    }
  }

  private void compute(Late late) {
    jdbc.sql("SELECT FROM children WHERE id = :child FOR NO KEY UPDATE")
        .param("child", late.child())
        .query(_ -> {});
    rows.write(
        stored.read(List.of(new SessionId(late.session()))).stream()
            .filter(session -> session.child().value() == late.child())
            .map(StoredSession::computed)
            .flatMap(Optional::stream)
            .toList());
    jdbc.sql("DELETE FROM late_sessions WHERE session_id = :session AND child_id = :child")
        .param("session", late.session())
        .param("child", late.child())
        .update();
    jdbc.sql("SELECT invalidate_children(ARRAY[:child::bigint])")
        .param("child", late.child())
        .query(_ -> {});
  }
}
