package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.JsonLeaves;
import org.smileadventure.common.store.ChildMonth;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.AnalyticsOracle;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;

@RealServers
class AnalyticsTest {
  private static final List<String> WINDOWS = List.of("7d", "30d", "90d", "365d", "all");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Instant NOON = Instant.parse("2026-03-10T11:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @ParameterizedTest
  @CsvSource({
    "Europe/Rome,      2026-03-29T22:30:00Z, 1", // half an hour into the day after summer time
    // began
    "Europe/Rome,      2025-10-26T22:59:59Z, 2", // the last second of the day it ended, of 25 hours
    "Europe/Rome,      2026-02-28T23:00:00Z, 3", // midnight
    "America/New_York, 2026-03-08T05:00:00Z, 4", // midnight of the day of 23 hours
    "America/New_York, 2025-11-03T04:59:59Z, 5",
    "Pacific/Auckland, 2026-01-01T00:00:00Z, 6"
  })
  void figuresAreThoseOfTheSessionsHoweverManyMonthsAreDirty(ZoneId zone, Instant now, long seed) {
    SERVICE.clock().set(now);
    var family = SERVICE.family(zone.getId());
    var history = history(LocalDate.ofInstant(now, zone), zone, new Random(seed));
    history.forEach(session -> session.store(SERVICE.db(), family.child(), zone));
    var dirty = new HashSet<>(history.stream().map(s -> YearMonth.from(s.day(zone))).toList());

    assertFigures(family, zone, now, history, dirty);

    summarise(family.child(), halfOf(dirty), dirty);
    assertFigures(family, zone, now, history, dirty);

    summarise(family.child(), List.copyOf(dirty), dirty);
    assertFigures(family, zone, now, history, dirty);
  }

  @Test
  void sixSessionsWithScoresFrom40To90HaveTheMean65() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    for (int score = 40; score <= 90; score += 10) {
      store(family, PlayedSession.completed(NOON.minus(score, ChronoUnit.HOURS), score));
    }

    var score = SERVICE.get(family.analytics("7d"), family.token()).ok().path("score");

    assertThat(score.path("n").longValue()).isEqualTo(6);
    assertThat(score.path("mean").doubleValue()).isEqualTo(65.0);
    assertThat(score.path("sd").doubleValue()).isCloseTo(18.708286933869708, within(1e-12));
    assertThat(score.path("min").doubleValue()).isEqualTo(40);
    assertThat(score.path("max").doubleValue()).isEqualTo(90);
  }

  @Test
  void sessionsThatWereNotCompletedAreInNoMeanAndOpenOnesInNoRate() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    store(family, PlayedSession.completed(NOON, 10));
    store(family, PlayedSession.completed(NOON, 20));
    store(family, PlayedSession.of(NOON, "abandoned", 1_000));
    store(family, PlayedSession.of(NOON, "interrupted", 1_000));
    store(family, PlayedSession.of(NOON, "in_progress", 1_000));

    var answer = SERVICE.get(family.analytics("7d"), family.token()).ok();

