package org.smileadventure.batch.range;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Goes through the children of a partition's range in the order of their ids, and keeps in the
 * partition's context how far it has come.
 */
@Component
public class NextChildren {
  private static final String LAST_DONE = "lastDoneChild";

  private final JdbcClient jdbc;
  private final int most;

  NextChildren(JdbcClient jdbc, BatchProperties properties) {
    this.jdbc = jdbc;
    this.most = properties.children();
  }

  /** The next ones, those after the {@link #done} ones; none: the range is done. */
  public long[] after(ExecutionContext context) {
    return after(context, null);
  }

  /**
   * The next of those of the range that are among these.
   *
   * @param among null: all
   */
  public long[] after(ExecutionContext context, long @Nullable [] among) {
    var range = ChildRange.in(context);
    return jdbc
        .sql(
            """
            SELECT id FROM children
            WHERE id > :after AND id BETWEEN :first AND :last
              AND (:among::bigint[] IS NULL OR id = ANY (:among::bigint[]))
            ORDER BY id LIMIT :most
            """)
        .param("after", context.getLong(LAST_DONE, 0))
        .param("first", range.first())
        .param("last", range.last())
        .param("among", among)
        .param("most", most)
        .query(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** Whether none of the range has been done, in this execution or one before. */
  public boolean isAtTheBeginning(ExecutionContext context) {
    return !context.containsKey(LAST_DONE);
  }

  /**
   * These have been done. To be said last: what a step's context holds is stored also if the step
   * fails, and a restarted run would pass over them.
   */
  public void done(ExecutionContext context, long... children) {
    context.putLong(LAST_DONE, children[children.length - 1]);
  }
}
