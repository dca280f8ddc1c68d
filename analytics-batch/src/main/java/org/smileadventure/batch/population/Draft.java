package org.smileadventure.batch.population;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cell as it could be printed.
 *
 * @param kin cells of the same kin are merged with each other first
 * @param category what its children have in common; null if it is merged of several
 */
record Draft(List<String> kin, SortedSet<String> leaves, @Nullable String category) {
  static final List<String> MIXED = List.of();

  static Draft leaf(List<String> kin, String leaf) {
    return new Draft(kin, new TreeSet<>(List.of(leaf)), null);
  }

  /** Of each of these leaves, the part in this category. */
  static Draft category(List<String> leaves, String category) {
    var parts = new TreeSet<String>();
    leaves.forEach(leaf -> parts.add(leaf + "/" + category));
    return new Draft(leaves, parts, category);
  }

  Draft mergedWith(Draft other) {
    var both = new TreeSet<>(leaves);
    both.addAll(other.leaves);
    return new Draft(kin.equals(other.kin) ? kin : MIXED, both, null);
  }
}
