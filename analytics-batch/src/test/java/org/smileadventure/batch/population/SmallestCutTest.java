package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallestCutTest {

  @Test
  void nothingIsCutWhereNothingIsConnected() {
    assertThat(new SmallestCut(3).find()).isNull();
  }

  @Test
  void partsThatAreApartAlreadyAreNoCut() {
    var graph = new SmallestCut(4);
    graph.add(0, 1, 7);
    graph.add(2, 3, 5);
    var cut = graph.find();
    assertThat(cut).isNotNull();
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
      var graph = new SmallestCut(nodes);
      for (int edge = random.nextInt(2 * nodes); edge > 0; edge--) {
        int one = random.nextInt(nodes);
        int other = random.nextInt(nodes);
        if (one != other) {
          long weight = random.nextLong(1, 10);
          graph.add(one, other, weight);
          weights[one][other] += weight;
          weights[other][one] += weight;
        }
      }
      var smallest =
          IntStream.range(1, (1 << nodes) - 1)
              .mapToLong(side -> weightAcross(weights, side))
              .filter(weight -> weight > 0)
              .min();
      var cut = graph.find();
      if (smallest.isEmpty()) {
        assertThat(cut).isNull();
      } else {
        assertThat(cut).isNotNull();
        assertThat(cut.weight()).isEqualTo(smallest.getAsLong());
        int side = cut.side().stream().mapToInt(node -> 1 << node).sum();
        assertThat(weightAcross(weights, side)).isEqualTo(cut.weight());
      }
    }
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
