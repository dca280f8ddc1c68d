package org.smileadventure.batch.sessions;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Closes, as abandoned at their last event, those sessions of children of which nothing was heard
 * for long, by the server's clock; marks their months, and has the children's cached answers
 * invalidated. What arrives of them later is computed in, and an end that was only late takes the
 * place of the silence.
 */
final class CloseSilentSessions implements ItemWriter<ChildId> {
  private static final String LOCK = SqlFile.read(CloseSilentSessions.class, "lock-children.sql");
  private static final String SILENT =
      SqlFile.read(CloseSilentSessions.class, "silent-sessions.sql");
  private static final String FORGOTTEN =
      SqlFile.read(CloseSilentSessions.class, "close-forgotten.sql");

  private final JdbcClient jdbc;
  private final StoredSessions stored;
  private final SessionRows rows;
  private final Duration silentFor;

  CloseSilentSessions(JdbcClient jdbc, Duration silentFor) {
    this.jdbc = jdbc;
    this.stored = new StoredSessions(jdbc);
    this.rows = new SessionRows(jdbc);
    this.silentFor = silentFor;
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var children = locked(ChildBlocks.ids(chunk.getItems()));
    jdbc.sql(FORGOTTEN)
        .param("children", children)
        .param("silent_for", silentFor.toString())
        .query(_ -> {});
    var silent = silent(children);
    var closed =
        stored.read(silent.stream().map(OfChild::session).toList()).stream()
            // Another child may have a session of the same id, and be heard of.
            .filter(session -> silent.contains(new OfChild(session.id(), session.child())))
            .map(CloseSilentSessions::closed)
            .flatMap(Optional::stream)
            .toList();
    rows.write(closed);
    jdbc.sql("SELECT invalidate_children(:children)")
        .param("children", ChildBlocks.ids(closed.stream().map(s -> s.figures().child()).toList()))
        .query(_ -> {});
  }

  private long[] locked(long... children) {
    return jdbc.sql(LOCK).param("children", children).query(Long.class).list().stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private record OfChild(SessionId session, ChildId child) {}

  private Set<OfChild> silent(long... children) {
    return jdbc.sql(SILENT)
        .param("children", children)
        .param("silent_for", silentFor.toString())
        .query(
            (row, _) ->
                new OfChild(
                    new SessionId(row.getObject("id", UUID.class)),
                    new ChildId(row.getLong("child_id"))))
        .set();
  }

  private static Optional<Session> closed(StoredSession session) {
    return SessionFold.of(session.events(), session.rating(), session.zone(), true);
  }
}
