package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
      var exposure = new Exposure(renewal, printed, flows, rule, least);
      var refused = exposure.refused(groups);
      if (refused == null) {
        return new Renewal(renewal.replaced(), renewal.published(), exposure.moved());
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
}
