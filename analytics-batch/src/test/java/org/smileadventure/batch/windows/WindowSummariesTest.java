package org.smileadventure.batch.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
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
  void onlyWindowsOfChildrenWhoseMonthsHaveChangedAreComputed() {
    var still = child("UTC");
    var plays = child("UTC");
    play(still, MONDAY);
    play(plays, MONDAY);
    nightOf(MONDAY);
    var before = computedAt(still);
    assertThat(before).hasSize(5);

    play(plays, MONDAY.plusDays(1));
    nightOf(MONDAY.plusDays(1));

    assertThat(computedAt(still)).isEqualTo(before);
    assertThat(asOf(still)).isEqualTo(MONDAY);
    assertThat(asOf(plays)).isEqualTo(MONDAY.plusDays(1));
    assertThat(sessions(plays, "all")).isEqualTo(2);
  }

  /** No answer rests on what is stored of windows. */
  @Test
  void cachedAnswersStay() {
    play(child("UTC"), MONDAY);
    nightOf(MONDAY);
    assertThat(jdbc.sql("SELECT count(*) FROM pending_invalidation").query(Long.class).single())
        .isZero();
  }

  @Test
  void aStreakBreaksAfterADayWithoutPlay() {
    var child = child("UTC");
    play(child, MONDAY.minusDays(1));
    play(child, MONDAY);
    nightOf(MONDAY);

    assertNothingChangesOn(MONDAY.plusDays(1), child);
    assertComputedOn(MONDAY.plusDays(2), child);
  }

  @Test
  void aDayLeavesTheWeekAndAWeekLaterTheOneBefore() {
    var child = child("UTC");
    play(child, MONDAY);
    nightOf(MONDAY);
    nightOf(MONDAY.plusDays(2));

    for (int day = 3; day < 7; day++) {
      assertNothingChangesOn(MONDAY.plusDays(day), child);
    }
    assertComputedOn(MONDAY.plusDays(7), child);
    assertThat(sessions(child, "7d")).isZero();
    assertThat(risks(child, "7d")).containsExactly("play_dropped");
    assertThat(sessions(child, "30d")).isOne();

    for (int day = 8; day < 14; day++) {
      assertNothingChangesOn(MONDAY.plusDays(day), child);
    }
    assertComputedOn(MONDAY.plusDays(14), child);
    assertThat(risks(child, "7d")).isEmpty();

    assertComputedOn(MONDAY.plusDays(15), child);
    assertThat(risks(child, "7d")).containsExactly("long_silence");
    assertThat(risks(child, "all")).containsExactly("long_silence");

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
    assertThat(asOf(east)).isEqualTo(MONDAY);
    assertThat(asOf(west)).isEqualTo(MONDAY);

    // Wednesday in Auckland, still Tuesday in Los Angeles.
    now = MONDAY.plusDays(1).atTime(23, 0).toInstant(ZoneOffset.UTC);
    night();
    assertThat(asOf(east)).isEqualTo(MONDAY.plusDays(2));
    assertThat(asOf(west)).isEqualTo(MONDAY);
  }

  @Test
  void whatIsStoredOfAWindowIsWhatWasPlayedInIt() {
    var child = child("UTC");
    for (int day = 0; day < 40; day++) {
      play(child, MONDAY.minusDays(day));
    }
    jdbc.sql(
            """
            INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day,
              emotional_state_before, emotional_state_after, verified_by_parent)
            SELECT gen_random_uuid(), 1, :child, 'exercise', 'Walking', :day + interval '9 h', :day, 'anxious', after, n = 1
            FROM unnest(ARRAY['calm', 'anxious', 'overwhelmed', NULL]) WITH ORDINALITY AS a (after, n)
            """)
        .param("child", child.value())
        .param("day", MONDAY.minusDays(20))
        .update();

    nightOf(MONDAY);

    assertThat(row(child, "7d"))
        .containsEntry("sessions", 7L)
        .containsEntry("completed", 7L)
        .containsEntry("score_n", 7L)
        .containsEntry("score_mean", 50.0)
        .containsEntry("engagement_mean", 71.67)
        .containsEntry("score_trend", "stable")
        .containsEntry("activities", 0L);
    assertThat(row(child, "30d"))
        .containsEntry("sessions", 30L)
        .containsEntry("activities", 4L)
        .containsEntry("verified", 1L)
        .containsEntry("emotional_n", 3L)
        .containsEntry("improvements", 1L)
        .containsEntry("deteriorations", 1L);
    assertThat(row(child, "all"))
        .containsEntry("sessions", 40L)
        .containsEntry("activities", 4L)
        .containsEntry("first_day", null);
  }

  private void assertNothingChangesOn(LocalDate day, ChildId child) {
    var before = computedAt(child);
    nightOf(day);
    assertThat(computedAt(child)).as("on %s", day).isEqualTo(before);
  }

  private void assertComputedOn(LocalDate day, ChildId child) {
    var before = computedAt(child);
    nightOf(day);
    assertThat(computedAt(child)).as("on %s", day).doesNotContainAnyElementsOf(before);
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
    var start = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    jdbc.sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, score, engagement_score, interactions_count, completion_status,
              session_data_quality)
            VALUES (:id, :child, 'dental_visit', 'Brushing', :start::timestamptz,
              :start::timestamptz + interval '10 min', :day, 600, 540, 50, 71.67, 50, 'completed', 'complete')
            """)
        .param("id", IDS.construct(start.toEpochMilli()))
        .param("child", child.value())
        .param("start", start.toString())
        .param("day", day)
        .update();
    jdbc.sql("SELECT mark_months(ARRAY[?::bigint], ARRAY[?::date])")
        .param(child.value())
        .param(day)
        .query(_ -> {});
  }

  private long sessions(ChildId child, String window) {
    return (Long) Objects.requireNonNull(row(child, window).get("sessions"));
  }

  private Map<String, @Nullable Object> row(ChildId child, String window) {
    return jdbc.sql("SELECT * FROM child_window_summary WHERE child_id = ? AND window_name = ?")
        .param(child.value())
        .param(window)
        .query()
        .singleRow();
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
}
