package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.jspecify.annotations.Nullable;

/**
 * Which of tonight's cells may take the place of the published ones, so that nobody can tell from
 * the two nights what fewer than the least number of children did.
 *
 * <p>Cells that share a leaf, published or candidates, are replaced together or not at all, and so
 * are the parts of a distribution. A child of a published cell that stays is not counted in another
 * one until that cell goes.
 *
 * @param replaced the ids of the published cells that go
 */
record Replacement(Set<Long> replaced, List<NewCell> published) {

  /** What a candidate needs, beside its size, to be published. */
  enum Rule {
    /** Enough of its children add what was never published. */
    FRESH,
    /** Somebody came or went; the cells of a stratum are a distribution. */
    MOVED
  }

  /**
   * A cell to be published.
   *
   * @param id that of the published cell of the same leaves; null if there is none
   * @param moved whether it is of other children than that one
   */
  record NewCell(CandidateCell cell, @Nullable Long id, long children, boolean moved) {}

  /** Cells that are replaced together or not at all. */
  record Group(List<PublishedCell> published, List<CandidateCell> candidates) {}

  static Replacement decide(
      List<PublishedCell> published,
      List<CandidateCell> candidates,
      List<Transition> transitions,
      Rule rule,
      long least) {
    var groups = groups(published, candidates, rule);
    while (true) {
      var check = new DisclosureCheck(groups, transitions, rule, least);
      var refused = check.refused();
      if (refused.isEmpty()) {
        return new Replacement(
            groups.stream()
                .flatMap(group -> group.published().stream())
                .map(PublishedCell::id)
                .collect(Collectors.toUnmodifiableSet()),
            check.newCells());
      }
      groups.remove(refused.get());
    }
  }

  private static List<Group> groups(
      List<PublishedCell> published, List<CandidateCell> candidates, Rule rule) {
    var together = new SimpleGraph<Object, DefaultEdge>(DefaultEdge.class);
    for (var candidate : candidates) {
      connect(together, candidate, candidate.leaves());
      if (rule == Rule.MOVED) {
        connect(together, candidate, List.of(candidate.stratum()));
      }
    }
    published.forEach(cell -> connect(together, cell, cell.leaves()));
    return new ConnectivityInspector<>(together)
        .connectedSets().stream()
            .map(
                part -> new Group(only(PublishedCell.class, part), only(CandidateCell.class, part)))
            .filter(group -> !group.candidates().isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void connect(
      SimpleGraph<Object, DefaultEdge> together, Node cell, Collection<?> shared) {
    together.addVertex(cell);
    for (var each : shared) {
      together.addVertex(each);
      together.addEdge(cell, each);
    }
  }

  private static <T> List<T> only(Class<T> type, Set<Object> part) {
    return part.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
