package org.smileadventure.batch.daily;

import java.util.stream.LongStream;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.batch.range.NextChildren;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Summarises days again, whether they are dirty or not: all days of the children of a range, or
 * those from one day to another, some children in each transaction. The rule for dirty days is the
 * same as every night.
 */
final class RebuildDays implements Tasklet {
  private final JdbcClient jdbc;
  private final NextChildren nextChildren;
  private final DirtyLog log;
  private final ChildBlocks blocks;

  RebuildDays(JdbcClient jdbc, NextChildren nextChildren, DirtyLog log, ChildBlocks blocks) {
    this.jdbc = jdbc;
    this.nextChildren = nextChildren;
    this.log = log;
    this.blocks = blocks;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var step = contribution.getStepExecution();
    var named = BackfillJob.children(step.getJobParameters());
    if (named != null && nextChildren.isAtTheBeginning(step.getExecutionContext())) {
      plan(named, step.getExecutionContext());
    }
    var children = nextChildren.after(step.getExecutionContext(), named);
    if (children.length == 0) {
      return RepeatStatus.FINISHED;
    }
    blocks.lock(children);
    var first = day(step.getJobParameters(), BackfillJob.FROM, "-infinity");
    var last = day(step.getJobParameters(), BackfillJob.TO, "infinity");
    var dirty = log.read(children, first, last);
    materialise(children, first, last);
    log.clean(dirty);
    nextChildren.done(step.getExecutionContext(), children);
    contribution.incrementWriteCount(children.length);
    return RepeatStatus.CONTINUABLE;
  }

  /** The range was cut before anybody knew that only some of its children are meant. */
  private static void plan(long[] named, ExecutionContext context) {
    var range = ChildRange.in(context);
    context.putLong(
        ChildRange.PLANNED,
        LongStream.of(named).filter(id -> range.first() <= id && id <= range.last()).count());
  }

  private static String day(JobParameters parameters, String name, String unbounded) {
    var day = parameters.getLocalDate(name);
    return day == null ? unbounded : day.toString();
  }

  private void materialise(long[] children, String first, String last) {
    jdbc.sql(
            """
            SELECT materialise_child_days(
              :children,
              array_fill(:first::date, ARRAY[cardinality(:children)]),
              array_fill(:last::date, ARRAY[cardinality(:children)]))
            """)
        .param("children", children)
        .param("first", first)
        .param("last", last)
        .query(_ -> {});
    jdbc.sql("SELECT total_children(:children)").param("children", children).query(_ -> {});
  }
}
