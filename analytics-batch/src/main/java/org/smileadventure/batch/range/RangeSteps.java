package org.smileadventure.batch.range;

import org.smileadventure.batch.remote.PartitionHandlers;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Steps whose work is cut into ranges of children, each of which is a partition of its own. */
@Component
public class RangeSteps {
  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final PartitionHandlers handlers;
  private final int partitions;

  RangeSteps(
      JobRepository repository,
      PlatformTransactionManager transactions,
      PartitionHandlers handlers,
      BatchProperties properties) {
    this.repository = repository;
    this.transactions = transactions;
    this.handlers = handlers;
    this.partitions = properties.partitions();
  }

  /**
   * A step that does this for each of these ranges.
   *
   * @param perRange does a part of its {@link ChildRange} with each call, in a transaction; what it
   *     leaves in the context of its step execution is there when it goes on after a crash
   */
  public Step of(String name, Partitioner ranges, Tasklet perRange) {
    var range =
        new StepBuilder(name + "-of-range", repository).tasklet(perRange, transactions).build();
    return new StepBuilder(name, repository)
        .partitioner(range.getName(), ranges)
        .splitter(new RangeSplitter(range.getName(), ranges, repository))
        .partitionHandler(handlers.of(range, partitions))
        .build();
  }
}
