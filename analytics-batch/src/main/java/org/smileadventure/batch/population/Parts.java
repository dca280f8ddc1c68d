package org.smileadventure.batch.population;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.IntSupplier;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Parts of a step, of which none needs another one: each is a partition, in a transaction of its
 * own.
 *
 * @param work by the name of the part, in the order in which they begin; returns how many rows it
 *     wrote
 */
record Parts(SequencedMap<String, IntSupplier> work, JdbcClient jdbc)
    implements Partitioner, Tasklet {
  private static final String PART = "part";

  /** As many as there are, however many partitions a step of ranges is cut into. */
  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    var partitions = new LinkedHashMap<String, ExecutionContext>();
    for (var name : work.keySet()) {
      var context = new ExecutionContext();
      context.putString(PART, name);
      partitions.put(name, context);
    }
    return partitions;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var part = contribution.getStepExecution().getExecutionContext().getString(PART);
    contribution.incrementWriteCount(run(part));
    return RepeatStatus.FINISHED;
  }

  /** In the caller's transaction. Returns how many rows were written. */
  int run(String part) {
    // Over all children: with millions of them a statement takes what time it needs, and who waits
    // for one waits as long.
    jdbc.sql("SET LOCAL statement_timeout = 0").update();
    jdbc.sql("SET LOCAL lock_timeout = 0").update();
    return Objects.requireNonNull(work.get(part), part).getAsInt();
  }
}
