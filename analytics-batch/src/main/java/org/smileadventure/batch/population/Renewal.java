package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of tonight's cells may take the place of the printed ones, so that nobody can tell from the
 * two nights what fewer than the least number of children did.
 *
 * <p>Cells, printed or drafted, that share a leaf are replaced together or not at all, and so are
 * the parts of a distribution. A child that is printed in a cell that stays is not counted in
 * another one until that cell goes.
 *
 * @param replaced the printed cells that go
 * @param moved those of the published that are of other children than the cell they replace
 */
record Renewal(Set<Long> replaced, List<Draft> published, Set<Draft> moved) {

  static Renewal decide(
      Map<Long, ? extends Set<String>> printed,
      List<Draft> drafts,
      List<Flow> flows,
      Rule rule,
      long least) {
    var groups = groups(printed, drafts, rule);
    groups.removeIf(group -> group.drafts().isEmpty());
    while (true) {
      var renewal = Renewal.of(groups);
      var judge = new Judge(renewal, printed, flows, rule, least);
      var refused = judge.refused(groups);
      if (refused == null) {
        return new Renewal(renewal.replaced(), renewal.published(), judge.moved());
      }
      groups.remove(refused);
    }
  }

  /** What a cell needs, beside its size, to be printed anew. */
  enum Rule {
    /** Enough of its children add what was never printed. */
    FRESH,
    /** Somebody came or went; cells of the same kin are a distribution. */
    MOVED
  }

  /** Printed cells and drafts that are connected by the leaves they share. */
  record Group(Set<Long> printed, List<Draft> drafts, Set<String> leaves) {}

  private static Renewal of(Collection<Group> groups) {
    var replaced = new HashSet<Long>();
    var published = new ArrayList<Draft>();
    for (var group : groups) {
      replaced.addAll(group.printed());
      published.addAll(group.drafts());
    }
    return new Renewal(Set.copyOf(replaced), List.copyOf(published), Set.of());
  }

  private static List<Group> groups(
      Map<Long, ? extends Set<String>> printed, List<Draft> drafts, Rule rule) {
    var groups = new ArrayList<Group>();
    printed.forEach(
        (cell, leaves) ->
            join(groups, new Group(new HashSet<>(Set.of(cell)), new ArrayList<>(), leaves)));
    var together =
        switch (rule) {
          case FRESH -> drafts.stream().map(List::of).toList();
          case MOVED ->
              List.copyOf(drafts.stream().collect(Collectors.groupingBy(Draft::kin)).values());
        };
    for (var parts : together) {
      var leaves = new HashSet<String>();
      parts.forEach(part -> leaves.addAll(part.leaves()));
      join(groups, new Group(new HashSet<>(), new ArrayList<>(parts), leaves));
    }
    return groups;
  }

  private static void join(List<Group> groups, Group added) {
    var joined = new Group(added.printed(), added.drafts(), new HashSet<>(added.leaves()));
    groups.removeIf(
        group -> {
          if (group.leaves().stream().noneMatch(added.leaves()::contains)) {
            return false;
          }
          joined.printed().addAll(group.printed());
          joined.drafts().addAll(group.drafts());
          joined.leaves().addAll(group.leaves());
          return true;
        });
    groups.add(joined);
  }

  /** Looks for what must not be printed, supposed that all the rest is. */
  private static final class Judge {
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

    Judge(
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
          || graph.weightOf(same) + graph.weightOf(node(draft))
              > 2 * graph.weight(same, node(draft));
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
}
