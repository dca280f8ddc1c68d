package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThinCellsTest {

  @Test
  void enoughIsACell() {
    assertThat(cells(Map.of("a", 10, "b", 11))).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theThinAreOneCell() {
    assertThat(cells(Map.of("a", 9, "b", 1, "c", 50))).containsExactlyInAnyOrder("c", "a+b");
  }

  /** Else the total less what is shown would be what is hidden. */
  @Test
  void oneThatIsThinByItselfTakesTheSmallestIn() {
    assertThat(cells(Map.of("a", 9, "b", 20, "c", 50))).containsExactlyInAnyOrder("c", "a+b");
  }

  @Test
  void emptyIsThin() {
    assertThat(cells(Map.of("a", 0, "b", 20, "c", 50))).containsExactlyInAnyOrder("c", "a+b");
  }

  @Test
  void tooFewAreNoCell() {
    assertThat(cells(Map.of("a", 4, "b", 5))).isEmpty();
  }

  @Test
  void thinOnesStayInTheirStratumIfItIsEnough() {
    assertThat(cells(Map.of("a1", 4, "a2", 30, "a3", 40, "b1", 12, "b2", 20)))
        .containsExactlyInAnyOrder("a1+a2", "a3", "b1", "b2");
  }

  @Test
  void aStratumOfTooFewGoesToTheSmallestOfTheOthers() {
    assertThat(cells(Map.of("a1", 4, "a2", 5, "b1", 12, "b2", 20)))
        .containsExactlyInAnyOrder("a1+a2+b1", "b2");
  }

  @Property
  void nothingIsThinAndEverythingIsOnce(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 30) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 3) int kinds) {
    var children = new TreeMap<String, Integer>();
    for (int i = 0; i < sizes.size(); i++) {
      children.put((char) ('a' + i % kinds) + String.valueOf(i), sizes.get(i));
    }
    var merged = merged(children);
    if (sizes.stream().mapToInt(Integer::intValue).sum() < 10) {
      assertThat(merged).isEmpty();
    } else {
      assertThat(merged)
          .allSatisfy(
              cell ->
                  assertThat(cell.leaves().stream().mapToInt(children::get).sum())
                      .isGreaterThanOrEqualTo(10));
      assertThat(merged.stream().map(CandidateCell::leaves).flatMap(Collection::stream))
          .containsExactlyInAnyOrderElementsOf(children.keySet());
    }
  }

  private static List<String> cells(Map<String, Integer> children) {
    return merged(new TreeMap<>(children)).stream()
        .map(cell -> String.join("+", cell.leaves()))
        .toList();
  }

  /** Leaves that begin with the same letter are a stratum. */
  private static List<CandidateCell> merged(Map<String, Integer> children) {
    var units = new ArrayList<CandidateCell>();
    var sizes = new TreeMap<String, Long>();
    children.forEach(
        (leaf, size) -> {
          units.add(
              CandidateCell.leaf(List.of(leaf.length() > 1 ? leaf.substring(0, 1) : ""), leaf));
          if (size > 0) {
            sizes.put(leaf, (long) size);
          }
        });
    return new ThinCells(sizes, 10).merged(units);
  }
}
