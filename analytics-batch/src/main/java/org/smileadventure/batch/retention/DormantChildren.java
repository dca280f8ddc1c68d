package org.smileadventure.batch.retention;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is kept of children from when they last played, some of them in each transaction. One that
 * somebody is just writing for has begun to play again.
 */
final class DormantChildren implements Rule {
  private static final String NEXT = SqlFile.read(DormantChildren.class, "dormant-children.sql");
  private static final String LOCK = SqlFile.read(DormantChildren.class, "lock-children.sql");
  private static final String LAST = "lastChild";
  private static final int AT_ONCE = 50;

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final String policy;
  private final boolean notesOnly;
  private final String forget;

  private DormantChildren(
      JdbcClient jdbc, ChildBlocks blocks, String policy, boolean notesOnly, String forget) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.policy = policy;
    this.notesOnly = notesOnly;
    this.forget = SqlFile.read(DormantChildren.class, forget);
  }

  /** Their sessions, activities and summaries. */
  static DormantChildren play(JdbcClient jdbc, ChildBlocks blocks) {
    return new DormantChildren(jdbc, blocks, "play", false, "forget-play.sql");
  }

  /** What was said of their sessions. */
  static DormantChildren notes(JdbcClient jdbc, ChildBlocks blocks) {
    return new DormantChildren(jdbc, blocks, "notes", true, "forget-notes.sql");
  }

  @Override
  public String policy() {
    return policy;
  }

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var found = dormant(now, kept, context.getLong(LAST, 0), null);
    if (found.isEmpty()) {
      return new Part(0, false);
    }
    context.putLong(LAST, found.getLast());
    // As whoever computes them, and then as ingest.
    blocks.lock(found.stream().map(ChildId::new).toList());
    var locked =
        jdbc.sql(LOCK).param("children", ids(found)).query((row, _) -> row.getLong(1)).list();
    var still = dormant(now, kept, 0, ids(locked));
    return new Part(still.isEmpty() ? 0 : forget(ids(still)), found.size() == AT_ONCE);
  }

  private List<Long> dormant(Instant now, String kept, long after, long @Nullable [] among) {
    return jdbc.sql(NEXT)
        .param("now", now.toString())
        .param("kept", kept)
        .param("after", after)
        .param("among", among, Types.ARRAY)
        .param("notes", notesOnly)
        .param("most", AT_ONCE)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private long forget(long... children) {
    return jdbc.sql(forget).param("children", children).query((row, _) -> row.getLong(1)).single();
  }

  private static long[] ids(List<Long> children) {
    return children.stream().mapToLong(Long::longValue).toArray();
  }
}
