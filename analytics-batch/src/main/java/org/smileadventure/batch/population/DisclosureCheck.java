package org.smileadventure.batch.population;

import static org.smileadventure.batch.population.Node.Nowhere.NOWHERE;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.population.Replacement.Group;
import org.smileadventure.batch.population.Replacement.NewCell;
import org.smileadventure.batch.population.Replacement.Rule;

/**
 * What would be disclosed if all of these groups were replaced: the graph of docs/population.md,
 * with published cells and candidates as nodes and children as edges.
 */
final class DisclosureCheck {
  private final List<Group> groups;
  private final Rule rule;
  private final long least;
  private final Graph<Node, DefaultWeightedEdge> graph =
      new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
  private final Map<Node, Long> children = new HashMap<>();
  private final Map<Node, Long> fresh = new HashMap<>();

  DisclosureCheck(List<Group> groups, List<Transition> transitions, Rule rule, long least) {
    this.groups = groups;
    this.rule = rule;
    this.least = least;
    graph.addVertex(NOWHERE);
    var publishedCells = new HashMap<Long, Node>();
    var candidates = new HashMap<String, Node>();
    for (var group : groups) {
      nodes(group).forEach(graph::addVertex);
      group.published().forEach(cell -> publishedCells.put(cell.id(), cell));
      group.candidates().forEach(cell -> cell.leaves().forEach(leaf -> candidates.put(leaf, cell)));
    }
    for (var transition : transitions) {
      var from = transition.cell() == null ? NOWHERE : publishedCells.get(transition.cell());
      if (from != null) {
        var to =
            transition.leaf() == null
                ? NOWHERE
                : candidates.getOrDefault(transition.leaf(), NOWHERE);
        connect(from, to, transition.children());
        children.merge(to, transition.children(), Long::sum);
        fresh.merge(to, transition.fresh(), Long::sum);
      }
    }
  }

  private static Stream<Node> nodes(Group group) {
    return Stream.concat(group.published().stream(), group.candidates().stream());
  }

  private void connect(Node from, Node to, long children) {
    if (!from.equals(to)) {
      var edge = graph.getEdge(from, to);
      graph.setEdgeWeight(
          edge == null ? graph.addEdge(from, to) : edge,
          children + (edge == null ? 0 : graph.getEdgeWeight(edge)));
    }
  }

  /** One that must not be replaced, supposed that all the others are. */
  Optional<Group> refused() {
    return groups.stream()
        .filter(group -> !isLargeEnough(group) || !isNews(group))
        .findFirst()
        .or(
            () ->
                SmallestCut.of(graph)
                    .filter(cut -> cut.weight() < least)
                    .flatMap(cut -> mostExposed(cut.side())));
  }

  private boolean isLargeEnough(Group group) {
    return group.candidates().stream().allMatch(cell -> children.getOrDefault(cell, 0L) >= least);
  }

  private boolean isNews(Group group) {
    return switch (rule) {
      case FRESH ->
          group.candidates().stream().allMatch(cell -> fresh.getOrDefault(cell, 0L) >= least);
      case MOVED -> group.candidates().stream().anyMatch(cell -> hasMoved(group, cell));
    };
  }

  /** What is published if all of the groups are replaced. */
  List<NewCell> newCells() {
    return groups.stream()
        .flatMap(group -> group.candidates().stream().map(cell -> newCell(group, cell)))
        .toList();
  }

  private NewCell newCell(Group group, CandidateCell cell) {
    var same = sameLeaves(group, cell);
    return new NewCell(
        cell,
        same == null ? null : same.id(),
        children.getOrDefault(cell, 0L),
        hasMoved(group, cell));
  }

  private boolean hasMoved(Group group, CandidateCell cell) {
    var same = sameLeaves(group, cell);
    if (same == null) {
      return true;
    }
    var stayed = graph.getEdge(same, cell);
    return Stream.of(same, cell)
        .flatMap(node -> graph.edgesOf(node).stream())
        .anyMatch(edge -> !edge.equals(stayed));
  }

  private static @Nullable PublishedCell sameLeaves(Group group, CandidateCell cell) {
    return group.published().stream()
        .filter(published -> published.leaves().equals(cell.leaves()))
        .findFirst()
        .orElse(null);
  }

  /** Of the groups that the cut goes through, the one with most of the children in it. */
  private Optional<Group> mostExposed(Set<Node> side) {
    return groups.stream().max(Comparator.comparingDouble(group -> exposed(group, side)));
  }

  private double exposed(Group group, Set<Node> side) {
    return nodes(group)
        .flatMap(node -> graph.edgesOf(node).stream())
        .filter(
            edge ->
                side.contains(graph.getEdgeSource(edge))
                    != side.contains(graph.getEdgeTarget(edge)))
        .mapToDouble(graph::getEdgeWeight)
        .sum();
  }
}
