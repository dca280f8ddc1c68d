package org.smileadventure.batch.range;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads those children of a partition's range that a statement finds, in the order of their ids,
 * and keeps in the partition's context which one was the last: a restarted run goes on behind the
 * last commit, whatever has become of those before. In one pass: who is found later has their turn
 * in the next run, so that a busy writer cannot keep this one from ending.
 *
 * <p>Spring Batch's own paging reader builds its statement from parts, and counts the rows that it
 * has read to find the page to go on with. These statements join and have two branches, and a
 * restart goes on behind a key.
 */
public final class ChildReader implements ItemStreamReader<ChildId> {
  private static final String LAST_DONE = "lastDoneChild";

  private final JdbcClient jdbc;
  private final String statement;
  private final Map<String, ?> parameters;
  private final int most;
  private final Queue<ChildId> page = new ArrayDeque<>();
  private long lastRead;
  private long lastOfRange;

  /**
   * For one partition.
   *
   * @param statement the next {@code :most} ids after {@code :after} up to {@code :last}, ascending
   * @param parameters others that the statement has
   * @param most children of a chunk: a page is read in the transaction that it is done in
   */
  public ChildReader(JdbcClient jdbc, String statement, Map<String, ?> parameters, int most) {
    this.jdbc = jdbc;
    this.statement = statement;
    this.parameters = parameters;
    this.most = most;
  }

  @Override
  public void open(ExecutionContext context) {
    var range = ChildRange.in(context);
    lastRead = context.getLong(LAST_DONE, range.first() - 1);
    lastOfRange = range.last();
  }

  @Override
  public @Nullable ChildId read() {
    if (page.isEmpty()) {
      jdbc.sql(statement)
          .params(parameters)
          .param("after", lastRead)
          .param("last", lastOfRange)
          .param("most", most)
          .query(
              row -> {
                page.add(new ChildId(row.getLong(1)));
              });
    }
    var child = page.poll();
    if (child != null) {
      lastRead = child.value();
    }
    return child;
  }

  @Override
  public void update(ExecutionContext context) {
    context.putLong(LAST_DONE, lastRead);
  }
}
