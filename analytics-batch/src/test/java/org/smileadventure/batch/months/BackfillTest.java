package org.smileadventure.batch.months;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void itWritesTheMonthsAndChildrenThatItIsToldAndNoOthers() {
    var first = today().minusDays(20);
    var last = today().minusDays(10);
    database.jdbc().sql("UPDATE child_month_summary SET score_sum = score_sum + 1").update();
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
        Stream.of(first, last)
            .map(day -> day.withDayOfMonth(1))
            .distinct()
            .flatMap(month -> Stream.of(2, 5, 24).map(child -> child + " " + month))
            .toList();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(
            after.keySet().stream().filter(row -> !Objects.equals(after.get(row), before.get(row))))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void withoutBoundsItMendsEverything() {
    var right = database.summaries();
    database.jdbc().sql("UPDATE child_month_summary SET score_sum = score_sum + 1").update();
    database.jdbc().sql("DELETE FROM child_month_summary WHERE child_id > 20").update();
    database
        .jdbc()
        .sql("UPDATE child_window_summary SET sessions = 0, risks = '{none}' WHERE child_id < 5")
        .update();

    assertThat(service.run("backfill", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isEqualTo(right);
    assertThat(database.dirty()).isZero();
  }

  @Test
  void aMonthThatIsPlayedMeanwhileStaysDirtyAndIsRightAllTheSame() throws Exception {
    var day = today().minusDays(5);
    database.spoil();
    try (var holder = MigratedDatabase.withoutPool(database.url()).getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM child_month_summary WHERE child_id = 2 FOR UPDATE");
      var run = service.bean(JobRuns.class).start("backfill", Map.of());
      await().until(database::summarisingWaits);
      // It has read what was played, and waits to write it.
      database
          .jdbc()
          .sql(
              """
              WITH played AS (UPDATE game_sessions SET score = 7777 WHERE child_id = 2 AND day = :day)
              SELECT mark_months(ARRAY[2], ARRAY[:day])
              """)
          .param("day", day)
          .query(_ -> {});
      holder.rollback();
      assertThat(service.ended(run).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(scores(day)).isLessThan(7777);
    assertThat(
            database
                .jdbc()
                .sql("SELECT child_id || ' ' || month FROM dirty_child_months")
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly("2 " + day.withDayOfMonth(1));

    service.run("nightly", Map.of());
    assertThat(scores(day)).isGreaterThan(7777);
  }

  @Test
  void aChildThatCannotBeDoneIsLeftOutAndTheNextRunMendsIt() throws Exception {
    var right = database.summaries();
    database.spoil();
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
            CREATE TRIGGER refuse BEFORE UPDATE ON child_month_summary
            FOR EACH ROW WHEN (new.child_id = 8) EXECUTE FUNCTION refuse()
            """)
        .update();
    assertThat(service.run("backfill", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(database.summaries()).isNotEqualTo(right);
    database.jdbc().sql("DROP TRIGGER refuse ON child_month_summary").update();

    service.run("backfill", Map.of());
    assertThat(database.summaries()).isEqualTo(right);
  }

  private LocalDate today() {
    return database.jdbc().sql("SELECT current_date").query(LocalDate.class).single();
  }

  private long scores(LocalDate day) {
    return database
        .jdbc()
        .sql("SELECT score_sum FROM child_month_summary WHERE child_id = 2 AND month = ?")
        .param(day.withDayOfMonth(1))
        .query(Long.class)
        .single();
  }

  /** Of each month of each child, where its row lies and who wrote it. */
  private Map<String, String> rows() {
    return database
        .jdbc()
        .sql(
            "SELECT child_id || ' ' || month AS row, xmin || ' ' || ctid AS version FROM child_month_summary")
        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
