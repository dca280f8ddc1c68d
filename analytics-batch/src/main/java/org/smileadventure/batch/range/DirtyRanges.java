package org.smileadventure.batch.range;

import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The children with work to do, in ranges that hold about equally much of it, and whole {@link
 * ChildBlocks}, if there are enough of these.
 */
public final class DirtyRanges extends Ranges {
  private static final String CUT = SqlFile.read(DirtyRanges.class, "cut-ranges.sql");

  private final JdbcClient jdbc;
  private final Work work;

  /** What is to be done: for each dirty month, or for each child whose windows are dirty. */
  public enum Work {
    MONTHS,
    WINDOWS
  }

  public DirtyRanges(JdbcClient jdbc, Work work) {
    this.jdbc = jdbc;
    this.work = work;
  }

  @Override
  List<ExecutionContext> cut(int most) {
    return jdbc.sql(CUT)
        .param("parts", most)
        .param("size", ChildBlocks.SIZE)
        .param("work", work.name())
        .query(
            (row, _) ->
                new ChildRange(row.getLong("first"), row.getLong("last"))
                    .context(row.getLong("planned")))
        .list();
  }
}
