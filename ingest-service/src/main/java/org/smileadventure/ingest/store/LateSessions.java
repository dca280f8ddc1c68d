package org.smileadventure.ingest.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.store.ActivityRows;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions that are computed later. Long ones of which more comes when their rows are written: to
 * compute all of one again for each event that is late would cost the square of its length; it is
 * done once in a while for all that has come. And those of children that are restricted, with their
 * activities: for as long as a child is, nothing is done with its events.
 */
final class LateSessions {
  /** As many events are read and computed again without a thought. */
  private static final int LONG = 5_000;

  private static final int AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final StoredSessions stored;
  private final SessionRows rows;
  private final ActivityRows activities;

  LateSessions(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.stored = new StoredSessions(jdbc);
    this.rows = new SessionRows(jdbc);
    this.activities = new ActivityRows(jdbc);
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
        jdbc.sql(
                """
                SELECT l.session_id, l.child_id
                FROM late_sessions l
                JOIN children c ON c.id = l.child_id
                WHERE c.restricted_at IS NULL AND c.play_consent
                ORDER BY l.since
                LIMIT :most
                """)
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
    var mayBe =
        jdbc.sql(
                """
                SELECT restricted_at IS NULL AND play_consent FROM children
                WHERE id = :child FOR NO KEY UPDATE
                """)
            .param("child", late.child())
            .query(Boolean.class)
            .optional()
            .orElse(false);
    if (!mayBe) {
      return;
    }
    for (var session : stored.read(List.of(new SessionId(late.session())))) {
      if (session.child().value() == late.child()) {
        rows.write(session.computed().stream().toList());
        activities.write(session.events(), Map.of(session.child(), session.zone()));
      }
    }
    jdbc.sql("DELETE FROM late_sessions WHERE session_id = :session AND child_id = :child")
        .param("session", late.session())
        .param("child", late.child())
        .update();
    jdbc.sql("SELECT invalidate_children(ARRAY[:child::bigint])")
        .param("child", late.child())
        .query(_ -> {});
  }
}
