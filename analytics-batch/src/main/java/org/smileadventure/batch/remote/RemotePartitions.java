package org.smileadventure.batch.remote;

import java.time.Duration;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;

/** Has workers run partitions. */
final class RemotePartitions implements PartitionHandlers {
  private final PartitionRequests requests;
  private final PartitionStates states;
  private final Duration pollEvery;

  RemotePartitions(PartitionRequests requests, PartitionStates states, Duration pollEvery) {
    this.requests = requests;
    this.states = states;
    this.pollEvery = pollEvery;
  }

  @Override
  public PartitionHandler of(Step partition, int most) {
    var handler = new RemotePartitionHandler(partition.getName(), requests, states, pollEvery);
    handler.setGridSize(most);
    return handler;
  }
}
