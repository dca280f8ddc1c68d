package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.batch.population.Platform.Leaving;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.common.metric.Window;
import org.smileadventure.localstack.RealServers;

@RealServers
class CohortFifthsTest {
  private static final Platform PLATFORM = new Platform();

  private final CohortFifths fifths =
      new CohortFifths(PLATFORM.jdbc(), PopulationSteps.LEAST_COHORT);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @Test
  void twentyAreFourInEachFifth() {
    var children = cohort(20);
    assertThat(fifths.update(Window.QUARTER)).isEqualTo(20);
    for (var of : List.of("score", "engagement")) {
      assertThat(children.stream().map(child -> fifth(child, of)))
          .containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5);
    }
  }

  /** Half of those that are equal count as below. */
  @Test
  void thoseThatAreEqualAreInOneFifth() {
    var children = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      children.add(plays(i < 9 ? 10 : i < 18 ? 20 : 30));
    }
    fifths.update(Window.QUARTER);
    assertThat(children.stream().map(child -> fifth(child, "score")).distinct())
        .containsExactly(2, 4, 5);
  }

  @Test
  void nineteenAreNoCohort() {
    var children = cohort(19);
    assertThat(fifths.update(Window.QUARTER)).isZero();
    assertThat(fifth(children.getFirst(), "score")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void cohortThatIsTooSmallByThenLosesItsFifths(Leaving how) {
    var children = cohort(20);
    fifths.update(Window.QUARTER);
    PLATFORM.leaves(children.getLast(), how);
    pass(Duration.ofDays(90));
    assertThat(fifths.update(Window.QUARTER)).isEqualTo(20);
    assertThat(children).allSatisfy(child -> assertThat(fifth(child, "score")).isNull());
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNotCountedAnyMoreHasNoneFromThatNightOn(Leaving how) {
    var children = cohort(20);
    fifths.update(Window.QUARTER);
    PLATFORM.jdbc().sql("DELETE FROM pending_invalidation").update();
    PLATFORM.leaves(children.getLast(), how);
    PLATFORM.jdbc().sql("DELETE FROM pending_invalidation").update();

    assertThat(fifths.update(Window.QUARTER)).isOne();

    assertThat(fifth(children.getLast(), "score")).isNull();
    assertThat(fifth(children.getFirst(), "score")).isOne();
    assertThat(invalidated()).containsExactly(children.getLast());
  }

  @Test
  void eachWindowHasItsOwn() {
    cohort(20);
    assertThat(fifths.update(Window.MONTH)).isZero();
    assertThat(fifths.update(Window.QUARTER)).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource
  void aWindowIsRankedAgainOnlyWhenItHasPassed(Window window) {
    var children = cohort(20, window);
    fifths.update(window);
    setScore(children.getFirst(), 1_000);

    assertThat(fifths.update(window)).as("the same night").isZero();
    pass(CohortFifths.pause(window).minusDays(1));
    assertThat(fifths.update(window)).as("the night before").isZero();
    assertThat(fifth(children.getFirst(), "score")).isOne();

    pass(Duration.ofDays(1).minusMinutes(10));
    assertThat(fifths.update(window)).as("the night").isPositive();
    assertThat(fifth(children.getFirst(), "score")).isEqualTo(5);
    assertThat(
            PLATFORM.count(
                "SELECT count(*) FROM cohort_ranking WHERE ranked_at > now() - interval '1 minute'"))
        .isOne();
  }

  @Test
  void whoIsInAnotherFifthThanBeforeIsInvalidatedAndNobodyElse() {
    var children = cohort(20);
    fifths.update(Window.QUARTER);
    assertThat(invalidated()).hasSize(20);
    PLATFORM.jdbc().sql("DELETE FROM pending_invalidation").update();

    setScore(children.getLast(), 21);
    pass(Duration.ofDays(90));
    fifths.update(Window.QUARTER);
    assertThat(invalidated()).isEmpty();

    setScore(children.get(3), 5.5);
    pass(Duration.ofDays(90));
    fifths.update(Window.QUARTER);
    assertThat(invalidated()).containsExactlyInAnyOrder(children.get(3), children.get(4));
  }

  private record Member(int band, int level, boolean counts, double score) {}

  /** Against a count of those below and those equal, child by child. */
  @Test
  void fifthsAreThoseOfACountByHand() {
    var random = new Random(11);
    int[] ages = {0, 3, 4, 6, 7, 12, 13, 18, 19, 25};
    var members = new TreeMap<Long, Member>();
    for (int i = 0; i < 1_000; i++) {
      int age = random.nextInt(ages.length);
      int level = random.nextInt(4);
      boolean counted = random.nextInt(8) > 0;
      int completed = random.nextInt(8);
      double score = random.nextInt(30) / 3.0;
      var child = PLATFORM.child(ages[age], level == 0 ? null : level);
      if (!counted) {
        PLATFORM.leaves(child, Leaving.any(random));
      }
      PLATFORM.summary(child, "90d", Summary.of(completed, score));
      members.put(child, new Member(age / 2, level, counted && completed >= 3, score));
    }
    fifths.update(Window.QUARTER);
    members.forEach(
        (child, member) -> assertThat(fifth(child, "score")).isEqualTo(byHand(member, members)));
    assertThat(PLATFORM.count("SELECT count(score_fifth) FROM child_window_summary"))
        .isBetween(100L, 600L);
  }

  private static @Nullable Integer byHand(Member member, Map<Long, Member> all) {
    int n = 0;
    int below = 0;
    int equal = 0;
    for (var other : all.values()) {
      if (other.counts() && other.band() == member.band() && other.level() == member.level()) {
        n++;
        below += other.score() < member.score() ? 1 : 0;
        equal += other.score() == member.score() ? 1 : 0;
      }
    }
    return member.counts() && n >= 20 ? 1 + (int) ((below + equal / 2.0) / n * 5) : null;
  }

  private static void pass(Duration time) {
    PLATFORM
        .jdbc()
        .sql("UPDATE cohort_ranking SET ranked_at = ranked_at - ?::interval")
        .param(time.toString())
        .update();
  }

  private static void setScore(long child, double score) {
    PLATFORM
        .jdbc()
        .sql("UPDATE child_window_summary SET score_mean = ? WHERE child_id = ?")
        .params(score, child)
        .update();
  }

  /** With means of 1, 2, … */
  private static List<Long> cohort(int children) {
    return cohort(children, Window.QUARTER);
  }

  private static List<Long> cohort(int children, Window window) {
    return IntStream.rangeClosed(1, children).mapToObj(score -> plays(score, window)).toList();
  }

  private static long plays(double score) {
    return plays(score, Window.QUARTER);
  }

  private static long plays(double score, Window window) {
    var child = PLATFORM.child(7, 1);
    PLATFORM.summary(child, window.wireName(), Summary.of(3, score));
    return child;
  }

  private static List<Long> invalidated() {
    return PLATFORM
        .jdbc()
        .sql("SELECT child_id FROM pending_invalidation")
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private static @Nullable Integer fifth(long child, String of) {
    var row =
        PLATFORM
            .jdbc()
            .sql(
                """
                SELECT score_fifth AS score, engagement_fifth AS engagement
                FROM child_window_summary WHERE child_id = :child
                """)
            .param("child", child)
            .query()
            .singleRow();
    return (Integer) row.get(of);
  }
}
