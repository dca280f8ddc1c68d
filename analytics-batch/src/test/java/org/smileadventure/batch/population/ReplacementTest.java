package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Replacement.NewCell;
import org.smileadventure.batch.population.Replacement.Rule;

/** Published cells are numbers, leaves are letters, and ten are enough. */
class ReplacementTest {

  @Test
  void firstCellsArePublishedIfTheyAreLargeEnough() {
    var decision =
        decide(
            Map.of(),
            List.of(candidate("a"), candidate("b")),
            flow(null, "a", 10),
            flow(null, "b", 9));
    assertThat(decision.published()).containsExactly(candidate("a"));
    assertThat(decision.moved()).containsExactly(candidate("a"));
  }

  @Test
  void cellStaysUntilTenOfItsChildrenAreFresh() {
    var published = Map.of(1L, Set.of("a"));
    assertThat(
            decide(published, List.of(candidate("a")), new Transition(1L, "a", 50, 9)).published())
        .isEmpty();
    var decision = decide(published, List.of(candidate("a")), new Transition(1L, "a", 50, 10));
    assertThat(decision.replaced()).containsExactly(1L);
    assertThat(decision.published()).containsExactly(candidate("a"));
    assertThat(decision.moved()).isEmpty();
  }

  @Test
  void cellStaysWhileFewCameAndWent() {
    var published = Map.of(1L, Set.of("a"));
    var candidates = List.of(candidate("a"));
    assertThat(
            decide(published, candidates, flow(1L, "a", 50), flow(null, "a", 4), flow(1L, null, 5))
                .published())
        .isEmpty();
    assertThat(
            decide(published, candidates, flow(1L, "a", 50), flow(null, "a", 4), flow(1L, null, 6))
                .moved())
        .containsExactly(candidate("a"));
  }

  /** If both were published as they would be, that would tell of the three. */
  @Test
  void fewWhoMoveStayWhereTheyArePublished() {
    var published = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var decision =
        decide(
            published,
            List.of(candidate("a"), candidate("b")),
            flow(1L, "a", 50),
            flow(2L, "b", 50),
            flow(1L, "b", 3));
    assertThat(decision.published()).containsExactly(candidate("b"));
    assertThat(decision.moved()).isEmpty();
  }

  @Test
  void cellsThatAreNotConcernedArePublished() {
    var published = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var decision =
        decide(
            published,
            List.of(candidate("a"), candidate("b")),
            flow(1L, "a", 50),
            flow(null, "a", 1),
            flow(2L, "b", 50));
    assertThat(decision.published()).containsExactly(candidate("b"));
  }

  @Test
  void manyWhoMoveDoNotHideTheFewWhoCome() {
    var published = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var decision =
        decide(
            published,
            List.of(candidate("a"), candidate("b")),
            flow(1L, "a", 50),
            flow(1L, "b", 12),
            flow(null, "a", 3),
            flow(2L, "b", 50));
    assertThat(decision.published()).containsExactly(candidate("b"));
    assertThat(decision.moved()).isEmpty();
  }

  @Test
  void childrenOfACellThatStaysAreNotCountedElsewhere() {
    var published = Map.of(1L, Set.of("a"));
    var decision =
        decide(
            published,
            List.of(candidate("a"), candidate("b")),
            flow(1L, "a", 50),
            flow(null, "a", 3),
            flow(1L, "b", 4),
            flow(null, "b", 9));
    assertThat(decision.published()).as("b has nine that are not published in a").isEmpty();
  }

  @Test
  void manyWhoMoveAreCountedWhereTheyGo() {
    var published = Map.of(1L, Set.of("a"), 2L, Set.of("b"));
    var decision =
        decide(
            published,
            List.of(candidate("a"), candidate("b")),
            flow(1L, "a", 50),
            flow(1L, "b", 12),
            flow(2L, "b", 50));
    assertThat(decision.moved()).containsExactlyInAnyOrder(candidate("a"), candidate("b"));
  }

  /** The nine that are left of the first would be the new one less the second. */
  @Test
  void leafThatIsThinByNowIsNotMergedWithACellThatStaysTheSame() {
    var published = Map.of(1L, Set.of("a"), 2L, Set.of("b", "c"));
    var candidates = List.of(candidate("a", "b", "c"));
    assertThat(
            decide(
                    published,
                    candidates,
                    flow(1L, "a", 9),
                    flow(1L, null, 10),
                    flow(2L, "b", 6),
                    flow(2L, "c", 6))
                .published())
        .isEmpty();
    var decision =
        decide(
            published,
            candidates,
            flow(1L, "a", 9),
            flow(1L, null, 10),
            flow(2L, "b", 6),
            flow(2L, "c", 6),
            flow(null, "c", 1));
    assertThat(decision.replaced()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(decision.moved()).isEqualTo(Set.copyOf(candidates));
  }

  @Test
  void distributionIsReplacedAsAWhole() {
    var published = Map.of(1L, Set.of("a/up"), 2L, Set.of("a/down"));
    var up = CandidateCell.category(List.of("a"), "up");
    var down = CandidateCell.category(List.of("a"), "down");
    var decision =
        decide(
            published,
            List.of(up, down),
            List.of(
                new Transition(1L, "a/up", 30, 0),
                new Transition(null, "a/up", 10, 0),
                new Transition(2L, "a/down", 30, 0),
                new Transition(null, "a/down", 2, 0)),
            Rule.MOVED);
    assertThat(decision.published()).isEmpty();
  }

  @Test
  void distributionOfTheSameChildrenIsNoNews() {
    var decision =
        decide(
            Map.of(1L, Set.of("a/up")),
            List.of(CandidateCell.category(List.of("a"), "up")),
            List.of(new Transition(1L, "a/up", 30, 0)),
            Rule.MOVED);
    assertThat(decision.published()).isEmpty();
  }

  private record Decision(
      Set<Long> replaced, List<CandidateCell> published, Set<CandidateCell> moved) {}

  private static Decision decide(
      Map<Long, Set<String>> published, List<CandidateCell> candidates, Transition... transitions) {
    return decide(published, candidates, List.of(transitions), Rule.FRESH);
  }

  private static Decision decide(
      Map<Long, Set<String>> published,
      List<CandidateCell> candidates,
      List<Transition> transitions,
      Rule rule) {
    var cells = new ArrayList<PublishedCell>();
    published.forEach((id, leaves) -> cells.add(new PublishedCell(id, leaves)));
    var replacement = Replacement.decide(cells, candidates, transitions, rule, 10);
    assertThat(replacement.published()).allMatch(cell -> cell.children() >= 10);
    return new Decision(
        replacement.replaced(),
        replacement.published().stream().map(NewCell::cell).toList(),
        replacement.published().stream()
            .filter(NewCell::moved)
            .map(NewCell::cell)
            .collect(Collectors.toSet()));
  }

  /** All of them fresh. */
  private static Transition flow(@Nullable Long cell, @Nullable String leaf, long children) {
    return new Transition(cell, leaf, children, leaf == null ? 0 : children);
  }

  private static CandidateCell candidate(String... leaves) {
    return new CandidateCell(List.of(), new TreeSet<>(Set.of(leaves)), null);
  }
}
