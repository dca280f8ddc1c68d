package org.smileadventure.batch.remote;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepLocator;

/** The steps that a worker can be asked for, by name. It runs no job, and so partitions nothing. */
final class WorkerSteps implements PartitionHandlers, StepLocator {
  private final Map<String, Step> steps = new ConcurrentHashMap<>();

  @Override
  public PartitionHandler of(Step partition, int most) {
    if (steps.putIfAbsent(partition.getName(), partition) != null) {
      throw new IllegalStateException(
          "there are two steps '" + partition.getName() + "'; a request could mean either");
    }
    return (_, _) -> {
      throw new IllegalStateException(
          "this instance is a worker; run jobs where smile.batch.role is manager or local");
    };
  }

  @Override
  public @Nullable Step getStep(String name) {
    return steps.get(name);
  }
}
