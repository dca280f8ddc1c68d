package org.smileadventure.batch.daily;

import java.sql.Date;
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

/**
 * Brings the dirty days of a range of children into all summaries, a chunk in each transaction, in
 * one pass along the key: days that become dirty behind it wait for the next run, so that a busy
 * writer cannot keep it from ending.
 *
 * <p>A writer waits at most for the end of a chunk, and only if it marks a day that this chunk has
 * just cleaned. Other runs wait for each other: a block of children is materialised by one
 * transaction at a time, or an earlier snapshot could overwrite what a later one has written.
 */
final class MaterialiseDays implements Tasklet {
  private static final String PEEK = SqlFile.read(MaterialiseDays.class, "peek-dirty.sql");
  private static final String READ = SqlFile.read(MaterialiseDays.class, "read-dirty.sql");
  private static final String CLEAN = SqlFile.read(MaterialiseDays.class, "clean.sql");

  private static final String LAST_DONE_CHILD = "lastDoneChild";
  private static final String LAST_DONE_DAY = "lastDoneDay";

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final int chunk;

  MaterialiseDays(JdbcClient jdbc, ChildBlocks blocks, int chunk) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.chunk = chunk;
  }

  private record ChildDay(long child, Date day) {}

  private record Dirty(long child, Date day, long version) {}

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var context = contribution.getStepExecution().getExecutionContext();
    var window = peek(context);
    if (window.isEmpty()) {
      return RepeatStatus.FINISHED;
    }
    blocks.lock(window.stream().mapToLong(ChildDay::child).toArray());
    var dirty = read(window);
    materialise(dirty);
    clean(dirty);

    var last = window.getLast();
    context.putLong(LAST_DONE_CHILD, last.child());
    context.putString(LAST_DONE_DAY, last.day().toString());
    contribution.incrementWriteCount(dirty.size());
    return RepeatStatus.CONTINUABLE;
  }

  private List<ChildDay> peek(ExecutionContext context) {
    var range = ChildRange.in(context);
    return jdbc.sql(PEEK)
        .param("after_child", context.getLong(LAST_DONE_CHILD, 0))
        .param("after_day", context.getString(LAST_DONE_DAY, "-infinity"))
        .param("first_child", range.first())
        .param("last_child", range.last())
        .param("most", chunk)
        .query((row, _) -> new ChildDay(row.getLong("child_id"), row.getDate("day")))
        .list();
  }

  private List<Dirty> read(List<ChildDay> window) {
    return jdbc.sql(READ)
        .param("children", window.stream().mapToLong(ChildDay::child).toArray())
        .param("days", window.stream().map(d -> d.day().toString()).toArray(String[]::new))
        .query(
            (row, _) ->
                new Dirty(row.getLong("child_id"), row.getDate("day"), row.getLong("version")))
        .list();
  }

  private void materialise(List<Dirty> dirty) {
    jdbc.sql("SELECT materialise_child_days(:children::bigint[], :days::date[], :days::date[])")
        .param("children", dirty.stream().mapToLong(Dirty::child).toArray())
        .param("days", dirty.stream().map(d -> d.day().toString()).toArray(String[]::new))
        .query(_ -> {});
  }

  private void clean(List<Dirty> dirty) {
    jdbc.sql(CLEAN)
        .param("children", dirty.stream().mapToLong(Dirty::child).toArray())
        .param("days", dirty.stream().map(d -> d.day().toString()).toArray(String[]::new))
        .param("versions", dirty.stream().mapToLong(Dirty::version).toArray())
        .update();
  }
}
