package org.smileadventure.batch.range;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.remote.PartitionHandlers;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Steps whose work is cut into parts, most of them ranges of children; each is a partition of its
 * own.
 */
@Component
public class RangeSteps {
  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final PartitionHandlers handlers;
  private final BatchProperties properties;
  private final MeterRegistry meters;

  RangeSteps(
      JobRepository repository,
      PlatformTransactionManager transactions,
      PartitionHandlers handlers,
      BatchProperties properties,
      MeterRegistry meters) {
    this.repository = repository;
    this.transactions = transactions;
    this.handlers = handlers;
    this.properties = properties;
    this.meters = meters;
  }

  /**
   * A step that does this for the children of each of these ranges, a chunk in each transaction. A
   * child whose data makes it fail is left out, and counted.
   *
   * @param children a {@link ChildReader} in the scope of the step
   */
  public Step of(
      String name, Partitioner ranges, ItemReader<ChildId> children, ItemWriter<ChildId> perChunk) {
    return of(name, properties.children(), ranges, children, perChunk);
  }

  /**
   * The same with chunks of another size.
   *
   * @param chunk how many children
   */
  public Step of(
      String name,
      int chunk,
      Partitioner ranges,
      ItemReader<ChildId> children,
      ItemWriter<ChildId> perChunk) {
    return step(
        name,
        chunk,
        ranges,
        children,
        new OneByOne(name, perChunk, transactions, meters),
        transactions,
        null);
  }

  /**
   * The same, of which any failure is one of the step.
   *
   * @param ofEachRange is told when a range has begun and ended, on the machine that did it
   */
  public Step strict(
      String name,
      Partitioner ranges,
      ItemReader<ChildId> children,
      ItemWriter<ChildId> perChunk,
      StepExecutionListener ofEachRange) {
    return step(name, properties.children(), ranges, children, perChunk, transactions, ofEachRange);
  }

  /**
   * The same in no transaction, for what waits for somebody else than the database. How far it is
   * is kept after each chunk.
   */
  public Step outsideTransactions(
      String name, Partitioner ranges, ItemReader<ChildId> children, ItemWriter<ChildId> perChunk) {
    return step(
        name,
        properties.children(),
        ranges,
        children,
        perChunk,
        new ResourcelessTransactionManager(),
        null);
  }

  private Step step(
      String name,
      int chunk,
      Partitioner ranges,
      ItemReader<ChildId> children,
      ItemWriter<ChildId> perChunk,
      PlatformTransactionManager transactionsOfChunks,
      @Nullable StepExecutionListener ofEachRange) {
    var range =
        new ChildStep(
            nameOfRange(name), chunk, children, perChunk, repository, transactionsOfChunks);
    if (ofEachRange != null) {
      range.registerStepExecutionListener(ofEachRange);
    }
    try {
      range.afterPropertiesSet();
    } catch (Exception e) {
      throw new IllegalStateException("the step " + name + " lacks something", e);
    }
    return partitioned(name, ranges, range);
  }

  /**
   * A step that does this for each of these parts.
   *
   * @param perPart does some of it with each call, in a transaction; what it leaves in the context
   *     of its step execution is there when it goes on after a crash
   */
  public Step of(String name, Partitioner parts, Tasklet perPart) {
    return partitioned(
        name,
        parts,
        new StepBuilder(nameOfRange(name), repository).tasklet(perPart, transactions).build());
  }

  private static String nameOfRange(String name) {
    return name + "-of-range";
  }

  private Step partitioned(String name, Partitioner ranges, Step range) {
    return new StepBuilder(name, repository)
        .partitioner(range.getName(), ranges)
        .splitter(new RangeSplitter(range.getName(), ranges, repository))
        .partitionHandler(handlers.of(range, properties.partitions()))
        .build();
  }
}