    assertThat(answer.path("score").path("mean").doubleValue()).isEqualTo(15);
    assertThat(answer.path("score").path("max").doubleValue()).isEqualTo(20);
    assertThat(answer.path("completion_rate").path("value").doubleValue()).isEqualTo(50);
    assertThat(answer.path("completion_rate").path("n").longValue()).isEqualTo(4);
    assertThat(answer.path("totals").path("sessions").longValue()).isEqualTo(5);
    assertThat(answer.path("totals").path("minutes").doubleValue()).isEqualTo(2);
  }

  /** By the child's clock, on which that was a day later. */
  @Test
  void standingInTheCohortIsToldWithTheDayOfTheLastRanking() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Pacific/Auckland");
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO child_window_summary (
              child_id, window_name, last_day, sessions, completed, abandoned, interrupted, score_n, engagement_n,
              success_n, risks, activities, verified, emotional_n, improvements, deteriorations, score_fifth)
            VALUES (?, 'all', '2026-03-10', 3, 3, 0, 0, 3, 0, 0, '{}', 0, 0, 0, 0, 0, 4)
            """)
        .param(family.child().value())
        .update();
    SERVICE
        .db()
        .sql(
            "INSERT INTO cohort_ranking (window_name, ranked_at) VALUES ('all', '2026-03-09T23:00Z')")
        .update();

    var cohort = SERVICE.get(family.analytics("all"), family.token()).ok().path("cohort");

    assertThat(cohort.toString())
        .isEqualTo(
            """
            {"score_fifth":4,"engagement_fifth":null,"as_of":"2026-03-10",\
            "reason":"insufficient_data","n_needed":20}""");
  }

  @Test
  void childWithoutSessionsHasNoFiguresAndTheReasonWhy() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    for (var window : WINDOWS) {
      var answer = SERVICE.get(family.analytics(window), family.token()).ok();
      assertThat(answer.path("score").toString())
          .isEqualTo(
              """
              {"n":0,"mean":null,"sd":null,"min":null,"max":null,"reason":"insufficient_data","n_needed":1,\
              "trend":{"direction":null,"certainty":"too_early","slope_per_week":null,"standard_error":null,\
              "interval":null,"change":null,"lag1":null,"n":0,"days":0,"early_average":null,\
              "late_average":null,"within":{"agreement":null,"slope_per_week":null,\
              "standard_error":null,"interval":null,"change":null,"n":0,"scenarios":0,\
              "reason":"insufficient_data","n_needed":8,"days_needed":3},\
              "reason":"insufficient_data","n_needed":4,"days_needed":3}}\
              """);
      assertThat(answer.path("completion_rate").toString())
          .isEqualTo("{\"value\":null,\"n\":0,\"reason\":\"insufficient_data\",\"n_needed\":1}");
    }
  }

  @Test
  void oneSessionHasAMeanButNoSpread() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    store(family, PlayedSession.completed(NOON, 7));
    assertThat(SERVICE.get(family.analytics("30d"), family.token()).ok().path("score").toString())
        .startsWith(
            """
            {"n":1,"mean":7.0,"sd":null,"min":7.0,"max":7.0,"reason":"insufficient_data","n_needed":2,\
            """);
  }

  @Test
  void equalScoresHaveNoSpread() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    for (int i = 0; i < 7; i++) {
      store(family, PlayedSession.completed(NOON.minus(i, ChronoUnit.DAYS), 33));
    }
    var score = SERVICE.get(family.analytics("7d"), family.token()).ok().path("score");
    assertThat(score.path("n").longValue()).isEqualTo(7);
    assertThat(score.path("sd").doubleValue()).isZero();
  }

  @Test
  void sessionsMoveToOtherDaysWithTheirChild() {
    var now = Instant.parse("2026-03-10T23:30:00Z"); // tomorrow in Rome, still today in New York
    SERVICE.clock().set(now);
    var family = SERVICE.family("Europe/Rome");
    var session = PlayedSession.completed(now.minus(6, ChronoUnit.DAYS).minusSeconds(7_200), 5);
    store(family, session);
    assertThat(totalSessions(family)).isZero();

    SERVICE
        .db()
        .sql("UPDATE children SET timezone = 'America/New_York' WHERE id = ?")
        .param(family.child().value())
        .update();
    SERVICE.invalidate(family.child());

    assertThat(totalSessions(family)).isEqualTo(1);
  }

  @Test
  void windowIsThirtyDaysUnlessAskedFor() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    var path = family.analytics("").replace("?window=", "");
    assertThat(SERVICE.get(path, family.token()).body())
        .isEqualTo(SERVICE.get(family.analytics("30d"), family.token()).body());
  }

  private static long totalSessions(Family family) {
    return SERVICE
        .get(family.analytics("7d"), family.token())
        .ok()
        .path("totals")
        .path("sessions")
        .longValue();
  }

  private static void store(Family family, PlayedSession session) {
    session.store(SERVICE.db(), family.child(), ROME);
  }

  /** On both sides of every window's beginning and of midnight, and anywhere else. */
  private static List<PlayedSession> history(LocalDate today, ZoneId zone, Random random) {
    var starts = new ArrayList<Instant>();
    for (int days : List.of(-1, 0, 6, 29, 89, 364)) {
      var midnight = today.minusDays(days).atStartOfDay(zone).toInstant();
      starts.add(midnight);
      starts.add(midnight.minusMillis(1));
      starts.add(midnight.plus(Duration.ofHours(1).plusMinutes(30)));
      starts.add(today.minusDays(days).atTime(LocalTime.of(23, 30)).atZone(zone).toInstant());
    }
    var end = today.plusDays(1).atStartOfDay(zone).toInstant();
    for (int i = 0; i < 100; i++) {
      starts.add(end.minusSeconds(random.nextLong(Duration.ofDays(400).toSeconds())));
    }
    starts.add(end.minus(Duration.ofDays(3_000)));
    return starts.stream().map(start -> PlayedSession.random(start, random)).toList();
  }

  private static List<YearMonth> halfOf(Set<YearMonth> months) {
    return months.stream().filter(month -> month.getMonthValue() % 2 == 0).toList();
  }

  /** What the nightly job does. */
  private static void summarise(ChildId child, List<YearMonth> months, Set<YearMonth> dirty) {
    new MonthSummaries(SERVICE.db())
        .fold(months.stream().map(month -> new ChildMonth(child, month).days()).toList());
    for (var month : months) {
      SERVICE
          .db()
          .sql("DELETE FROM dirty_child_months WHERE child_id = ? AND month = ?")
          .params(child.value(), month.atDay(1))
          .update();
    }
    months.forEach(dirty::remove);
    SERVICE.invalidate(child);
  }

  private static void assertFigures(
      Family family,
      ZoneId zone,
      Instant now,
      Collection<PlayedSession> history,
      Set<YearMonth> dirty) {
    for (var window : WINDOWS) {
      var expected = AnalyticsOracle.answer(family.child(), zone, now, window, history, dirty);
      var actual = JsonLeaves.of(SERVICE.get(family.analytics(window), family.token()).ok());
      assertThat(actual.remove("computed_at")).isEqualTo(now.toString());
      assertThat(actual.keySet()).as(window).containsAll(expected.keySet());
      expected.forEach(
          (path, value) -> {
            if (value instanceof Double number && number != 0) {
              assertThat((Double) actual.get(path))
                  .as("%s of %s", path, window)
                  .isCloseTo(number, within(Math.abs(number) * 1e-9));
            } else {
              assertThat(actual.get(path)).as("%s of %s", path, window).isEqualTo(value);
            }
          });
    }
  }
}
