package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is not consented to, or is restricted, is not counted, and leaves as others leave. */
@RealServers
class PopulationConsentTest {
  private static final Platform PLATFORM = new Platform();
  private static final LocalDate START = LocalDate.of(2026, 3, 2);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @ParameterizedTest
  @EnumSource
  void childIsNotCountedInAnyTopic(Platform.Leaving how) {
    var counted = inAllTopics();
    var out = inAllTopics();
    PLATFORM.leaves(out, how);
    for (var topic : List.of(Tabulation.FIGURES, Tabulation.ACTIVITIES, Tabulation.TREATMENT)) {
      assertThat(tonight(topic)).as(topic.topic()).containsExactly(counted);
    }
  }

  @ParameterizedTest
  @EnumSource
  void childThatLeavesIsOutWhenItIsNotTheOnlyOne(Platform.Leaving how) {
    var children = come(40, "verbal");
    night();
    PLATFORM.leaves(children.getFirst(), how);
    playOn();
    night();
    assertThat(counted()).as("one has left").isEqualTo(40);
    children.subList(1, 10).forEach(child -> PLATFORM.leaves(child, how));
    night();
    assertThat(counted()).as("ten have left").isEqualTo(30);
  }

  /** It stays counted where it was: what it is by now is not looked up. */
  @Test
  void nothingNewIsToldOfAChildThatCannotLeaveYet() {
    var children = come(30, "verbal");
    come(20, "mixed");
    come(10, "non_verbal");
    night();
    assertThat(styles()).isEqualTo(Map.of("verbal", 30L, "mixed", 20L));

    update(children.getFirst(), "population_consent = false, communication_style = 'mixed'");
    children.subList(1, 11).forEach(child -> update(child, "communication_style = 'mixed'"));
    night();

    assertThat(styles()).isEqualTo(Map.of("verbal", 20L, "mixed", 30L));
  }

  @Test
  void distributionThatWasNotToldBeforeIsNotToldOfACellThatCountsSuchAChild() {
    var children = come(40, "verbal");
    PLATFORM.publish(Tabulation.FIGURES, 10);
    update(children.getFirst(), "population_consent = false");
    night();
    assertThat(styles()).isEmpty();
  }

  private static void night() {
    PLATFORM.publishAll(10);
  }

  private static List<Long> come(int many, String style) {
    var children = new ArrayList<Long>();
    for (int i = 0; i < many; i++) {
      var child = PLATFORM.child(7, 1);
      PLATFORM.summary(child, "90d", Summary.of(5, (double) (child % 89)));
      update(child, "communication_style = '" + style + "'");
      children.add(child);
    }
    return children;
  }

  private static long inAllTopics() {
    var child = PLATFORM.child(7, 1);
    PLATFORM.summary(child, "90d", Summary.of(5, 50));
    PLATFORM.activities(child, 4, 2);
    update(child, "current_therapies = '[{\"type\": \"ABA\", \"start_date\": \"" + START + "\"}]'");
    for (int week = -5; week <= 5; week++) {
      PLATFORM
          .jdbc()
          .sql(
              """
              INSERT INTO game_sessions (id, child_id, started_at, ended_at, day, score, completion_status)
              SELECT gen_random_uuid(), :child, :day, :day, :day, 50, 'completed'
              """)
          .param("child", child)
          .param("day", START.plusWeeks(week))
          .update();
    }
    PLATFORM.computeEffects();
    return child;
  }

  private static void playOn() {
    PLATFORM.jdbc().sql("UPDATE child_window_summary SET score_mean = score_mean + 0.5").update();
  }

  private static void update(long child, String change) {
    PLATFORM.jdbc().sql("UPDATE children SET " + change + " WHERE id = ?").param(child).update();
  }

  private static List<Long> tonight(Tabulation topic) {
    return Objects.requireNonNull(
        new TransactionTemplate(PLATFORM.transactions())
            .execute(
                _ -> {
                  PLATFORM.jdbc().sql(topic.staging()).param("topic", topic.topic()).update();
                  return PLATFORM
                      .jdbc()
                      .sql("SELECT child_id FROM tonight")
                      .query((row, _) -> row.getLong(1))
                      .list();
                }));
  }

  private static long counted() {
    return PLATFORM.count("SELECT sum(children) FROM population_cell WHERE topic = 'figures'");
  }

  private static Map<String, Long> styles() {
    var styles = new TreeMap<String, Long>();
    PLATFORM
        .jdbc()
        .sql(
            """
            SELECT category, children FROM v_population_distribution WHERE topic = 'communication_style'
            """)
        .query(
            row -> {
              styles.put(row.getString("category"), row.getLong("children"));
            });
    return styles;
  }
}
