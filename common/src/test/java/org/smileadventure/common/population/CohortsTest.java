package org.smileadventure.common.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.population.CohortAnswer.Suppressed;
import org.smileadventure.common.population.CohortAnswer.Told;
import org.smileadventure.common.population.PopulationCell.Measures;
import org.smileadventure.common.population.PopulationCell.PlayCounts;

class CohortsTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T03:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T03:00:00Z");

  private static final PopulationCell SEVENS_ONE = cell(TUESDAY, 20, 60.0, "7-12/1/playing");
  private static final PopulationCell SEVENS_TWO = cell(MONDAY, 30, 70.0, "7-12/2/playing");
  private static final PopulationCell SEVENS_REST =
      cell(TUESDAY, 10, 80.0, "7-12/3/playing", "7-12/unspecified/playing", "4-6/1/playing");
  private static final PopulationCell QUIET =
      new PopulationCell(
          Set.of(Leaf.parse("7-12/1/quiet")), MONDAY, new PlayCounts(11, 4, 0, 3, 1), null);

  private static final ActivityCell RECORDING_ONE = recording(20, 100, "7-12/1/recording");
  private static final ActivityCell RECORDING_TWO = recording(10, 40, "7-12/2/recording");
  private static final ActivityCell RECORDING_REST =
      recording(15, 30, "7-12/3/recording", "4-6/1/recording");

  private final Cohorts cohorts =
      new Cohorts(
          List.of(SEVENS_ONE, SEVENS_TWO, SEVENS_REST, QUIET),
          List.of(RECORDING_ONE, RECORDING_TWO, RECORDING_REST));

  @Test
  void cohortIsTheSumOfItsCells() {
    var told =
        (Told)
            cohorts.answer(
                cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of(SupportLevel.ONE, SupportLevel.TWO)));
    assertThat(told.playing()).isEqualTo(new PlayCounts(50, 100, 50, 25, 25));
    assertThat(told.measures().score().mean()).isCloseTo((20 * 60 + 30 * 70) / 50.0, within(1e-9));
    assertThat(told.quietChildren()).isEqualTo(11);
    assertThat(told.oldestPublishedAt()).isEqualTo(MONDAY);
  }

  @Test
  void quietChildrenOfAnotherCohortAreNotCounted() {
    var told =
        (Told) cohorts.answer(cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of(SupportLevel.TWO)));
    assertThat(told.playing().children()).isEqualTo(30);
    assertThat(told.quietChildren()).isNull();
  }

  @Test
  void activitiesAreThoseOfTheCohortsCells() {
    var told =
        (Told)
            cohorts.answer(
                cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of(SupportLevel.ONE, SupportLevel.TWO)));
    assertThat(told.activities()).isEqualTo(new ActivityCell.Counts(30, 140, 70, 28, 14, 7));
  }

  @Test
  void activitiesOfACohortThatWouldCutACellAreNotTold() {
    var figures = cell(MONDAY, 20, 50.0, "4-6/1/playing");
    var answer =
        new Cohorts(List.of(figures), List.of(RECORDING_REST))
            .answer(cohort(Set.of(AgeBand.FROM_4_TO_6), Set.of()));
    assertThat(((Told) answer).activities()).isNull();
  }

  @Test
  void cohortThatWouldCutACellIsSuppressed() {
    assertThat(cohorts.answer(cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of())))
        .isInstanceOfSatisfying(
            Suppressed.class,
            suppressed -> assertThat(suppressed.reason()).isEqualTo("suppressed"));
    assertThat(cohorts.answer(cohort(Set.of(AgeBand.FROM_4_TO_6), Set.of())))
        .isInstanceOf(Suppressed.class);
  }

  @Test
  void cohortOfNobodyIsSuppressed() {
    assertThat(cohorts.answer(cohort(Set.of(AgeBand.FROM_19), Set.of())))
        .isInstanceOf(Suppressed.class);
  }

  @Test
  void everybodyIsTheSumOfAllCells() {
    var told = (Told) cohorts.answer(cohort(Set.of(), Set.of()));
    assertThat(told.playing().children()).isEqualTo(60);
    assertThat(told.quietChildren()).isEqualTo(11);
  }

  /** Of every set of age bands and of levels: the difference of any two is a sum of cells. */
  @Test
  void noTwoCohortsDifferByAPartOfACell() {
    var told =
        subsets(AgeBand.values()).stream()
            .flatMap(ages -> subsets(SupportLevel.values()).stream().map(l -> cohort(ages, l)))
            .map(cohorts::answer)
            .filter(Told.class::isInstance)
            .map(answer -> ((Told) answer).playing().children())
            .collect(Collectors.toSet());
    assertThat(told).containsExactlyInAnyOrder(20L, 30L, 50L, 60L);
  }

  @Test
  void twoToFiveAreCompared() {
    var one = cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of(SupportLevel.ONE));
    var two = cohort(Set.of(AgeBand.FROM_7_TO_12), Set.of(SupportLevel.TWO));
    assertThat(cohorts.compare(List.of(two, one)).stream().map(CohortAnswer::cohort))
        .containsExactly(two, one);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cohorts.compare(List.of(one)))
        .withMessage("expected 2 to 5 cohorts to compare, but there are 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cohorts.compare(Collections.nCopies(6, one)))
        .withMessage("expected 2 to 5 cohorts to compare, but there are 6");
  }

  @Test
  void leavesAreReadAsTheyAreWritten() {
    assertThat(Stream.of(Leaf.Kind.values()).flatMap(kind -> Leaf.all(kind).stream()))
        .hasSize(60)
        .doesNotHaveDuplicates()
        .allSatisfy(leaf -> assertThat(Leaf.parse(leaf.toString())).isEqualTo(leaf));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Leaf.parse("7-12/1"))
        .withMessage("expected a leaf as 7-12/2/playing, but it is '7-12/1'");
  }

  private static ActivityCell recording(long children, long activities, String... leaves) {
    return new ActivityCell(
        Stream.of(leaves).map(Leaf::parse).collect(Collectors.toSet()),
        MONDAY,
        new ActivityCell.Counts(
            children,
            activities,
            activities / 2,
            activities / 5,
            activities / 10,
            activities / 20));
  }

  private static <T> Set<Set<T>> subsets(T[] values) {
    return IntStream.range(0, 1 << values.length)
        .mapToObj(
            chosen -> {
              var subset = new HashSet<T>();
              for (int i = 0; i < values.length; i++) {
                if ((chosen >> i & 1) == 1) {
                  subset.add(values[i]);
                }
              }
              return Set.copyOf(subset);
            })
        .collect(Collectors.toSet());
  }

  private static Cohort cohort(Set<AgeBand> ages, Set<SupportLevel> levels) {
    return new Cohort("of a test", ages, levels);
  }

  private static PopulationCell cell(
      Instant publishedAt, long children, double score, String... leaves) {
    var moments = new Moments(children, children * score, children * score * score);
    return new PopulationCell(
        Arrays.stream(leaves).map(Leaf::parse).collect(Collectors.toSet()),
        publishedAt,
        new PlayCounts(children, 2 * children, children, children / 2, children / 2),
        new Measures(moments, moments, moments));
  }
}
