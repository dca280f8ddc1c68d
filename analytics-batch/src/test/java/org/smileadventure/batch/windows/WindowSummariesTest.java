package org.smileadventure.batch.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class WindowSummariesTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final People people = new People(jdbc);
  private final long parent = people.parent("parent@example.org");
  private volatile Instant now = MONDAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  private ServiceUnderTest service;

  @BeforeEach
  void start() {
    service = new ServiceUnderTest(url, () -> now);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void onlyWindowsOfChildrenWhoseDaysHaveChangedAreComputed() {
    var still = child("UTC");
    var plays = child("UTC");
    play(still, MONDAY);
    play(plays, MONDAY);
    nightOf(MONDAY);
    assertThat(pendingInvalidations()).containsExactly(still, plays);
    forgetInvalidations();
    var before = computedAt(still);

    play(plays, MONDAY.plusDays(1));
    nightOf(MONDAY.plusDays(1));

    assertThat(computedAt(still)).isEqualTo(before);
    assertThat(asOf(still)).isEqualTo(MONDAY);
    assertThat(asOf(plays)).isEqualTo(MONDAY.plusDays(1));
    assertThat(pendingInvalidations()).containsExactly(plays);
  }

  @Test
  void aStreakBreaksAfterADayWithoutPlay() {
    var child = child("UTC");
    play(child, MONDAY.minusDays(1));
    play(child, MONDAY);
    nightOf(MONDAY);
    assertThat(figure(child, "7d", "consistency", "current_streak")).isEqualTo("2");

    assertNothingChangesOn(MONDAY.plusDays(1), child);

    nightOf(MONDAY.plusDays(2));
    assertThat(figure(child, "7d", "consistency", "current_streak")).isEqualTo("0");
    assertThat(pendingInvalidations()).containsExactly(child);
  }

  @Test
  void aDayLeavesTheWeekAndAWeekLaterTheOneBefore() {
    var child = child("UTC");
    play(child, MONDAY);
    nightOf(MONDAY);
    nightOf(MONDAY.plusDays(2));
    forgetInvalidations();

    for (int day = 3; day < 7; day++) {
      assertNothingChangesOn(MONDAY.plusDays(day), child);
    }
    nightOf(MONDAY.plusDays(7));
    assertThat(figure(child, "7d", "totals", "sessions")).isEqualTo("0");
    assertThat(risks(child, "7d")).containsExactly("play_dropped");
    assertThat(figure(child, "30d", "totals", "sessions")).isEqualTo("1");
    assertThat(pendingInvalidations()).containsExactly(child);
    forgetInvalidations();

    for (int day = 8; day < 14; day++) {
      assertNothingChangesOn(MONDAY.plusDays(day), child);
    }
    nightOf(MONDAY.plusDays(14));
    assertThat(risks(child, "7d")).isEmpty();
    assertThat(pendingInvalidations()).containsExactly(child);
    forgetInvalidations();

    nightOf(MONDAY.plusDays(15));
    assertThat(risks(child, "7d")).containsExactly("long_silence");
    assertThat(pendingInvalidations()).containsExactly(child);
    forgetInvalidations();

    assertNothingChangesOn(MONDAY.plusDays(16), child);
  }

  @Test
  void aDayBeginsWhereTheChildLives() {
    var east = child("Pacific/Auckland");
    var west = child("America/Los_Angeles");
    for (var child : List.of(east, west)) {
      play(child, MONDAY);
    }
    now = MONDAY.atTime(10, 0).toInstant(ZoneOffset.UTC);
    night();
    assertThat(figure(east, "7d", "consistency", "current_streak")).isEqualTo("1");
    assertThat(figure(west, "7d", "consistency", "current_streak")).isEqualTo("1");

    // Wednesday in Auckland, still Tuesday in Los Angeles.
    now = MONDAY.plusDays(1).atTime(23, 0).toInstant(ZoneOffset.UTC);
    night();
    assertThat(figure(east, "7d", "consistency", "current_streak")).isEqualTo("0");
    assertThat(figure(west, "7d", "consistency", "current_streak")).isEqualTo("1");
  }

  private void assertNothingChangesOn(LocalDate day, ChildId child) {
    forgetInvalidations();
    var before = computedAt(child);
    nightOf(day);
    assertThat(computedAt(child)).as("on %s", day).isEqualTo(before);
    assertThat(pendingInvalidations()).isEmpty();
  }

  private void nightOf(LocalDate day) {
    now =
        Clock.fixed(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), ZoneOffset.UTC).instant();
    night();
  }

  private void night() {
    assertThat(service.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  private ChildId child(String timeZone) {
    return people.child(parent, timeZone);
  }

  private void play(ChildId child, LocalDate day) {
    jdbc.sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, score, engagement_score, interactions_count, completion_status,
              session_data_quality)
            VALUES (gen_random_uuid(), :child, 'dental_visit', 'Brushing', :start, :start + interval '10 min',
              :day, 600, 540, 50, 71.67, 50, 'completed', 'complete')
            """)
        .param("child", child.value())
        .param("start", day.atTime(LocalTime.NOON).atOffset(ZoneOffset.UTC))
        .param("day", day)
        .update();
    jdbc.sql("INSERT INTO dirty_child_days (child_id, day) VALUES (?, ?)")
        .param(child.value())
        .param(day)
        .update();
  }

  private String figure(ChildId child, String window, String... path) {
    return jdbc.sql(
            "SELECT figures #>> :path FROM child_window_summary WHERE child_id = :child AND window_name = :window")
        .param("path", path)
        .param("child", child.value())
        .param("window", window)
        .query(String.class)
        .single();
  }

  private List<String> risks(ChildId child, String window) {
    return jdbc.sql(
            "SELECT unnest(risks) FROM child_window_summary WHERE child_id = ? AND window_name = ?")
        .param(child.value())
        .param(window)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private LocalDate asOf(ChildId child) {
    return jdbc.sql("SELECT DISTINCT last_day FROM child_window_summary WHERE child_id = ?")
        .param(child.value())
        .query(LocalDate.class)
        .single();
  }

  private List<String> computedAt(ChildId child) {
    return jdbc.sql(
            "SELECT window_name || ' ' || computed_at FROM child_window_summary WHERE child_id = ? ORDER BY 1")
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<ChildId> pendingInvalidations() {
    return jdbc.sql("SELECT child_id FROM pending_invalidation ORDER BY child_id")
        .query((row, _) -> new ChildId(row.getLong(1)))
        .list();
  }

  private void forgetInvalidations() {
    jdbc.sql("DELETE FROM pending_invalidation").update();
  }
}
