package org.smileadventure.batch.range;

import java.util.List;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Neighbours from a few places among all children, others each time. */
public final class SomeChildren extends Ranges {
  private static final int NEIGHBOURS = 100;

  private final JdbcClient jdbc;

  public SomeChildren(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  List<ExecutionContext> cut(int most) {
    return jdbc.sql(
            """
            WITH ends AS (SELECT min(id) AS first, max(id) AS last FROM children)
            SELECT first, coalesce(least(lead(first) OVER (ORDER BY first), first + :neighbours), first + :neighbours) - 1 AS last
            FROM (
              SELECT DISTINCT e.first + floor(random() * (e.last - e.first + 1))::bigint AS first
              FROM ends e, generate_series(1, :places)
              WHERE e.first IS NOT NULL
            ) places
            ORDER BY first
            """)
        .param("neighbours", NEIGHBOURS)
        .param("places", most)
        .query((row, _) -> new ChildRange(row.getLong("first"), row.getLong("last")).context())
        .list();
  }
}
