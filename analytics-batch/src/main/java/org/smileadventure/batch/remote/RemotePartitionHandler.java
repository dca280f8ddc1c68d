package org.smileadventure.batch.remote;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Asks for partitions over Kafka, and waits until the job repository says that each has ended.
 *
 * <p>Workers do not reply. Who waits for replies loses count of them when it is killed: its
 * successor knows neither those that came before nor whom the late ones are for, and the job never
 * ends (spring-batch issue 4011). The job repository outlives them all. It is asked here in one
 * query, where Spring's {@code MessageChannelPartitionHandler} reads the whole execution; and that
 * one cannot be stopped while no worker is there.
 *
 * <p>A request is in Kafka from before the wait until its partition has ended, so what a killed
 * worker had in hand comes to another one by itself. If the manager is killed, workers go on with
 * what was asked for; a restart asks only for what has not been completed.
 */
final class RemotePartitionHandler extends AbstractPartitionHandler {
  private static final Logger log = LoggerFactory.getLogger(RemotePartitionHandler.class);

  private final String step;
  private final PartitionRequests requests;
  private final PartitionStates states;
  private final Duration pollEvery;

  RemotePartitionHandler(
      String step, PartitionRequests requests, PartitionStates states, Duration pollEvery) {
    this.step = step;
    this.requests = requests;
    this.states = states;
    this.pollEvery = pollEvery;
  }

  @Override
  protected Set<StepExecution> doHandle(
      StepExecution managerStepExecution, Set<StepExecution> partitions) throws Exception {
    var ids = partitions.stream().map(StepExecution::getId).collect(toSet());
    try {
      requests.send(step, partitions);
      while (!ended(ids)) {
        Thread.sleep(pollEvery);
      }
    } catch (Exception e) {
      // Nobody waits for them any more: what a worker goes on to do would be done again.
      ids.forEach(id -> states.fail(id, "given up by its manager: " + e));
      throw e;
    }
    return states.load(ids);
  }

  private boolean ended(Set<Long> ids) {
    try {
      var progress = states.progress(ids);
      if (progress.stopping()) {
        // Workers stop what they have begun. What nobody has begun stops here: there may be no
        // worker.
        ids.forEach(states::stopUnlessBegun);
      }
      return progress.running() == 0;
    } catch (DataAccessException | TransactionException e) {
      log.warn("cannot see how the partitions of {} do, and look again: {}", step, e.getMessage());
      return false;
    }
  }
}
