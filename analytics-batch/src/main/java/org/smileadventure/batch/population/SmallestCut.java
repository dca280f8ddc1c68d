package org.smileadventure.batch.population;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.StoerWagnerMinimumCut;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.AsSubgraph;

/**
 * The smallest cut of a weighted graph that cuts anything: parts that are not connected are none.
 *
 * @param side the nodes on one side of it
 */
record SmallestCut<V>(Set<V> side, long weight) {

  /** Empty if no two nodes are connected. */
  static <V, E> Optional<SmallestCut<V>> of(Graph<V, E> graph) {
    return new ConnectivityInspector<>(graph)
        .connectedSets().stream()
            .filter(part -> part.size() > 1)
            .map(part -> new StoerWagnerMinimumCut<>(new AsSubgraph<>(graph, part)))
            .map(cut -> new SmallestCut<>(cut.minCut(), Math.round(cut.minCutWeight())))
            .min(Comparator.comparingLong(SmallestCut::weight));
  }
}
