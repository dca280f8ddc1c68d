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
 * <p>Thin cells are merged with the other thin ones of their stratum. If that is still too thin,
 * the smallest cells of the stratum are added: else what is hidden would be a total less what is
 * shown. If a whole stratum is too thin, another one takes it in.
 *
 * @param children of each leaf; leaves that are not among them are empty
 */
record ThinCells(Map<String, Long> children, long least) {

  /** Cells of at least the least size, together all of the units; none if these are too few. */
  List<CandidateCell> merged(Collection<CandidateCell> units) {
    var strata = new LinkedHashMap<List<String>, List<CandidateCell>>();
    for (var unit : units) {
      strata.computeIfAbsent(unit.stratum(), _ -> new ArrayList<>()).add(unit);
    }
    var cells = new ArrayList<CandidateCell>();
    CandidateCell left = null;
    for (var stratum : strata.values()) {
      var thin = absorbThin(stratum);
      cells.addAll(stratum);
      left = thin == null ? left : left == null ? thin : left.mergedWith(thin);
    }
    if (left != null) {
      cells.add(left);
      absorbThin(cells);
    }
    return List.copyOf(cells);
  }

  /** Leaves only cells that are large enough; returns what is still too thin without any cell. */
  private @Nullable CandidateCell absorbThin(List<CandidateCell> cells) {
    cells.sort(Comparator.comparingLong(this::size).thenComparing(cell -> cell.leaves().first()));
    CandidateCell rest = null;
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

  private long size(CandidateCell cell) {
    return cell.leaves().stream().mapToLong(leaf -> children.getOrDefault(leaf, 0L)).sum();
  }
}
