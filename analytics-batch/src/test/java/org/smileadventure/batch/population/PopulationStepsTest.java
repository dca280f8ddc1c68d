package org.smileadventure.batch.population;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

@RealServers
class PopulationStepsTest {

  @Test
  void oneNightRanksChildrenAndPublishesCells() {
    var platform = new Platform();
    for (int i = 0; i < 40; i++) {
      var child = platform.child(7, 1);
      platform.summary(
          child,
          "90d",
          Summary.trend(i, i < 25 ? "improving" : "stable", i < 15 ? "long_silence" : "none"));
    }
    assertThat(night(platform)).isPositive();
    assertThat(platform.count("SELECT count(score_fifth) FROM child_window_summary")).isEqualTo(40);
    assertThat(platform.count("SELECT children FROM v_platform_play")).isEqualTo(40);
    assertThat(platform.count("SELECT playing_children FROM v_platform_play")).isEqualTo(40);
    assertThat(platform.count("SELECT sessions FROM v_platform_play")).isEqualTo(200);
    assertThat(platform.count("SELECT completion_rate FROM v_platform_play")).isEqualTo(100);
    assertThat(
            platform.count(
                "SELECT children FROM v_population_insight WHERE insight = 'low_engagement'"))
        .isEqualTo(15);
    assertThat(
            platform.count(
                "SELECT children FROM v_population_insight WHERE insight = 'accelerated_progress'"))
        .isEqualTo(25);
    var contributions = platform.count("SELECT count(*) FROM population_print");
    assertThat(night(platform)).as("written in the same night again").isZero();
    assertThat(platform.count("SELECT count(*) FROM population_print")).isEqualTo(contributions);
  }

  private static int night(Platform platform) {
    return platform.run(PopulationSteps.figures(platform.jdbc()))
        + platform.run(PopulationSteps.distributions(platform.jdbc()));
  }

  @Test
  void topicsPublishedSideBySideAreThoseOfOneAfterTheOther() {
    var oneByOne = populationAfterNight("smile.batch.threads=1");
    assertThat(oneByOne.get("population_cell")).isNotEmpty();
    assertThat(populationAfterNight("smile.batch.threads=4")).isEqualTo(oneByOne);
  }

  private static Map<String, List<String>> populationAfterNight(String setting) {
    var database = PlayedDatabase.copy();
    try (var service = new ServiceUnderTest(database.url(), setting)) {
      var night = service.run("nightly", Map.of());
      assertThat(night.getStatus()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(
              night.getStepExecutions().stream()
                  .filter(step -> step.getStepName().startsWith("population-"))
                  .collect(toMap(StepExecution::getStepName, StepExecution::getStatus)))
          .as("a step of nine parts, and one of eleven")
          .hasSize(22)
          .containsValue(BatchStatus.COMPLETED)
          .doesNotContainValue(BatchStatus.FAILED);
    }
    return database.population();
  }
}
