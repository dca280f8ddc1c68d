package org.smileadventure.batch.reconcile;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.NextChildren;
import org.smileadventure.batch.windows.StoredWindows;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what is summarised of the children of a range against its definition, and fails on the
 * first children of whom anything differs. It changes nothing: what made the difference would stay
 * unknown.
 */
final class Reconcile implements Tasklet {
  private static final Logger log = LoggerFactory.getLogger(Reconcile.class);
  private static final int LISTED = 20;

  private final JdbcClient jdbc;
  private final NextChildren nextChildren;
  private final ChildBlocks blocks;
  private final StoredWindows windows;

  Reconcile(JdbcClient jdbc, NextChildren nextChildren, ChildBlocks blocks, StoredWindows windows) {
    this.jdbc = jdbc;
    this.nextChildren = nextChildren;
    this.blocks = blocks;
    this.windows = windows;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var context = contribution.getStepExecution().getExecutionContext();
    var children = nextChildren.after(context);
    if (children.length == 0) {
      return RepeatStatus.FINISHED;
    }
    // A night's run that is at these children just now would look like a difference.
    blocks.lock(children);
    var differences =
        Stream.concat(
                ofDays(children[0], children[children.length - 1]).stream(),
                windows.differences(children).stream())
            .limit(LISTED)
            .toList();
    if (!differences.isEmpty()) {
      differences.forEach(difference -> log.error("a summary differs: {}", difference));
      throw new SummaryDiffersException(differences);
    }
    nextChildren.done(context, children);
    contribution.incrementWriteCount(children.length);
    return RepeatStatus.CONTINUABLE;
  }

  private List<String> ofDays(long first, long last) {
    return jdbc.sql(
            """
            SELECT format('%s of child %s on %s', summary, child_id, day)
            FROM summary_differences(:first, :last, :listed)
            UNION ALL
            SELECT format('child_total of child %s', child_id)
            FROM total_differences(:first, :last, :listed) AS child_id
            """)
        .param("first", first)
        .param("last", last)
        .param("listed", LISTED)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
