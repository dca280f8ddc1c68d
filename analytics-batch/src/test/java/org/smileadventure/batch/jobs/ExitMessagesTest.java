package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class ExitMessagesTest {
  private static final String CANARY = "Qvintessa";

  @Test
  void historyTellsWhyAJobFailedAndNotAtWhat() {
    var database = MigratedDatabase.newUrl();
    var db = JdbcClient.create(MigratedDatabase.dataSource(database));
    var people = new People(db);
    var sam = people.child(people.parent("parent@example.org"), "UTC");
    db.sql("SELECT mark_months(ARRAY[?::bigint], ARRAY[date '2026-02-01'])")
        .param(sam.value())
        .query(_ -> {});
    db.sql(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '%s' USING ERRCODE = '42P01'; END $$
            """
                .formatted(CANARY))
        .update();
    db.sql(
            """
            CREATE TRIGGER fail BEFORE DELETE ON dirty_child_months
            FOR EACH STATEMENT EXECUTE FUNCTION fail()
            """)
        .update();

    try (var service = new ServiceUnderTest(database)) {
      var run = service.run("nightly", Map.of());
      assertThat(run.getStatus()).isEqualTo(BatchStatus.FAILED);
    }

    var messages =
        db.sql(
                """
                SELECT coalesce(exit_message, '') FROM batch_step_execution WHERE status = 'FAILED'
                UNION ALL
                SELECT coalesce(exit_message, '') FROM batch_job_execution WHERE status = 'FAILED'
                """)
            .query((row, _) -> row.getString(1))
            .list();
    assertThat(messages).isNotEmpty().noneMatch(message -> message.contains(CANARY));
    assertThat(messages).anyMatch(message -> message.contains("SQL state 42P01"));
    assertThat(messages).noneMatch(message -> message.contains("\tat "));
  }
}
