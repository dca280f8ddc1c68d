package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges what is too thin to be a cell until nothing is. Empty counts as thin.
 *
 * <p>What is thin is merged with what else is thin among its kin; if that is still too thin, with
 * the smallest cells there, so that what is hidden cannot be had as a total less what is shown. If
 * all its kin are too few, other kin take it in.
 */
final class Partition {
  private final Map<String, Long> children;
  private final long least;

  /**
   * @param children of each leaf; leaves that are not among them are empty
   */
  Partition(Map<String, Long> children, long least) {
    this.children = children;
    this.least = least;
  }

  /** Cells of at least the least size, together all of the units; none if these are too few. */
  List<Draft> of(Collection<Draft> units) {
    var byKin = new LinkedHashMap<List<String>, List<Draft>>();
    for (var unit : units) {
      byKin.computeIfAbsent(unit.kin(), _ -> new ArrayList<>()).add(unit);
    }
    var cells = new ArrayList<Draft>();
    Draft left = null;
    for (var kin : byKin.values()) {
      var thin = absorbThin(kin);
      cells.addAll(kin);
      left = thin == null ? left : left == null ? thin : left.mergedWith(thin);
    }
    if (left != null) {
      cells.add(left);
      absorbThin(cells);
    }
    return List.copyOf(cells);
  }

  /** Leaves whole cells only, and returns what remains too thin, if there was no cell for it. */
  private @Nullable Draft absorbThin(List<Draft> cells) {
    cells.sort(Comparator.comparingLong(this::size).thenComparing(cell -> cell.leaves().first()));
    Draft rest = null;
    while (!cells.isEmpty()
        && (size(cells.getFirst()) < least || (rest != null && size(rest) < least))) {
      var next = cells.removeFirst();
      rest = rest == null ? next : rest.mergedWith(next);
    }
    if (rest == null || size(rest) < least) {
      return rest;
    }
    cells.add(rest);
    return null;
  }

  private long size(Draft cell) {
    return cell.leaves().stream().mapToLong(leaf -> children.getOrDefault(leaf, 0L)).sum();
  }
}
