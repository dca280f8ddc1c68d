package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Knows of everything that was ever published which children it was added up from, and adds and
 * subtracts it in whatever way there is, to be left with what few children added.
 *
 * <p>What is published is a row of ones over atoms, what one child added at one time. Some
 * combination of rows is of a set of children alone if and only if the rank of the rows falls when
 * the columns of these children are taken away. So this finds any linear combination, and not only
 * the differences that one thinks of. It counts in a prime field; that could only ever find too
 * much.
 */
final class Attacker {
  private static final long PRIME = 2_147_483_647L;

  /** What a child added: two atoms that are equal are the same unknown number. */
  record Atom(long child, Object added) {}

  private final Set<Set<Atom>> published = new LinkedHashSet<>();

  void sees(Collection<Atom> sum) {
    published.add(Set.copyOf(sum));
  }

  /** The fewest children of whom something can be derived, if they are fewer than this. */
  Optional<Set<Long>> findsFewerThan(int least) {
    var atoms = new ArrayList<Atom>();
    var column = new HashMap<Atom, Integer>();
    for (var sum : published) {
      for (var atom : sum) {
        if (column.putIfAbsent(atom, atoms.size()) == null) {
          atoms.add(atom);
        }
      }
    }
    var rows = new ArrayList<long[]>();
    for (var sum : published) {
      var row = new long[atoms.size()];
      sum.forEach(atom -> row[Objects.requireNonNull(column.get(atom))] = 1);
      rows.add(row);
    }
    var pivots = reduce(rows);
    var pivotsOfChild = new HashMap<Long, List<Integer>>();
    for (int row = 0; row < pivots.size(); row++) {
      pivotsOfChild
          .computeIfAbsent(atoms.get(pivots.get(row)).child(), _ -> new ArrayList<>())
          .add(row);
    }
    var children = List.copyOf(new HashSet<>(atoms.stream().map(Atom::child).toList()));
    var known = new Reduced(rows, atoms, pivotsOfChild);
    return IntStream.range(1, least)
        .mapToObj(size -> search(known, children, 0, Set.of(), size))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private record Reduced(
      List<long[]> rows, List<Atom> atoms, Map<Long, List<Integer>> pivotsOfChild) {

    /** Only rows whose pivot is theirs can be in a combination that is zero everywhere else. */
    boolean tellOf(Set<Long> children) {
      var own = new ArrayList<long[]>();
      for (var child : children) {
        for (int row : pivotsOfChild.getOrDefault(child, List.of())) {
          own.add(elsewhere(rows.get(row), children));
        }
      }
      int count = own.size();
      return reduce(own).size() < count;
    }

    private long[] elsewhere(long[] row, Set<Long> children) {
      var elsewhere = row.clone();
      for (int i = 0; i < elsewhere.length; i++) {
        if (children.contains(atoms.get(i).child())) {
          elsewhere[i] = 0;
        }
      }
      return elsewhere;
    }
  }

  private static Optional<Set<Long>> search(
      Reduced known, List<Long> children, int from, Set<Long> chosen, int more) {
    if (more == 0) {
      return known.tellOf(chosen) ? Optional.of(chosen) : Optional.empty();
    }
    for (int i = from; i < children.size(); i++) {
      var larger = new HashSet<>(chosen);
      larger.add(children.get(i));
      var found = search(known, children, i + 1, larger, more - 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** To reduced row echelon form, without rows of zeros; returns the pivots' columns. */
  private static List<Integer> reduce(List<long[]> rows) {
    var pivots = new ArrayList<Integer>();
    int columns = rows.isEmpty() ? 0 : rows.getFirst().length;
    for (int column = 0; column < columns && pivots.size() < rows.size(); column++) {
      int rank = pivots.size();
      int found = rank;
      while (found < rows.size() && rows.get(found)[column] == 0) {
        found++;
      }
      if (found == rows.size()) {
        continue;
      }
      var pivot = rows.get(found);
      rows.set(found, rows.get(rank));
      rows.set(rank, pivot);
      scale(pivot, inverse(pivot[column]));
      for (int other = 0; other < rows.size(); other++) {
        if (other != rank && rows.get(other)[column] != 0) {
          subtract(rows.get(other), pivot, rows.get(other)[column]);
        }
      }
      pivots.add(column);
    }
    while (rows.size() > pivots.size()) {
      rows.removeLast();
    }
    return pivots;
  }

  private static void scale(long[] row, long factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] * factor % PRIME;
    }
  }

  private static void subtract(long[] row, long[] other, long factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.floorMod(row[i] - other[i] * factor, PRIME);
    }
  }

  private static long inverse(long value) {
    long result = 1;
    long power = value;
    for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) == 1) {
        result = result * power % PRIME;
      }
      power = power * power % PRIME;
    }
    return result;
  }
}
