package org.smileadventure.batch.range;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.batch.core.partition.PartitionNameProvider;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts a step into ranges of children, once for each run: a run that is restarted finds its
 * partitions again by their numbers, and takes up those that were not completed.
 */
abstract class Ranges implements Partitioner, PartitionNameProvider {

  /** At most so many contexts, each with a {@link ChildRange}. No child is in two of them. */
  abstract List<ExecutionContext> cut(int most);

  @Override
  public final Map<String, ExecutionContext> partition(int gridSize) {
    var contexts = cut(gridSize);
    var partitions = new LinkedHashMap<String, ExecutionContext>();
    for (int i = 0; i < contexts.size(); i++) {
      partitions.put(name(i), contexts.get(i));
    }
    return partitions;
  }

  @Override
  public final List<String> getPartitionNames(int gridSize) {
    return IntStream.range(0, gridSize).mapToObj(Ranges::name).toList();
  }

  private static String name(int partition) {
    return String.valueOf(partition + 1);
  }
}
