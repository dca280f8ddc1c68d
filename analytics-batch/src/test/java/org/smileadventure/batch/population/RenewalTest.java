package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Renewal.Rule;

/** Printed cells are numbers, leaves are letters, and ten are enough. */
class RenewalTest {

  @Test
  void firstCellsArePrintedIfTheyAreLargeEnough() {
    var renewal =
        decide(Map.of(), List.of(draft("a"), draft("b")), flow(null, "a", 10), flow(null, "b", 9));
    assertThat(renewal.published()).containsExactly(draft("a"));
    assertThat(renewal.moved()).containsExactly(draft("a"));
  }

  @Test
  void cellStaysUntilTenOfItsChildrenAreFresh() {
    var printed = Map.of(1L, Set.of("a"));
    assertThat(decide(printed, List.of(draft("a")), new Flow(1L, "a", 50, 9)).published())
        .isEmpty();
    var renewal = decide(printed, List.of(draft("a")), new Flow(1L, "a", 50, 10));
    assertThat(renewal.replaced()).containsExactly(1L);
    assertThat(renewal.published()).containsExactly(draft("a"));
    assertThat(renewal.moved()).isEmpty();
  }

  @Test
  void cellStaysWhileFewCameAndWent() {
    var printed = Map.of(1L, Set.of("a"));
    var drafts = List.of(draft("a"));
    assertThat(
            decide(printed, drafts, flow(1L, "a", 50), flow(null, "a", 4), flow(1L, null, 5))
                .published())
        .isEmpty();
    assertThat(
            decide(printed, drafts, flow(1L, "a", 50), flow(null, "a", 4), flow(1L, null, 6))
                .moved())
        .containsExactly(draft("a"));
  }

  /** If both were printed as they would be, that would tell of the three. */
  @Test
  void fewWhoMoveStayWhereTheyArePrinted() {
    var printed = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var renewal =
        decide(
            printed,
            List.of(draft("a"), draft("b")),
            flow(1L, "a", 50),
            flow(2L, "b", 50),
            flow(1L, "b", 3));
    assertThat(renewal.published()).containsExactly(draft("b"));
    assertThat(renewal.moved()).isEmpty();
  }

  @Test
  void cellsThatAreNotConcernedArePrinted() {
    var printed = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var renewal =
        decide(
            printed,
            List.of(draft("a"), draft("b")),
            flow(1L, "a", 50),
            flow(null, "a", 1),
            flow(2L, "b", 50));
    assertThat(renewal.published()).containsExactly(draft("b"));
  }

  @Test
  void manyWhoMoveDoNotHideTheFewWhoCome() {
    var printed = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var renewal =
        decide(
            printed,
            List.of(draft("a"), draft("b")),
            flow(1L, "a", 50),
            flow(1L, "b", 12),
            flow(null, "a", 3),
            flow(2L, "b", 50));
    assertThat(renewal.published()).containsExactly(draft("b"));
    assertThat(renewal.moved()).isEmpty();
  }

  @Test
  void childrenOfACellThatStaysAreNotCountedElsewhere() {
    var printed = Map.of(1L, Set.of("a"));
    var renewal =
        decide(
            printed,
            List.of(draft("a"), draft("b")),
            flow(1L, "a", 50),
            flow(null, "a", 3),
            flow(1L, "b", 4),
            flow(null, "b", 9));
    assertThat(renewal.published()).as("b has nine that are not printed in a").isEmpty();
  }

  @Test
  void manyWhoMoveAreCountedWhereTheyGo() {
    var printed = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var renewal =
        decide(
            printed,
            List.of(draft("a"), draft("b")),
            flow(1L, "a", 50),
            flow(1L, "b", 12),
            flow(2L, "b", 50));
    assertThat(renewal.moved()).containsExactlyInAnyOrder(draft("a"), draft("b"));
  }

  /** The nine that are left of the first would be the new one less the second. */
  @Test
  void leafThatIsThinByNowIsNotMergedWithACellThatStaysTheSame() {
    var printed = Map.of(1L, Set.of("a"), 2L, Set.of("b", "c"));
    var drafts = List.of(draft("a", "b", "c"));
    assertThat(
            decide(
                    printed,
                    drafts,
                    flow(1L, "a", 9),
                    flow(1L, null, 10),
                    flow(2L, "b", 6),
                    flow(2L, "c", 6))
                .published())
        .isEmpty();
    var renewal =
        decide(
            printed,
            drafts,
            flow(1L, "a", 9),
            flow(1L, null, 10),
            flow(2L, "b", 6),
            flow(2L, "c", 6),
            flow(null, "c", 1));
    assertThat(renewal.replaced()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(renewal.moved()).isEqualTo(Set.copyOf(drafts));
  }

  @Test
  void distributionIsReplacedAsAWhole() {
    var printed = Map.of(1L, Set.of("a/up"), 2L, Set.of("a/down"));
    var up = Draft.category(List.of("a"), "up");
    var down = Draft.category(List.of("a"), "down");
    var renewal =
        Renewal.decide(
            printed,
            List.of(up, down),
            List.of(
                new Flow(1L, "a/up", 30, 0),
                new Flow(null, "a/up", 10, 0),
                new Flow(2L, "a/down", 30, 0),
                new Flow(null, "a/down", 2, 0)),
            Rule.MOVED,
            10);
    assertThat(renewal.published()).isEmpty();
  }

  @Test
  void distributionOfTheSameChildrenIsNoNews() {
    var renewal =
        Renewal.decide(
            Map.of(1L, Set.of("a/up")),
            List.of(Draft.category(List.of("a"), "up")),
            List.of(new Flow(1L, "a/up", 30, 0)),
            Rule.MOVED,
            10);
    assertThat(renewal.published()).isEmpty();
  }

  private static Renewal decide(Map<Long, Set<String>> printed, List<Draft> drafts, Flow... flows) {
    return Renewal.decide(printed, drafts, List.of(flows), Rule.FRESH, 10);
  }

  /** All of them fresh. */
  private static Flow flow(@Nullable Long cell, @Nullable String leaf, long children) {
    return new Flow(cell, leaf, children, leaf == null ? 0 : children);
  }

  private static Draft draft(String... leaves) {
    return new Draft(List.of(), new TreeSet<>(Set.of(leaves)), null);
  }
}
