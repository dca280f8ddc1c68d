package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.util.DoubleComparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;

@RealServers
class CohortPercentilesTest {
  private static final Platform PLATFORM = new Platform();

  private final CohortPercentiles percentiles = new CohortPercentiles(PLATFORM.jdbc(), 10);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  /** The example of the percentile rank's definition in Wikipedia, "Percentile rank". */
  @Test
  void publishedExampleHoldsWithTies() {
    var children = cohort(7, 5, 5, 4, 4, 3, 3, 3, 2, 1);
    assertThat(percentiles.update("90d")).isEqualTo(10);
    assertThat(children.stream().map(child -> percentile(child, "score")))
        .containsExactly(95.0, 80.0, 80.0, 60.0, 60.0, 35.0, 35.0, 35.0, 15.0, 5.0);
    assertThat(children.stream().map(child -> percentile(child, "engagement")))
        .containsExactly(95.0, 80.0, 80.0, 60.0, 60.0, 35.0, 35.0, 35.0, 15.0, 5.0);
  }

  @Test
  void nineAreNoCohort() {
    var children = cohort(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(percentiles.update("90d")).isZero();
    assertThat(percentile(children.getFirst(), "score")).isNull();
  }

  @Test
  void cohortThatIsTooSmallByNowLosesItsPercentiles() {
    var children = cohort(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    percentiles.update("90d");
    PLATFORM.setActive(children.getLast(), false);
    assertThat(percentiles.update("90d")).isEqualTo(10);
    assertThat(children).allSatisfy(child -> assertThat(percentile(child, "score")).isNull());
  }

  @Test
  void rowsThatStayTheSameAreNotWritten() {
    cohort(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    percentiles.update("90d");
    assertThat(percentiles.update("90d")).isZero();
  }

  @Test
  void eachWindowHasItsOwn() {
    cohort(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(percentiles.update("30d")).isZero();
  }

  @Test
  void allDaysHaveTheirOwnToo() {
    var children = new ArrayList<Long>();
    for (var mean : new int[] {10, 30, 30, 60, 50, 90, 70, 120, 90, 150}) {
      var child = PLATFORM.child(7, 1);
      PLATFORM.summary(child, "all", Summary.of(3, mean));
      children.add(child);
    }
    assertThat(percentiles.update("all")).isEqualTo(10);
    assertThat(percentiles.update("all")).isZero();
    assertThat(children.stream().map(child -> percentile(child, "score")))
        .usingComparatorForType(new DoubleComparator(1e-9), Double.class)
        .containsExactly(5.0, 20.0, 20.0, 45.0, 35.0, 70.0, 55.0, 85.0, 70.0, 95.0);
    assertThat(percentiles.update("90d")).isZero();
  }

  @Test
  void whoStandsElsewhereThanBeforeIsInvalidatedAndNobodyElse() {
    var children = cohort(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    percentiles.update("90d");
    assertThat(PLATFORM.count("SELECT count(*) FROM pending_invalidation")).isEqualTo(10);
    PLATFORM.jdbc().sql("DELETE FROM pending_invalidation").update();

    setScore(children.getLast(), 11);
    percentiles.update("90d");
    assertThat(PLATFORM.count("SELECT count(*) FROM pending_invalidation")).isZero();

    setScore(children.get(8), 12);
    percentiles.update("90d");
    assertThat(
            PLATFORM
                .jdbc()
                .sql("SELECT child_id FROM pending_invalidation")
                .query(Long.class)
                .list())
        .containsExactlyInAnyOrder(children.get(8), children.get(9));
    assertThat(
            PLATFORM.count(
                "SELECT count(*) FROM cohort_ranking WHERE window_name = '90d' AND ranked_at > now() - interval '1 minute'"))
        .isOne();
  }

  private static void setScore(long child, double score) {
    PLATFORM
        .jdbc()
        .sql(
            "UPDATE child_window_summary SET score_mean = ? WHERE child_id = ? AND window_name = '90d'")
        .params(score, child)
        .update();
  }

  private record Member(int band, int level, boolean counts, double score) {}

  /** Against a count of those below and those equal, child by child. */
  @Test
  void ranksAreThoseOfACountByHand() {
    var random = new Random(11);
    int[] ages = {0, 3, 4, 6, 7, 12, 13, 18, 19, 25};
    var members = new TreeMap<Long, Member>();
    for (int i = 0; i < 400; i++) {
      int age = random.nextInt(ages.length);
      int level = random.nextInt(4);
      boolean active = random.nextInt(8) > 0;
      int completed = random.nextInt(8);
      double score = random.nextInt(30) / 3.0;
      var child = PLATFORM.child(ages[age], level == 0 ? null : level);
      PLATFORM.setActive(child, active);
      PLATFORM.summary(child, "90d", Summary.of(completed, score));
      members.put(child, new Member(age / 2, level, active && completed >= 3, score));
    }
    percentiles.update("90d");
    members.forEach(
        (child, member) -> {
          var expected = byHand(member, members);
          var actual = percentile(child, "score");
          if (expected == null) {
            assertThat(actual).isNull();
          } else {
            assertThat(actual).isCloseTo(expected, within(1e-9));
          }
        });
    assertThat(PLATFORM.count("SELECT count(score_percentile) FROM child_window_summary"))
        .isBetween(50L, 250L);
  }

  private static @Nullable Double byHand(Member member, Map<Long, Member> all) {
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
    return member.counts() && n >= 10 ? (below + equal / 2.0) / n * 100 : null;
  }

  private static List<Long> cohort(double... scores) {
    var children = new ArrayList<Long>();
    for (var score : scores) {
      var child = PLATFORM.child(7, 1);
      PLATFORM.summary(child, "90d", Summary.of(3, score));
      children.add(child);
    }
    return children;
  }

  private static @Nullable Double percentile(long child, String of) {
    var row =
        PLATFORM
            .jdbc()
            .sql(
                """
                SELECT score_percentile AS score, engagement_percentile AS engagement
                FROM child_window_summary WHERE child_id = :child
                """)
            .param("child", child)
            .query()
            .singleRow();
    return (Double) row.get(of);
  }
}
