package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;

@RealServers
class SessionFilterTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();
  private static final Family FAMILY = SERVICE.family("Europe/Rome");

  /** Four sessions, told apart by their scores. The second began late in the evening of the 2nd. */
  @BeforeAll
  static void store() {
    store("2026-03-01T10:00:00Z", "completed", 10, "therapy_session", "Deep % breath", 100, 1);
    store("2026-03-02T22:30:00Z", "completed", 20, "dental_visit", "Deep water", 200, 3);
    store("2026-03-03T23:30:00Z", "abandoned", 30, "dental_visit", "Brushing_teeth", 300, 5);
    store("2026-03-05T10:00:00Z", "interrupted", 40, "dental_visit", "BRUSHING ALONE", 400, 5);
  }

  private static void store(
      String start, String status, int score, String type, String name, int duration, int rating) {
    var session = PlayedSession.of(Instant.parse(start), status, score);
    session.store(SERVICE.db(), FAMILY.child(), ZoneId.of("Europe/Rome"));
    SERVICE
        .db()
        .sql(
            "UPDATE game_sessions SET session_type = ?, scenario_name = ?, duration_seconds = ?, parent_rating = ? WHERE id = ?")
        .params(type, name, duration, rating, session.id())
        .update();
  }

  @ParameterizedTest
  @CsvSource({
    "session_type=dental_visit,          40 30 20",
    "session_type=therapy_session,       10",
    "session_type=daily_routine,         ''",
    "scenario_name=brushing,             40 30",
    "scenario_name=BRUSH,                40 30",
    "scenario_name=_,                    30",
    "scenario_name=%25,                  10",
    "scenario_name=deep,                 20 10",
    "date_from=2026-03-03,               40 30",
    "date_from=2026-03-04,               40 30",
    "date_to=2026-03-02,                 20 10",
    "date_from=2026-03-02&date_to=2026-03-04, 30 20",
    "completion_status=completed,        20 10",
    "completion_status=in_progress,      ''",
    "min_duration=200,                   40 30 20",
    "max_duration=200,                   20 10",
    "min_duration=200&max_duration=300,  30 20",
    "min_score=30,                       40 30",
    "parent_rating=5,                    40 30",
    "parent_rating=5&min_score=40&session_type=dental_visit, 40",
  })
  void filterLeavesWhatItNames(String filter, String scores) {
    var page = SERVICE.get(FAMILY.sessions() + "?" + filter, FAMILY.token()).ok();
    var found = page.path("sessions").valueStream().map(s -> s.path("score").asString()).toList();
    assertThat(String.join(" ", found)).isEqualTo(scores);
  }

  @Test
  void pagesOfAFilterHoldWhatItNamesOnce() {
    var first =
        SERVICE.get(FAMILY.sessions() + "?session_type=dental_visit&limit=2", FAMILY.token()).ok();
    var second =
        SERVICE
            .get(
                FAMILY.sessions()
                    + "?session_type=dental_visit&limit=2&cursor="
                    + first.path("next_cursor").asString(),
                FAMILY.token())
            .ok();
    assertThat(List.of(first.path("sessions").size(), second.path("sessions").size()))
        .containsExactly(2, 1);
    assertThat(second.path("sessions").get(0).path("score").intValue()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "session_type=dental_care,   session_type",
    "date_from=yesterday,        date_from",
    "date_to=2026-02-30,         date_to",
    "completion_status=paused,   completion_status",
    "min_duration=-1,            min_duration",
    "max_duration=ten,           max_duration",
    "min_score=99999999999,      min_score",
    "parent_rating=6,            parent_rating",
    "scenario_name=,             scenario_name"
  })
  void badFilterIsNamed(String filter, String field) {
    var problem = SERVICE.get(FAMILY.sessions() + "?" + filter, FAMILY.token()).problem(400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo(field);
  }
}
