package org.smileadventure.batch.remote;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.lock.SessionLock;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Brings to its end what a manager has asked for, once, however often it is asked for and whoever
 * has begun with it.
 *
 * <p>A request comes again if its worker was killed, and also if Kafka believes so of one that
 * lives. Each waits for the one who has the partition: either that one brings it to its end, and
 * nothing is left to do, or it dies, and the partition goes on from its last commit. Were two to
 * run it in spite of that (the lock goes with its connection), then one of them fails to commit, as
 * both would write the same version of the step execution, in the transaction of the chunk.
 */
final class PartitionRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartitionRunner.class);

  /** A partition is run by who holds this lock. */
  private static final String CLAIM = SqlFile.read(PartitionRunner.class, "claim-partition.sql");

  private final DataSource dataSource;
  private final PartitionStates states;
  private final StepLocator steps;
  private final StepExecutionRequestHandler handler;
  private final Duration retryAfter;
  private final CountDownLatch closed = new CountDownLatch(1);

  PartitionRunner(
      DataSource dataSource,
      PartitionStates states,
      StepLocator steps,
      StepExecutionRequestHandler handler,
      Duration retryAfter) {
    this.dataSource = dataSource;
    this.states = states;
    this.steps = steps;
    this.handler = handler;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns whether the partition has ended, however it did. If not, this instance is closing, and
   * the partition is left to another one.
   */
  boolean run(StepExecutionRequest request) throws InterruptedException {
    do {
      try (var _ = SessionLock.take(dataSource, CLAIM, request.getStepExecutionId()).orElse(null)) {
        if (!states.isRunning(request.getStepExecutionId()) || ranToItsEnd(request)) {
          return true;
        }
      } catch (DataAccessException | TransactionException e) {
        log.warn("cannot run {}, and try again: {}", request, e.getMessage());
      }
    } while (!closed.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /** False if the step could not even record how it ended. */
  private boolean ranToItsEnd(StepExecutionRequest request) {
    if (steps.getStep(request.getStepName()) == null) {
      states.fail(
          request.getStepExecutionId(),
          "the worker knows no step '" + request.getStepName() + "'; is it of another release?");
    } else {
      handler.handle(request);
    }
    return !states.isRunning(request.getStepExecutionId());
  }

  /** Begins nothing again. */
  @Override
  public void close() {
    closed.countDown();
  }
}
