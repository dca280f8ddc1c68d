package org.smileadventure.batch.range;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts a step into ranges of children, numbered from 1, by which a restarted run finds them again.
 */
abstract class Ranges implements Partitioner {

  /** At most so many contexts, each with a {@link ChildRange}. No child is in two of them. */
  abstract List<ExecutionContext> cut(int most);

  @Override
  public final Map<String, ExecutionContext> partition(int gridSize) {
    var contexts = cut(gridSize);
    var partitions = new LinkedHashMap<String, ExecutionContext>();
    for (int i = 0; i < contexts.size(); i++) {
      partitions.put(String.valueOf(i + 1), contexts.get(i));
    }
    return partitions;
  }
}
