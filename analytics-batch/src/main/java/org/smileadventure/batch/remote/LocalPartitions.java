package org.smileadventure.batch.remote;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.TaskExecutor;

/** Runs partitions in threads of this instance. */
final class LocalPartitions implements PartitionHandlers {
  private final TaskExecutor threads;

  LocalPartitions(TaskExecutor threads) {
    this.threads = threads;
  }

  @Override
  public PartitionHandler of(Step partition, int most) {
    var handler = new TaskExecutorPartitionHandler();
    handler.setTaskExecutor(threads);
    handler.setStep(partition);
    handler.setGridSize(most);
    return handler;
  }
}
