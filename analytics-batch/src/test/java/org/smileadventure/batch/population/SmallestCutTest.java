package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;

class SmallestCutTest {

  @Test
  void nothingIsCutWhereNothingIsConnected() {
    assertThat(SmallestCut.of(graph(3))).isEmpty();
  }

  @Test
  void partsThatAreApartAlreadyAreNoCut() {
    var graph = graph(4);
    connect(graph, 0, 1, 7);
    connect(graph, 2, 3, 5);
    var cut = SmallestCut.of(graph).orElseThrow();
    assertThat(cut.weight()).isEqualTo(5);
    assertThat(cut.side()).hasSize(1).isSubsetOf(2, 3);
  }

  /** Against all cuts there are. */
  @Test
  void itIsTheSmallestThatCutsAnything() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      int nodes = 2 + random.nextInt(7);
      var weights = new long[nodes][nodes];
      var graph = graph(nodes);
      for (int edge = random.nextInt(2 * nodes); edge > 0; edge--) {
        int one = random.nextInt(nodes);
        int other = random.nextInt(nodes);
        if (one != other) {
          long weight = random.nextLong(1, 10);
          weights[one][other] += weight;
          weights[other][one] += weight;
          connect(graph, one, other, weights[one][other]);
        }
      }
      var smallest =
          IntStream.range(1, (1 << nodes) - 1)
              .mapToLong(side -> weightAcross(weights, side))
              .filter(weight -> weight > 0)
              .min();
      var cut = SmallestCut.of(graph);
      assertThat(cut.stream().mapToLong(SmallestCut::weight))
          .isEqualTo(smallest.stream().boxed().toList());
      cut.ifPresent(
          found ->
              assertThat(
                      weightAcross(
                          weights, found.side().stream().mapToInt(node -> 1 << node).sum()))
                  .isEqualTo(found.weight()));
    }
  }

  private static Graph<Integer, DefaultWeightedEdge> graph(int nodes) {
    var graph = new SimpleWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
    IntStream.range(0, nodes).forEach(graph::addVertex);
    return graph;
  }

  private static void connect(
      Graph<Integer, DefaultWeightedEdge> graph, int one, int other, long weight) {
    graph.addEdge(one, other);
    graph.setEdgeWeight(graph.getEdge(one, other), (double) weight);
  }

  private static long weightAcross(long[][] weights, int side) {
    long across = 0;
    for (int one = 0; one < weights.length; one++) {
      for (int other = 0; other < one; other++) {
        if ((side >> one & 1) != (side >> other & 1)) {
          across += weights[one][other];
        }
      }
    }
    return across;
  }
}
