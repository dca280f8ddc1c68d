package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.store.MovedDays;
import org.smileadventure.localstack.RealServers;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A child's day and hour are those where it lives: PostgreSQL and Java have to agree on where. */
@RealServers
class TimeZonesTest {
  private final DataSource database = MigratedDatabase.newDataSource();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @Test
  void postgresAndJavaReadEveryTimeZoneAlike() {
    var zones = jdbc.sql("SELECT name FROM time_zones ORDER BY name").query(String.class).list();
    assertThat(zones)
        .hasSizeGreaterThan(400)
        .contains(
            "UTC",
            "Europe/Rome",
            "Asia/Calcutta",
            "Asia/Kolkata",
            "America/Port-au-Prince",
            "America/Argentina/Buenos_Aires",
            "Antarctica/DumontDUrville");
    var moments = new ArrayList<Instant>();
    for (int year = 2000; year < 2026; year++) {
      for (var day : List.of("01-15", "03-31", "04-20", "07-15", "10-10", "10-30", "12-31")) {
        moments.add(Instant.parse(year + "-" + day + "T23:30:00Z"));
      }
    }
    var differing = new TreeSet<String>();
    jdbc.sql(
            """
            SELECT z.name, m AS moment, to_char(m AT TIME ZONE z.name, 'YYYY-MM-DD"T"HH24:MI:SS') AS local
            FROM time_zones z CROSS JOIN unnest(:moments::timestamptz[]) AS m
            """)
        .param("moments", moments.stream().map(Instant::toString).toArray(String[]::new))
        .query(
            row -> {
              var moment = row.getObject("moment", OffsetDateTime.class);
              var java = moment.atZoneSameInstant(ZoneId.of(row.getString("name")));
              if (!LocalDateTime.parse(row.getString("local")).equals(java.toLocalDateTime())) {
                differing.add(row.getString("name") + " at " + moment);
              }
            });
    assertThat(differing).isEmpty();
  }

  @Test
  void nobodyLivesWhereTheTwoDisagree() {
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    for (var zone :
        List.of(
            "UTC+2",
            "Factory",
            "EST",
            "CEST",
            "Etc/GMT+2",
            "posix/Europe/Rome",
            "right/Europe/Rome",
            "Europe/ROME",
            "europe/rome",
            "utc",
            "+02:00",
            "Europe/Rome ",
            "Mars/Olympus",
            "")) {
      assertThatThrownBy(() -> people.child(parent, zone))
          .as("'%s'", zone)
          .isInstanceOf(DataIntegrityViolationException.class);
      assertThatThrownBy(() -> jdbc.sql("UPDATE auth_users SET timezone = ?").param(zone).update())
          .as("'%s'", zone)
          .isInstanceOf(DataIntegrityViolationException.class);
    }
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
    moveDays(1);

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
    moveDays(500);
    assertThat(jdbc.sql("SELECT count(*) FROM dirty_child_months").query(Long.class).single())
        .isZero();
  }

  @Test
  void aMoveInTheMiddleOfAMoveBeginsAnew() {
    var people = new People(jdbc);
    var child = people.child(people.parent("parent@example.org"), "UTC");
    for (int i = 0; i < 5; i++) {
      play(child, "2026-01-1" + i + "T23:30Z");
    }
    move(child, "Asia/Tokyo");
    assertThat(moveSome(2)).isTrue();
    move(child, "UTC");
    moveDays(2);
    assertThat(
            jdbc.sql("SELECT day::text FROM game_sessions WHERE child_id = ? ORDER BY day")
                .param(child.value())
                .query(String.class)
                .list())
        .containsExactly("2026-01-10", "2026-01-11", "2026-01-12", "2026-01-13", "2026-01-14");
    assertThat(jdbc.sql("SELECT count(*) FROM moved_children").query(Long.class).single()).isZero();
    assertThat(jdbc.sql("SELECT child_id FROM pending_invalidation").query(Long.class).list())
        .containsExactly(child.value());
  }

  private void move(ChildId child, String zone) {
    jdbc.sql("UPDATE children SET timezone = ? WHERE id = ?").params(zone, child.value()).update();
  }

  private boolean moveSome(int most) {
    return Boolean.TRUE.equals(
        new TransactionTemplate(new JdbcTransactionManager(database))
            .execute(_ -> new MovedDays(jdbc).moveSome(most)));
  }

  private void moveDays(int most) {
    while (moveSome(most)) {
      // the next part
    }
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
