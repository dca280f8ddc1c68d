package org.smileadventure.batch.windows;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes the windows of the children of a range whose days have changed, or for whom the calendar
 * has, some children in each transaction, in one pass along the key. What a child's cached answers
 * say of it goes when its figures have changed.
 *
 * <p>The window of all days is not among them: it would take as long as the child's history is, for
 * each day that is added to it. It is merged when it is asked for.
 */
final class ComputeWindows implements Tasklet {
  private static final String PEEK = SqlFile.read(ComputeWindows.class, "peek-dirty.sql");
  private static final String READ = SqlFile.read(ComputeWindows.class, "read-dirty.sql");
  private static final String MOMENTS = SqlFile.read(ComputeWindows.class, "moments.sql");
  private static final String STORE = SqlFile.read(ComputeWindows.class, "store.sql");
  private static final String CLEAN = SqlFile.read(ComputeWindows.class, "clean.sql");
  private static final String LAST_DONE_CHILD = "lastDoneChild";

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final JsonMapper json;
  private final InstantSource clock;
  private final int chunk;

  ComputeWindows(
      JdbcClient jdbc, ChildBlocks blocks, JsonMapper json, InstantSource clock, int chunk) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.json = json;
    this.clock = clock;
    this.chunk = chunk;
  }

  private record Dirty(long child, long version) {}

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var context = contribution.getStepExecution().getExecutionContext();
    var children = peek(context);
    if (children.length == 0) {
      return RepeatStatus.FINISHED;
    }
    blocks.lock(children);
    var dirty = read(children);
    var now = clock.instant();
    invalidate(store(compute(dirty, now), now));
    clean(dirty);

    context.putLong(LAST_DONE_CHILD, children[children.length - 1]);
    contribution.incrementWriteCount(dirty.size());
    return RepeatStatus.continueIf(children.length == chunk);
  }

  private long[] peek(ExecutionContext context) {
    var range = ChildRange.in(context);
    return jdbc
        .sql(PEEK)
        .param("after_child", context.getLong(LAST_DONE_CHILD, 0))
        .param("first_child", range.first())
        .param("last_child", range.last())
        .param("most", chunk)
        .query(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private List<Dirty> read(long[] children) {
    return jdbc.sql(READ)
        .param("children", children)
        .query((row, _) -> new Dirty(row.getLong("child_id"), row.getLong("version")))
        .list();
  }

  private List<ChildWindow> compute(List<Dirty> dirty, Instant now) {
    if (dirty.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(MOMENTS)
        .param("now", now.toString())
        .param("children", dirty.stream().mapToLong(Dirty::child).toArray())
        .param("days", ChildWindow.days())
        .query((row, _) -> ChildWindow.in(row))
        .list();
  }

  private record Stored(long child, boolean changed) {}

  private long[] store(List<ChildWindow> windows, Instant now) {
    return jdbc
        .sql(STORE)
        .param("now", now.toString())
        .param("children", ChildWindow.children(windows))
        .param("windows", ChildWindow.texts(windows, w -> w.window().wireName()))
        .param("firsts", ChildWindow.texts(windows, ChildWindow::first))
        .param("lasts", ChildWindow.texts(windows, ChildWindow::last))
        .param("due", ChildWindow.texts(windows, ChildWindow::dueOn))
        .param("figures", ChildWindow.texts(windows, w -> w.figures(json)))
        .query((row, _) -> new Stored(row.getLong("child_id"), row.getBoolean("changed")))
        .list()
        .stream()
        .filter(Stored::changed)
        .mapToLong(Stored::child)
        .distinct()
        .toArray();
  }

  private void invalidate(long[] children) {
    jdbc.sql("SELECT invalidate_children(:children)").param("children", children).query(_ -> {});
  }

  private void clean(List<Dirty> dirty) {
    jdbc.sql(CLEAN)
        .param("children", dirty.stream().mapToLong(Dirty::child).toArray())
        .param("versions", dirty.stream().mapToLong(Dirty::version).toArray())
        .update();
  }
}
