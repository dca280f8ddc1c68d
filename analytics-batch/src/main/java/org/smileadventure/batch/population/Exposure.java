package org.smileadventure.batch.population;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.population.Renewal.Group;
import org.smileadventure.batch.population.Renewal.Rule;

/**
 * What would be exposed if a renewal were printed as it is proposed: the graph of docs/privacy.md,
 * printed cells on the one side, new ones on the other, children as edges.
 */
final class Exposure {
  /** The node of the graph for where no cell is. */
  private static final int NOWHERE = 0;

  private final Renewal renewal;
  private final Map<Long, ? extends Set<String>> printed;
  private final Rule rule;
  private final long least;
  private final Map<Long, Integer> nodeOfCell = new HashMap<>();
  private final Map<String, Integer> nodeOfLeaf = new HashMap<>();
  private final Map<Integer, Long> children = new HashMap<>();
  private final Map<Integer, Long> fresh = new HashMap<>();
  private final SmallestCut graph;

  Exposure(
      Renewal renewal,
      Map<Long, ? extends Set<String>> printed,
      List<Flow> flows,
      Rule rule,
      long least) {
    this.renewal = renewal;
    this.printed = printed;
    this.rule = rule;
    this.least = least;
    int nodes = 1;
    for (var cell : renewal.replaced()) {
      nodeOfCell.put(cell, nodes++);
    }
    for (var draft : renewal.published()) {
      for (var leaf : draft.leaves()) {
        nodeOfLeaf.put(leaf, nodes);
      }
      nodes++;
    }
    graph = new SmallestCut(nodes);
    for (var flow : flows) {
      var from = flow.cell() == null ? Integer.valueOf(NOWHERE) : nodeOfCell.get(flow.cell());
      if (from != null) {
        var to = flow.leaf() == null ? NOWHERE : nodeOfLeaf.getOrDefault(flow.leaf(), NOWHERE);
        graph.add(from, to, flow.children());
        children.merge(to, flow.children(), Long::sum);
        fresh.merge(to, flow.fresh(), Long::sum);
      }
    }
  }

  /** One that must not be printed, supposed that all the others are; null if all may be. */
  @Nullable Group refused(List<Group> groups) {
    for (var group : groups) {
      if (!group.drafts().stream().allMatch(this::isLargeEnough) || !isNews(group)) {
        return group;
      }
    }
    var cut = graph.find();
    return cut == null || cut.weight() >= least ? null : mostExposed(groups, cut.side());
  }

  private boolean isLargeEnough(Draft draft) {
    return children.getOrDefault(node(draft), 0L) >= least;
  }

  private boolean isNews(Group group) {
    return switch (rule) {
      case FRESH ->
          group.drafts().stream().allMatch(draft -> fresh.getOrDefault(node(draft), 0L) >= least);
      case MOVED -> group.drafts().stream().anyMatch(this::hasMoved);
    };
  }

  Set<Draft> moved() {
    return renewal.published().stream().filter(this::hasMoved).collect(Collectors.toSet());
  }

  private boolean hasMoved(Draft draft) {
    var same = printedAs(draft.leaves());
    return same == null
        || graph.weightOf(same) + graph.weightOf(node(draft)) > 2 * graph.weight(same, node(draft));
  }

  private @Nullable Integer printedAs(Set<String> leaves) {
    for (var cell : renewal.replaced()) {
      if (leaves.equals(printed.get(cell))) {
        return nodeOfCell.get(cell);
      }
    }
    return null;
  }

  /** Of the groups that the cut goes through, the one with most of the children in it. */
  private Group mostExposed(List<Group> groups, Set<Integer> side) {
    return groups.stream()
        .max(Comparator.comparingLong(group -> exposed(group, side)))
        .orElseThrow();
  }

  private long exposed(Group group, Set<Integer> side) {
    var nodes = new HashSet<Integer>();
    group.printed().forEach(cell -> nodes.add(node(cell)));
    group.drafts().forEach(draft -> nodes.add(node(draft)));
    return nodes.stream().mapToLong(node -> graph.weightAcross(node, side)).sum();
  }

  private int node(Draft draft) {
    return nodeOfLeaf.getOrDefault(draft.leaves().first(), NOWHERE);
  }

  private int node(Long cell) {
    return nodeOfCell.getOrDefault(cell, NOWHERE);
  }
}
