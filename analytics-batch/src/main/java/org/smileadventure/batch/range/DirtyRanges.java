package org.smileadventure.batch.range;

import java.util.LinkedHashMap;
import java.util.Map;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cuts the children with work to do into ranges of ids that hold about equally much of it. */
public final class DirtyRanges implements Partitioner {
  private static final String CUT = SqlFile.read(DirtyRanges.class, "cut-ranges.sql");

  private final JdbcClient jdbc;
  private final Work work;

  /** What is to be done: for each dirty day, or for each child whose windows are dirty. */
  public enum Work {
    DAYS,
    WINDOWS
  }

  public DirtyRanges(JdbcClient jdbc, Work work) {
    this.jdbc = jdbc;
    this.work = work;
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    var ranges =
        jdbc.sql(CUT)
            .param("parts", gridSize)
            .param("work", work.name())
            .query((row, _) -> new ChildRange(row.getLong("first"), row.getLong("last")))
            .list();
    var partitions = new LinkedHashMap<String, ExecutionContext>();
    for (var range : ranges) {
      partitions.put(range.toString(), range.context());
    }
    return partitions;
  }
}
