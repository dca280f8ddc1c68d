package org.smileadventure.batch.range;

import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Neighbours from a few places among all children, others each time. */
public final class SomeChildren extends Ranges {
  private static final String CUT = SqlFile.read(SomeChildren.class, "some-children.sql");
  private static final int NEIGHBOURS = 100;

  private final JdbcClient jdbc;

  public SomeChildren(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  List<ExecutionContext> cut(int most) {
    return jdbc.sql(CUT)
        .param("neighbours", NEIGHBOURS)
        .param("places", most)
        .query(
            (row, _) ->
                new ChildRange(row.getLong("first"), row.getLong("last"))
                    .context(row.getLong("planned")))
        .list();
  }
}
