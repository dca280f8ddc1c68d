package org.smileadventure.batch.daily;

import java.util.List;
import org.smileadventure.batch.daily.DirtyLog.ChildDay;
import org.smileadventure.batch.daily.DirtyLog.DirtyDay;
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
 * just cleaned.
 */
final class MaterialiseDays implements Tasklet {
  private static final String PEEK = SqlFile.read(MaterialiseDays.class, "peek-dirty.sql");

  private static final String LAST_DONE_CHILD = "lastDoneChild";
  private static final String LAST_DONE_DAY = "lastDoneDay";

  private final JdbcClient jdbc;
  private final DirtyLog log;
  private final ChildBlocks blocks;
  private final int chunk;

  MaterialiseDays(JdbcClient jdbc, DirtyLog log, ChildBlocks blocks, int chunk) {
    this.jdbc = jdbc;
    this.log = log;
    this.blocks = blocks;
    this.chunk = chunk;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var context = contribution.getStepExecution().getExecutionContext();
    var window = peek(context);
    if (window.isEmpty()) {
      return RepeatStatus.FINISHED;
    }
    blocks.lock(ChildDay.children(window));
    var dirty = log.read(window);
    materialise(dirty.stream().map(DirtyDay::of).toList());
    log.clean(dirty);

    var last = window.getLast();
    context.putLong(LAST_DONE_CHILD, last.child());
    context.putString(LAST_DONE_DAY, last.day().toString());
    contribution.incrementWriteCount(dirty.size());
    return RepeatStatus.continueIf(window.size() == chunk);
  }

  private List<ChildDay> peek(ExecutionContext context) {
    var range = ChildRange.in(context);
    return jdbc.sql(PEEK)
        .param("after_child", context.getLong(LAST_DONE_CHILD, 0))
        .param("after_day", context.getString(LAST_DONE_DAY, "-infinity"))
        .param("first_child", range.first())
        .param("last_child", range.last())
        .param("most", chunk)
        .query((row, _) -> ChildDay.in(row))
        .list();
  }

  private void materialise(List<ChildDay> days) {
    jdbc.sql("SELECT materialise_child_days(:children::bigint[], :days::date[], :days::date[])")
        .param("children", ChildDay.children(days))
        .param("days", ChildDay.days(days))
        .query(_ -> {});
  }
}
