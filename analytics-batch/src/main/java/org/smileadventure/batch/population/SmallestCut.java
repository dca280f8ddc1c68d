package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The smallest cut of a weighted graph that cuts anything at all, after Stoer and Wagner: a set of
 * nodes that share edges with the others, of the least total weight.
 */
final class SmallestCut {
  private final long[][] weights;

  SmallestCut(int nodes) {
    weights = new long[nodes][nodes];
  }

  record Cut(Set<Integer> side, long weight) {}

  void add(int one, int other, long weight) {
    if (one != other) {
      weights[one][other] += weight;
      weights[other][one] += weight;
    }
  }

  long weight(int one, int other) {
    return weights[one][other];
  }

  /** Of all edges of a node. */
  long weightOf(int node) {
    return Arrays.stream(weights[node]).sum();
  }

  /** Of the edges of a node that a cut goes through. */
  long weightAcross(int node, Set<Integer> side) {
    long across = 0;
    for (int other = 0; other < weights.length; other++) {
      if (side.contains(node) != side.contains(other)) {
        across += weights[node][other];
      }
    }
    return across;
  }

  /** Null if no two nodes are connected. */
  @Nullable Cut find() {
    Cut smallest = null;
    var unseen = new HashSet<Integer>();
    for (int node = 0; node < weights.length; node++) {
      unseen.add(node);
    }
    while (!unseen.isEmpty()) {
      var connected = connected(unseen.iterator().next());
      unseen.removeAll(connected);
      var cut = find(connected);
      if (cut != null && (smallest == null || cut.weight() < smallest.weight())) {
        smallest = cut;
      }
    }
    return smallest;
  }

  private Set<Integer> connected(int start) {
    var found = new HashSet<Integer>(Set.of(start));
    var open = new ArrayList<Integer>(List.of(start));
    while (!open.isEmpty()) {
      var node = open.removeLast();
      for (int next = 0; next < weights.length; next++) {
        if (weights[node][next] > 0 && found.add(next)) {
          open.add(next);
        }
      }
    }
    return found;
  }

  private @Nullable Cut find(Set<Integer> nodes) {
    var order = List.copyOf(nodes);
    int count = order.size();
    var merged = new ArrayList<Set<Integer>>();
    var between = new long[count][count];
    for (int i = 0; i < count; i++) {
      merged.add(new HashSet<>(Set.of(order.get(i))));
      for (int j = 0; j < count; j++) {
        between[i][j] = weights[order.get(i)][order.get(j)];
      }
    }
    Cut smallest = null;
    var remaining = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      remaining.add(i);
    }
    while (remaining.size() > 1) {
      var phase = phase(remaining, between);
      if (smallest == null || phase.weight < smallest.weight()) {
        smallest = new Cut(Set.copyOf(merged.get(phase.last)), phase.weight);
      }
      merged.get(phase.before).addAll(merged.get(phase.last));
      for (int node : remaining) {
        between[phase.before][node] += between[phase.last][node];
        between[node][phase.before] = between[phase.before][node];
      }
      between[phase.before][phase.before] = 0;
      remaining.remove(Integer.valueOf(phase.last));
    }
    return smallest;
  }

  private record Phase(int before, int last, long weight) {}

  /** Takes the node that is connected most to those taken before, until the last one is left. */
  private static Phase phase(List<Integer> nodes, long[][] between) {
    var open = new ArrayList<>(nodes);
    var tied = new long[between.length];
    int before = -1;
    int last = open.removeFirst();
    while (!open.isEmpty()) {
      int next = open.getFirst();
      for (int node : open) {
        tied[node] += between[last][node];
        if (tied[node] > tied[next]) {
          next = node;
        }
      }
      open.remove(Integer.valueOf(next));
      before = last;
      last = next;
    }
    return new Phase(before, last, tied[last]);
  }
}
