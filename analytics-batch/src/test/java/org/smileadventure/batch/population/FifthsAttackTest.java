package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.common.metric.Window;
import org.smileadventure.localstack.RealServers;

/**
 * An attacker who plays for all the children of a cohort but one, in whatever way it likes, and
 * sees what is told of its own. What it wants is the mean of the last one.
 */
@RealServers
class FifthsAttackTest {
  private static final Platform PLATFORM = new Platform();
  private static final Window WINDOW = Window.MONTH;

  /** The means that there are, as numbers from 0 on. */
  private static final int MEANS = 1_000;

  private static final int NIGHTS = 10;
  private static final int SECRET = 717;

  private final CohortFifths fifths =
      new CohortFifths(PLATFORM.jdbc(), PopulationSteps.LEAST_COHORT);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @Test
  void nineteenOfTwentyLearnInWhichFifthOfTheirRanksTheLastOneIs() {
    var confidants = confidants(19);
    var last = child();
    var means = spread(0, MEANS, 19);
    play(confidants, means);
    var told = new LinkedHashMap<List<Integer>, Integer>();
    var ranks = new LinkedHashMap<List<Integer>, Integer>();
    for (int above = 0; above <= 19; above++) {
      double mean = above == 0 ? -1 : means.get(above - 1) + 0.5;
      play(List.of(last), List.of(mean));
      rankAnew();
      told.merge(seen(confidants), 1, Integer::sum);
      ranks.merge(ranks(means, mean), 1, Integer::sum);
    }
    assertThat(told.values()).as("places that look the same").containsExactly(4, 4, 4, 4, 4);
    assertThat(ranks).as("with ranks instead").hasSize(20);
  }

  @Test
  void playingOtherwiseEachNightTellsNothingMore() {
    var confidants = confidants(19);
    play(List.of(child()), List.of((double) SECRET));
    var means = spread(0, MEANS, 19);
    play(confidants, means);
    fifths.update(WINDOW);
    var seen = seen(confidants);
    var left = among(possible(), mean -> fifthsOf(means, mean), seen);
    assertThat(left).contains(SECRET).hasSizeBetween(MEANS / 6, MEANS / 4);

    for (int night = 1; night < NIGHTS; night++) {
      play(confidants, spread(left.getFirst(), left.getLast() - night, 19));
      fifths.update(WINDOW);
      assertThat(seen(confidants)).as("night %d", night).isEqualTo(seen);
    }
  }

  /** The same attacker: what would be told if they were ranked each night. */
  @Test
  void rankedEachNightTheMeanWouldBeFoundInFive() {
    var confidants = confidants(19);
    play(List.of(child()), List.of((double) SECRET));
    var left = possible();
    for (int night = 0; night < 5; night++) {
      var means = spread(left.getFirst(), left.getLast() + 1, 19);
      play(confidants, means);
      rankAnew();
      left = among(left, mean -> fifthsOf(means, mean), seen(confidants));
    }
    assertThat(left).containsExactly(SECRET);
  }

  /** And by ranks, as they were told before: in three. */
  @Test
  void byRanksTheMeanWouldBeFoundInThree() {
    var left = possible();
    for (int night = 0; night < 3; night++) {
      var means = spread(left.getFirst(), left.getLast() + 1, 19);
      left = among(left, mean -> ranks(means, mean), ranks(means, SECRET));
    }
    assertThat(left).containsExactly(SECRET);
  }

  @Test
  void aCohortBelowTwentyTellsNothing() {
    var confidants = confidants(18);
    var last = child();
    var told = new TreeMap<String, Integer>();
    play(confidants, spread(0, MEANS, 18));
    for (int mean = -1; mean < MEANS; mean += 100) {
      play(List.of(last), List.of((double) mean));
      rankAnew();
      told.merge(seen(confidants).toString(), 1, Integer::sum);
    }
    assertThat(told).containsOnly(entry(List.of().toString(), 11));
  }

  private static List<Integer> possible() {
    return IntStream.range(0, MEANS).boxed().toList();
  }

  /** Those of which the attacker would see what it has seen. */
  private static List<Integer> among(
      List<Integer> possible, IntFunction<List<Integer>> wouldSee, List<Integer> seen) {
    return possible.stream().filter(mean -> wouldSee.apply(mean).equals(seen)).toList();
  }

  /** As many numbers, no two of them equal, none of them a mean that the last one can have. */
  private static List<Double> spread(int from, int to, int many) {
    var numbers = new ArrayList<Double>();
    for (int i = 1; i <= many; i++) {
      numbers.add(Math.floor(from + (double) (to - from) * i / (many + 1)) - 0.5 + i / 1_000.0);
    }
    return numbers;
  }

  private static List<Long> confidants(int many) {
    return IntStream.range(0, many).mapToObj(_ -> child()).toList();
  }

  private static long child() {
    return PLATFORM.child(7, 1);
  }

  private static void play(List<Long> children, List<Double> means) {
    for (int i = 0; i < children.size(); i++) {
      PLATFORM.summary(children.get(i), WINDOW.wireName(), Summary.of(3, means.get(i)));
    }
  }

  private void rankAnew() {
    PLATFORM.jdbc().sql("DELETE FROM cohort_ranking").update();
    fifths.update(WINDOW);
  }

  /** What is told of these children; nothing of those without a fifth. */
  private static List<Integer> seen(List<Long> confidants) {
    return PLATFORM
        .jdbc()
        .sql(
            """
            SELECT score_fifth FROM child_window_summary
            WHERE child_id = ANY (:children) AND score_fifth IS NOT NULL
            ORDER BY child_id
            """)
        .param("children", confidants.toArray(Long[]::new))
        .query((row, _) -> row.getInt(1))
        .list();
  }

  /** What would be told of the confidants if the last one had this mean. */
  private static List<Integer> fifthsOf(List<Double> confidants, double last) {
    return ranks(confidants, last).stream()
        .map(below -> 1 + 5 * (2 * below + 1) / (2 * (confidants.size() + 1)))
        .toList();
  }

  /** How many children are below each confidant. */
  private static List<Integer> ranks(List<Double> confidants, double last) {
    var below = new ArrayList<Integer>();
    for (int i = 0; i < confidants.size(); i++) {
      below.add(i + (last < confidants.get(i) ? 1 : 0));
    }
    return below;
  }
}
