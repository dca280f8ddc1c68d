package org.smileadventure.batch.remote;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;

/** Where the partitions of a step run: here in threads, or wherever there is a worker. */
public interface PartitionHandlers {

  /**
   * A handler for the partitions of one step. To be asked for by every instance, whatever its role,
   * and before it has started: that is how a worker learns which steps there are.
   *
   * @param partition what is done for each of them; workers find it by its name
   * @param most so many ranges of children the step is to be cut into
   */
  PartitionHandler of(Step partition, int most);
}
