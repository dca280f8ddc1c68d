package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;

/** What the children of a cell have in common. */
@RealServers
class TraitTest {
  private static final Platform PLATFORM = new Platform();

  private double score = 10;

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @Test
  void communicationStylesAreCounted() {
    come(15, "communication_style = 'verbal'");
    come(10, "communication_style = 'non_verbal'");
    come(12, "communication_style = 'mixed'");
    come(11, "communication_style = 'alternative'");
    come(13, "communication_style = NULL");
    night();
    assertThat(shown("communication_style"))
        .isEqualTo(
            Map.of(
                "verbal", 15L,
                "non_verbal", 10L,
                "mixed", 12L,
                "alternative", 11L,
                "unspecified", 13L));
  }

  @Test
  void styleOfFewIsNotToldAndNotTheCellsLessTheOthers() {
    come(15, "communication_style = 'verbal'");
    come(20, "communication_style = 'mixed'");
    come(9, "communication_style = 'non_verbal'");
    night();
    assertThat(shown("communication_style")).isEqualTo(Map.of("mixed", 20L));
  }

  @Test
  void therapiesAreCountedAndNoneOrManyAreAnInsight() {
    come(12, "current_therapies = '[]'");
    come(10, "current_therapies = '[{}, {}, {}]'");
    come(20, "current_therapies = '[{}, {}, {}, {}]'");
    night();
    assertThat(shown("therapy_load"))
        .isEqualTo(Map.of("none", 12L, "one_to_three", 10L, "more_than_three", 20L));
    assertThat(insights())
        .isEqualTo(Map.of("without_active_therapies", "medium", "high_therapy_load", "low"));
  }

  @Test
  void risksOfRunningAwayAndMissingSafetyProtocolsAreInsights() {
    come(12, "safety_protocols = '{\"elopement_risk\": \"high\"}'");
    come(10, "safety_protocols = '{\"elopement_risk\": \"moderate\"}'");
    come(10, "safety_protocols = '{\"elopement_risk\": \"low\"}'");
    come(10, "safety_protocols = '{\"elopement_risk\": \"none\"}'");
    come(40, "safety_protocols = '{}'");
    night();
    assertThat(shown("elopement_risk"))
        .isEqualTo(
            Map.of("high", 12L, "moderate", 10L, "low", 10L, "none", 10L, "unspecified", 40L));
    assertThat(shown("safety_protocols")).isEqualTo(Map.of("documented", 42L, "missing", 40L));
    assertThat(insights()).containsEntry("incomplete_safety_documentation", "high");
    // 12 of 82, whose interval begins below a tenth.
    assertThat(insights()).doesNotContainKey("high_elopement_risk");
  }

  @Test
  void highRiskOfRunningAwayIsUrgent() {
    come(12, "safety_protocols = '{\"elopement_risk\": \"high\"}'");
    for (var risk : List.of("moderate", "low", "none")) {
      come(10, "safety_protocols = '{\"elopement_risk\": \"%s\"}'".formatted(risk));
    }
    come(10, "safety_protocols = '{}'");
    night();
    assertThat(insights()).containsEntry("high_elopement_risk", "high");
  }

  @Test
  void newChildrenAreToldOfThePlatformIfEachCellTellsOfItsOwn() {
    come(12, "created_at = now() - interval '1 day'");
    come(10, "created_at = now() - interval '31 days'");
    come(10, "created_at = now() - interval '1 year'");
    night();
    assertThat(shown("joined"))
        .isEqualTo(Map.of("last_30_days", 12L, "days_31_to_60", 10L, "earlier", 10L));
    assertThat(newChildren()).isEqualTo(12L);
    for (int i = 0; i < 10; i++) {
      PLATFORM.child(12, 3);
    }
    night();
    assertThat(newChildren()).isNull();
  }

  private static @Nullable Object newChildren() {
    return PLATFORM
        .jdbc()
        .sql("SELECT new_children FROM v_platform_play")
        .query()
        .singleRow()
        .get("new_children");
  }

  private static void night() {
    PLATFORM.publishAll(10);
  }

  private void come(int many, String trait) {
    for (int i = 0; i < many; i++) {
      var child = PLATFORM.child(7, 1);
      PLATFORM.summary(child, "90d", Summary.of(5, score++));
      PLATFORM.jdbc().sql("UPDATE children SET " + trait + " WHERE id = ?").param(child).update();
    }
  }

  private static Map<String, Long> shown(String topic) {
    var shown = new TreeMap<String, Long>();
    PLATFORM
        .jdbc()
        .sql("SELECT category, children FROM v_population_distribution WHERE topic = :topic")
        .param("topic", topic)
        .query(
            row -> {
              shown.put(row.getString("category"), row.getLong("children"));
            });
    return shown;
  }

  private static Map<String, String> insights() {
    var insights = new TreeMap<String, String>();
    PLATFORM
        .jdbc()
        .sql("SELECT insight, priority FROM v_population_insight")
        .query(
            row -> {
              insights.put(row.getString("insight"), row.getString("priority"));
            });
    return insights;
  }
}
