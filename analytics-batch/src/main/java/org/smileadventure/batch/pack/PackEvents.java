package org.smileadventure.batch.pack;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
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
 * first. A session that cannot be read is counted, and keeps no other one from being packed.
 */
final class PackEvents implements ItemWriter<ChildId> {
  private static final String LOCK = SqlFile.read(PackEvents.class, "lock-children.sql");
  private static final String DUE = SqlFile.read(PackEvents.class, "due-sessions.sql");
  private static final String DONE = SqlFile.read(PackEvents.class, "packed-sessions.sql");
  private static final String LATER = SqlFile.read(PackEvents.class, "unreadable-sessions.sql");

  /** A child begins one or two in a day; there are more after a migration of old events. */
  private static final int MOST_OF_A_CHILD = 20;

  private final JdbcClient jdbc;
  private final SessionPacking packing;
  private final Duration packAfter;
  private final Counter notPacked;

  PackEvents(JdbcClient jdbc, Duration packAfter, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.packing = new SessionPacking(jdbc);
    this.packAfter = packAfter;
    this.notPacked = meters.counter("smile.batch.sessions.not.packed");
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var due = due(locked(ChildBlocks.ids(chunk.getItems())));
    var unreadable = packing.pack(due).unreadable();
    var done = new LinkedHashSet<>(due);
    done.removeAll(unreadable);
    mark(DONE, done);
    mark(LATER, unreadable);
    notPacked.increment(unreadable.size());
  }

  private void mark(String sql, Collection<SessionPacking.Key> sessions) {
    if (!sessions.isEmpty()) {
      jdbc.sql(sql)
          .param("children", sessions.stream().mapToLong(key -> key.child().value()).toArray())
          .param(
              "sessions", sessions.stream().map(key -> key.session().value()).toArray(UUID[]::new))
          .update();
    }
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
