package org.smileadventure.batch.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;

@RealServers
class BackfillTest {
  private PlayedDatabase database;
  private ServiceUnderTest service;

  @BeforeEach
  void summarise() {
    database = PlayedDatabase.copy();
    service = new ServiceUnderTest(database.url(), "smile.batch.children=3");
    assertThat(service.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void itWritesTheDaysAndChildrenThatItIsToldAndNoOthers() {
    var first = today().minusDays(9);
    var last = today().minusDays(4);
    database.jdbc().sql("UPDATE child_daily_summary SET score_sum = score_sum + 1").update();
    var before = rows();

    assertThat(
            service
                .run(
                    "backfill",
                    Map.of("from", first.toString(), "to", last.toString(), "children", "2,5,24"))
                .getStatus())
        .isEqualTo(BatchStatus.COMPLETED);

    var after = rows();
    var written =
        first
            .datesUntil(last.plusDays(1))
            .flatMap(day -> List.of(2, 5, 24).stream().map(child -> child + " " + day))
            .toList();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(
            after.keySet().stream().filter(row -> !Objects.equals(after.get(row), before.get(row))))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void withoutBoundsItMendsEverything() {
    var right = database.summaries();
    database.jdbc().sql("UPDATE child_daily_summary SET score_sum = score_sum + 1").update();
    database.jdbc().sql("DELETE FROM child_emotion_summary WHERE child_id > 20").update();
    database
        .jdbc()
        .sql("UPDATE child_window_summary SET figures = '{}', risks = '{}' WHERE child_id < 5")
        .update();

    assertThat(service.run("backfill", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isEqualTo(right);
    assertThat(database.dirty()).isZero();
  }

  @Test
  void aDayThatIsPlayedMeanwhileStaysDirtyAndIsRightAllTheSame() throws Exception {
    var day = today().minusDays(5);
    database.jdbc().sql("UPDATE child_type_summary SET sessions = sessions + 1").update();
    try (var holder = MigratedDatabase.dataSource(database.url()).getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM child_type_summary WHERE child_id = 2 FOR UPDATE");
      var run = service.bean(JobRuns.class).start("backfill", Map.of());
      await().until(database::summarisingWaits);
      // It has summarised the day as a whole already, and waits to go on with its types.
      database
          .jdbc()
          .sql(
              """
              WITH played AS (UPDATE game_sessions SET score = 77 WHERE child_id = 2 AND day = :day)
              INSERT INTO dirty_child_days (child_id, day) VALUES (2, :day)
              """)
          .param("day", day)
          .update();
      holder.rollback();
      assertThat(service.ended(run).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(scores("child_daily_summary", day)).isNotEqualTo(77);
    assertThat(scores("v_child_daily_current", day)).isEqualTo(77);
    assertThat(
            database
                .jdbc()
                .sql("SELECT child_id || ' ' || day FROM dirty_child_days")
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly("2 " + day);

    service.run("nightly", Map.of());
    assertThat(scores("child_daily_summary", day)).isEqualTo(77);
  }

  @Test
  void whoFailedOnAChildDoesNotPassOverItWhenItGoesOn() throws Exception {
    var right = database.summaries();
    database.jdbc().sql("UPDATE child_daily_summary SET score_sum = score_sum + 1").update();
    database.jdbc().sql("DELETE FROM child_hour_summary WHERE child_id = 8").update();
    database
        .jdbc()
        .sql(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN RAISE EXCEPTION ''out of order''; END'
            """)
        .update();
    database
        .jdbc()
        .sql(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON child_hour_summary
            FOR EACH ROW WHEN (new.child_id = 8) EXECUTE FUNCTION refuse()
            """)
        .update();
    var failed = service.run("backfill", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    database.jdbc().sql("DROP TRIGGER refuse ON child_hour_summary").update();

    var restarted = service.ended(service.bean(JobRuns.class).restart(failed));

    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isEqualTo(right);
  }

  private LocalDate today() {
    return database.jdbc().sql("SELECT current_date").query(LocalDate.class).single();
  }

  private long scores(String table, LocalDate day) {
    return database
        .jdbc()
        .sql("SELECT score_sum FROM " + table + " WHERE child_id = 2 AND day = ?")
        .param(day)
        .query(Long.class)
        .single();
  }

  /** Of each day of each child, where its row lies and who wrote it. */
  private Map<String, String> rows() {
    return database
        .jdbc()
        .sql(
            "SELECT child_id || ' ' || day AS row, xmin || ' ' || ctid AS version FROM child_daily_summary")
        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
