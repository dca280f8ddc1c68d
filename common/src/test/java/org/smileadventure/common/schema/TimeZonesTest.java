package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A child's day and hour are those where it lives: PostgreSQL and Java have to agree on where. */
@RealServers
class TimeZonesTest {
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());

  @Test
  void javaKnowsEveryTimeZoneThatAChildCanHave() {
    var check =
        jdbc.sql(
                """
                SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'children_timezone_check1'
                """)
            .query(String.class)
            .single();
    var accepted =
        jdbc.sql(
                "SELECT timezone FROM (SELECT name AS timezone FROM pg_timezone_names) zone WHERE "
                    + check)
            .query(String.class)
            .list();
    assertThat(ZoneId.getAvailableZoneIds()).containsAll(accepted);
    assertThat(accepted)
        .contains(
            "UTC",
            "Europe/Rome",
            "America/Port-au-Prince",
            "America/Argentina/Buenos_Aires",
            "Antarctica/DumontDUrville");
  }

  @Test
  void childThatMovesHasItsDaysMovedAndAllItsMonthsMarked() {
    var people = new People(jdbc);
    var child = people.child(people.parent("parent@example.org"), "UTC");
    var other = people.child(people.parent("other@example.org"), "UTC");
    play(child, "2026-01-10T12:00Z");
    play(child, "2026-03-31T23:30Z");
    record(child, "2026-05-31T22:00Z");
    play(other, "2026-07-31T23:30Z");
    var before =
        jdbc.sql("SELECT ctid::text FROM game_sessions WHERE day = '2026-01-10'")
            .query(String.class)
            .single();

    jdbc.sql("UPDATE children SET timezone = 'Asia/Tokyo' WHERE id = ?")
        .param(child.value())
        .update();

    assertThat(
            jdbc.sql(
                    """
                    SELECT day::text FROM (
                      SELECT child_id, day FROM game_sessions UNION ALL SELECT child_id, day FROM activities) played
                    WHERE child_id = ? ORDER BY day
                    """)
                .param(child.value())
                .query(String.class)
                .list())
        .containsExactly("2026-01-10", "2026-04-01", "2026-06-01");
    assertThat(
            jdbc.sql("SELECT child_id || ' ' || month FROM dirty_child_months ORDER BY month")
                .query(String.class)
                .list())
        .as("hours move even where days do not")
        .containsExactly(
            child.value() + " 2026-01-01",
            child.value() + " 2026-03-01",
            child.value() + " 2026-04-01",
            child.value() + " 2026-05-01",
            child.value() + " 2026-06-01");
    assertThat(
            jdbc.sql("SELECT ctid::text FROM game_sessions WHERE day = '2026-01-10'")
                .query(String.class)
                .single())
        .as("a session whose day is the same is not written")
        .isEqualTo(before);
  }

  @Test
  void childThatHasPlayedNothingMoves() {
    var people = new People(jdbc);
    people.child(people.parent("parent@example.org"), "UTC");
    assertThat(jdbc.sql("UPDATE children SET timezone = 'Asia/Tokyo'").update()).isOne();
    assertThat(jdbc.sql("SELECT count(*) FROM dirty_child_months").query(Long.class).single())
        .isZero();
  }

  private void play(ChildId child, String start) {
    jdbc.sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day)
            VALUES (gen_random_uuid(), :child, 'dental_visit', 'Brushing', :start::timestamptz,
              (:start::timestamptz AT TIME ZONE 'UTC')::date)
            """)
        .param("child", child.value())
        .param("start", start)
        .update();
  }

  private void record(ChildId child, String at) {
    jdbc.sql(
            """
            INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day)
            VALUES (gen_random_uuid(), 1, :child, 'dental_care', 'Brushing', :at::timestamptz,
              (:at::timestamptz AT TIME ZONE 'UTC')::date)
            """)
        .param("child", child.value())
        .param("at", at)
        .update();
  }
}
