package org.smileadventure.batch.range;

import org.smileadventure.common.event.ChildId;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.FatalStepExecutionException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.PlatformTransactionManager;

/** Does something for children, a chunk of them in each transaction. */
final class ChildStep extends ChunkOrientedStep<ChildId, ChildId> {

  ChildStep(
      String name,
      int chunk,
      ItemReader<ChildId> children,
      ItemWriter<ChildId> perChunk,
      JobRepository repository,
      PlatformTransactionManager transactions) {
    super(name, chunk, children, perChunk, repository);
    setTransactionManager(transactions);
    // By default a step completes when its thread is interrupted, as if it had done all its work.
    // A stop that is asked for is seen without a policy.
    setInterruptionPolicy(_ -> {});
  }

  /** Fails for the reason that there is; the wrapper around it fills the run's exit message. */
  @Override
  protected void doExecute(StepExecution stepExecution) throws Exception {
    try {
      super.doExecute(stepExecution);
    } catch (FatalStepExecutionException e) {
      throw e.getCause() instanceof Exception reason ? reason : e;
    }
  }
}
