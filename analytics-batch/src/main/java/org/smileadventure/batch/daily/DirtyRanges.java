package org.smileadventure.batch.daily;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cuts the children with dirty days into ranges of ids that hold about equally many such days. */
final class DirtyRanges implements Partitioner {
  static final String FIRST_CHILD = "firstChild";
  static final String LAST_CHILD = "lastChild";

  private final JdbcClient jdbc;

  DirtyRanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Range(long first, long last) {}

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    // A range ends before the next one begins, so that no child is in two of them.
    var ranges =
        jdbc.sql(
                """
                SELECT first, coalesce(lead(first) OVER (ORDER BY first) - 1, greatest) AS last
                FROM (SELECT DISTINCT min(child_id) AS first, max(max(child_id)) OVER () AS greatest
                      FROM (SELECT child_id, ntile(:parts) OVER (ORDER BY child_id) AS part
                            FROM dirty_child_days) cut
                      GROUP BY part) cuts
                ORDER BY first
                """)
            .param("parts", gridSize)
            .query((row, _) -> new Range(row.getLong("first"), row.getLong("last")))
            .list();
    var partitions = new LinkedHashMap<String, ExecutionContext>();
    for (var range : ranges) {
      var context = new ExecutionContext();
      context.putLong(FIRST_CHILD, range.first());
      context.putLong(LAST_CHILD, range.last());
      partitions.put("children " + range.first() + " to " + range.last(), context);
    }
    return partitions;
  }
}
