package org.smileadventure.batch.population;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cell as it could be published.
 *
 * @param stratum cells of the same stratum are merged with each other first; of a distribution it
 *     is the cell of figures that is divided, by its leaves
 * @param category what its children have in common; null if it is merged of several
 */
record CandidateCell(List<String> stratum, SortedSet<String> leaves, @Nullable String category)
    implements Node {
  private static final List<String> MIXED = List.of();

  static CandidateCell leaf(List<String> stratum, String leaf) {
    return new CandidateCell(stratum, new TreeSet<>(List.of(leaf)), null);
  }

  /** Of each of these leaves, the part in this category. */
  static CandidateCell category(List<String> leaves, String category) {
    var parts = new TreeSet<String>();
    leaves.forEach(leaf -> parts.add(leaf + "/" + category));
    return new CandidateCell(leaves, parts, category);
  }

  CandidateCell mergedWith(CandidateCell other) {
    var both = new TreeSet<>(leaves);
    both.addAll(other.leaves);
    return new CandidateCell(stratum.equals(other.stratum) ? stratum : MIXED, both, null);
  }
}
