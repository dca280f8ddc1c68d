package org.smileadventure.batch.reconcile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds sessions against their events, those that are kept. */
final class SessionsFromEvents {
  private final JdbcClient jdbc;
  private final StoredSessions stored;
  private final SessionRows rows;

  SessionsFromEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.stored = new StoredSessions(jdbc);
    this.rows = new SessionRows(jdbc);
  }

  /** Up to 20 sessions of these children that are not what their events say. */
  List<String> differences(Collection<? extends ChildId> children) {
    var different = differences(sessions(ChildBlocks.ids(children)));
    if (different.isEmpty()) {
      return different;
    }
    // A writer may have committed after the events were read, and before the rows were.
    // Under its own lock there is none in between.
    jdbc.sql("SELECT FROM children WHERE id = ANY (:children) ORDER BY id FOR NO KEY UPDATE")
        .param("children", ChildBlocks.ids(children))
        .query(_ -> {});
    return differences(sessions(ChildBlocks.ids(children)));
  }

  private List<String> differences(List<SessionId> sessions) {
    return rows.differences(
        stored.read(sessions).stream()
            .map(StoredSession::computed)
            .flatMap(Optional::stream)
            .toList());
  }

  private List<SessionId> sessions(long... children) {
    return jdbc.sql(
            """
            SELECT id FROM game_sessions g
            WHERE child_id = ANY (:children::bigint[])
              AND NOT EXISTS (SELECT FROM late_sessions l WHERE l.session_id = g.id AND l.child_id = g.child_id)
            """)
        .param("children", children)
        .query((row, _) -> new SessionId(row.getObject("id", UUID.class)))
        .list();
  }
}
