package org.smileadventure.batch.pack;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.SessionPacking;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Packs the events of those sessions of children that were over, or last changed, so long ago. What
 * comes of one later stands beside it until it is packed again. Whoever writes for these children
 * waits meanwhile; so it is a bounded number of each child's sessions in a night, the first ones
 * first.
 */
final class PackEvents implements ItemWriter<ChildId> {
  private static final String LOCK = SqlFile.read(PackEvents.class, "lock-children.sql");
  private static final String DUE = SqlFile.read(PackEvents.class, "due-sessions.sql");
  private static final String DONE = SqlFile.read(PackEvents.class, "packed-sessions.sql");

  /** A child begins one or two in a day; there are more after a migration of old events. */
  private static final int MOST_OF_A_CHILD = 20;

  private final JdbcClient jdbc;
  private final SessionPacking packing;
  private final Duration packAfter;

  PackEvents(JdbcClient jdbc, Duration packAfter) {
    this.jdbc = jdbc;
    this.packing = new SessionPacking(jdbc);
    this.packAfter = packAfter;
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var due = due(locked(ChildBlocks.ids(chunk.getItems())));
    packing.pack(due);
    jdbc.sql(DONE)
        .param("children", due.stream().mapToLong(key -> key.child().value()).toArray())
        .param("sessions", due.stream().map(key -> key.session().value()).toArray(UUID[]::new))
        .update();
  }

  private long[] locked(long... children) {
    return jdbc.sql(LOCK).param("children", children).query(Long.class).list().stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private List<SessionPacking.Key> due(long... children) {
    return jdbc.sql(DUE)
        .param("children", children)
        .param("pack_after", packAfter.toString())
        .param("most", MOST_OF_A_CHILD)
        .query(
            (row, _) ->
                new SessionPacking.Key(
                    new ChildId(row.getLong("child_id")),
                    new SessionId(row.getObject("session_id", UUID.class))))
        .list();
  }
}
