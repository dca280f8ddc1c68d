package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;

@RealServers
class DistributionTest {
  private static final Platform PLATFORM = new Platform();

  private final List<Long> children = new ArrayList<>();
  private double score = 10;
  private int level = 1;

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @Test
  void categoriesOfTenAndMoreAreShown() {
    come(20, "improving");
    come(15, "stable");
    come(12, "declining");
    come(10, null);
    night();
    assertThat(shown("score_trend"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("improving", 20L, "stable", 15L, "declining", 12L, "insufficient", 10L));
  }

  /** The seven would be the cell's number less the others. */
  @Test
  void thinCategoryTakesAnotherOneWithIt() {
    come(20, "improving");
    come(15, "stable");
    come(12, "declining");
    come(7, null);
    night();
    assertThat(shown("score_trend"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("improving", 20L, "stable", 15L));
  }

  @Test
  void nothingIsShownOfACellThatIsNearlyAllAlike() {
    come(40, "improving", "long_silence");
    come(9, null);
    night();
    assertThat(shown("score_trend")).isEmpty();
    assertThat(shown("long_silence")).isEmpty();
  }

  @Test
  void distributionStaysWhileFewChildrenChangeTheirPlace() {
    come(30, "improving");
    come(30, "stable");
    come(20, "declining");
    come(20, null);
    night();
    for (int i = 0; i < 9; i++) {
      turn(children.get(i), "stable");
    }
    night();
    assertThat(shown("score_trend")).containsEntry("improving", 30L).containsEntry("stable", 30L);
    turn(children.get(9), "stable");
    night();
    assertThat(shown("score_trend")).containsEntry("improving", 20L).containsEntry("stable", 40L);
  }

  /** Of the twelve that came, two are in no shown category: cell less categories would be these. */
  @Test
  void distributionIsOfTheCellsChildrenOrNotShown() {
    come(30, "improving");
    come(30, "stable");
    come(30, "declining");
    come(20, null);
    night();
    come(10, "improving");
    come(2, "stable");
    night();
    assertThat(PLATFORM.count("SELECT children FROM v_population_cell")).isEqualTo(122);
    assertThat(shown("score_trend")).isEmpty();
    come(8, "stable");
    children.forEach(this::play);
    night();
    assertThat(PLATFORM.count("SELECT children FROM v_population_cell")).isEqualTo(122);
    assertThat(shown("score_trend")).isEmpty();
    come(2, "improving");
    children.forEach(this::play);
    night();
    assertThat(PLATFORM.count("SELECT children FROM v_population_cell")).isEqualTo(132);
    assertThat(shown("score_trend")).containsEntry("improving", 42L).containsEntry("stable", 40L);
  }

  /**
   * Three moved, out of a distribution that has to stay as it is: they are in none of the other
   * cell's categories, and that cell less its categories would be these.
   */
  @Test
  void distributionThatLacksChildrenOfTheCellIsNotShown() {
    come(28, "improving");
    come(30, "stable");
    come(30, "declining");
    come(30, null);
    var first = List.copyOf(children);
    level = 2;
    come(30, "improving");
    come(30, "stable");
    come(30, "declining");
    come(30, null);
    night();
    assertThat(shown("score_trend", "7-12/2")).containsEntry("improving", 30L);
    first.subList(20, 28).forEach(child -> PLATFORM.setActive(child, false));
    first.subList(28, 30).forEach(child -> PLATFORM.setActive(child, false));
    first.subList(30, 33).forEach(child -> move(child, 2));
    come(10, "improving");
    first.forEach(this::play);
    children.forEach(this::play);
    night();
    assertThat(PLATFORM.count("SELECT max(children) FROM v_population_cell")).isEqualTo(133);
    assertThat(
            PLATFORM.count(
                """
                SELECT sum(children) FROM population_cell
                WHERE topic = 'score_trend' AND scope = '{7-12/2/playing}'
                """))
        .isEqualTo(130);
    assertThat(shown("score_trend", "7-12/2")).isEmpty();
    assertThat(shown("score_trend", "7-12/1")).isEmpty();
  }

  @Test
  void insightsTellWhatTheyRestOn() {
    come(15, "stable", "abandonment_high");
    come(25, "stable");
    night();
    var insight =
        PLATFORM
            .jdbc()
            .sql(
                """
                SELECT insight, priority, rests_on, children, of_children, share, share_low, share_high
                FROM v_population_insight
                """)
            .query()
            .singleRow();
    assertThat(insight)
        .containsEntry("insight", "abandonment_high")
        .containsEntry("priority", "medium")
        .containsEntry("rests_on", "abandonment_high")
        .containsEntry("children", 15L)
        .containsEntry("of_children", 40L)
        .containsEntry("share", 0.375);
    assertThat((Double) insight.get("share_low")).isCloseTo(0.242230, within(1e-6));
    assertThat((Double) insight.get("share_high")).isCloseTo(0.529676, within(1e-6));
  }

  /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263. */
  @Test
  void intervalsAreThoseThatArePublished() {
    come(81, "stable", "long_silence");
    come(182, "stable");
    night();
    var interval =
        PLATFORM
            .jdbc()
            .sql(
                """
                SELECT round(share_low::numeric, 4) AS low, round(share_high::numeric, 4) AS high
                FROM v_population_distribution WHERE topic = 'long_silence' AND category = 'holds'
                """)
            .query()
            .singleRow();
    assertThat(interval.get("low")).hasToString("0.2553");
    assertThat(interval.get("high")).hasToString("0.3662");
  }

  private void night() {
    PLATFORM.publishAll(10);
  }

  private void come(int many, @Nullable String trend, String... risks) {
    for (int i = 0; i < many; i++) {
      var child = PLATFORM.child(7, level);
      PLATFORM.summary(child, "90d", Summary.trend(score++, trend, risks));
      children.add(child);
    }
  }

  private void turn(long child, String trend) {
    PLATFORM.summary(child, "90d", Summary.trend(score++, trend));
  }

  private static void move(long child, int level) {
    PLATFORM
        .jdbc()
        .sql("UPDATE children SET support_level = :level WHERE id = :id")
        .param("level", level)
        .param("id", child)
        .update();
  }

  private void play(long child) {
    PLATFORM
        .jdbc()
        .sql("UPDATE child_window_summary SET score_mean = score_mean + 0.125 WHERE child_id = :id")
        .param("id", child)
        .update();
  }

  private static Map<String, Long> shown(String topic) {
    return shown(topic, "7-12/1");
  }

  private static Map<String, Long> shown(String topic, String cell) {
    var shown = new TreeMap<String, Long>();
    PLATFORM
        .jdbc()
        .sql(
            """
            SELECT category, children FROM v_population_distribution
            WHERE topic = :topic AND scope = ARRAY[:cell || '/playing']
            """)
        .param("topic", topic)
        .param("cell", cell)
        .query(
            row -> {
              shown.put(row.getString("category"), row.getLong("children"));
            });
    return shown;
  }
}
