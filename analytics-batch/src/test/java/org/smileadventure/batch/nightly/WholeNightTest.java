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
                          "window-summaries",
                          "population-cells",
                          "tidying")
                      .contains(step.getStepName()))
          .hasSize(5)
          .extracting(StepExecution::getStatus)
          .containsOnly(BatchStatus.COMPLETED);
    }
    assertThat(
            jdbc.sql("SELECT DISTINCT child_id FROM dirty_child_months").query(Long.class).list())
        .containsExactly(3L);
  }

  @Test
  void whatIsKeptOfTheWorkItselfHasAnEnd() {
    var database = PlayedDatabase.copy();
    var jdbc = database.jdbc();
    var runs =
        "SELECT count(*) FROM batch_job_execution WHERE create_time < now() - interval '80 days'";
    for (var age :
        List.of(
            "UPDATE batch_job_execution SET end_time = end_time - interval '100 days', create_time = create_time - interval '100 days'",
            "INSERT INTO quarantine_replay VALUES ('t', 1, now() - interval '401 days', '1'), ('t', 2, now() - interval '399 days', '1')",
            "INSERT INTO quarantine_read VALUES ('t', 1, now() - interval '401 days', '1'), ('t', 2, now() - interval '399 days', '1')",
            """
            INSERT INTO refused_events (child_id, session_id, seq, type, reason, detail, last_refused_at)
            SELECT 3, gen_random_uuid(), d, 'help.requested', 'foreign_session', 'no', now() - d * interval '1 day'
            FROM unnest(ARRAY[89, 91]) AS d
            """,
            """
            INSERT INTO population_print (topic, child_id, contribution, published_at)
            SELECT 'figures', 28 * 1000 + extract(day FROM now())::int % 28, i, now() - i * interval '1 day'
            FROM generate_series(1, 410) i
            """)) {
      jdbc.sql(age).update();
    }
    assertThat(jdbc.sql(runs).query(Long.class).single()).isPositive();
    try (var service = new ServiceUnderTest(database.url())) {
      assertThat(service.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(jdbc.sql(runs).query(Long.class).single()).isZero();
    assertThat(jdbc.sql("SELECT count(*) FROM batch_job_instance").query(Long.class).single())
        .isOne();
    assertThat(jdbc.sql("SELECT id FROM quarantine_replay").query(Long.class).list())
        .containsExactly(2L);
    assertThat(jdbc.sql("SELECT id FROM quarantine_read").query(Long.class).list())
        .containsExactly(2L);
    assertThat(jdbc.sql("SELECT seq FROM refused_events").query(Integer.class).list())
        .containsExactly(89);
    assertThat(
            jdbc.sql("SELECT max(contribution) FROM population_print WHERE child_id >= 28000")
                .query(Long.class)
                .single())
        .isEqualTo(400);
  }
}
