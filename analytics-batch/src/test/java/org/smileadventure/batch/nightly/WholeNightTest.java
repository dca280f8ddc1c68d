package org.smileadventure.batch.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

@RealServers
class WholeNightTest {

  @Test
  void aChildWhoseDataCannotBeReadIsLeftOutAndTheOthersAreDone() {
    var database = PlayedDatabase.copy();
    var jdbc = database.jdbc();
    jdbc.sql(
            """
            UPDATE game_sessions SET emotions = '{"seconds": {"calm": "long"}}'
            WHERE child_id = 3 AND completion_status = 'completed'
            """)
        .update();
    jdbc.sql("SELECT mark_months(array_agg(child_id), array_agg(day)) FROM game_sessions")
        .query(_ -> {});
    try (var service = new ServiceUnderTest(database.url(), "smile.batch.children=7")) {
      var night = service.run("nightly", Map.of());
      assertThat(night.getStepExecutions())
          .filteredOn(
              step ->
                  List.of(
                          "silent-sessions",
                          "dirty-months",
                          "treatment-effects",
                          "window-summaries",
                          "population-figures",
                          "population-distributions",
                          "retention")
                      .contains(step.getStepName()))
          .hasSize(7)
          .extracting(StepExecution::getStatus)
          .containsOnly(BatchStatus.COMPLETED);
    }
    assertThat(
            jdbc.sql("SELECT DISTINCT child_id FROM dirty_child_months").query(Long.class).list())
        .containsExactly(3L);
  }
}
