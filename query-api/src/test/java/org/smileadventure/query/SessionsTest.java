package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class SessionsTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Instant NOON = Instant.parse("2026-03-10T11:00:00.123456Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = SERVICE.family("Europe/Rome");

  @Test
  void pagesHoldEverySessionOnceNewestFirst() {
    var expected = newestFirst(fortyFive());

    var pages = new ArrayList<List<UUID>>();
    String cursor = null;
    do {
      var page = page(cursor);
      pages.add(ids(page));
      cursor = page.path("next_cursor").asStringOpt().orElse(null);
    } while (cursor != null && pages.size() < 10);

    assertThat(pages).extracting(List::size).containsExactly(20, 20, 5);
    assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(expected);
  }

  @Test
  void lastPageThatIsFullHasNoneAfterIt() {
    for (int i = 0; i < 20; i++) {
      store(PlayedSession.completed(NOON, i));
    }
    assertThat(ids(page(null))).hasSize(20);
    assertThat(page(null).path("next_cursor").isNull()).isTrue();
  }

  @Test
  void sessionInsertedWhilePagingDoesNotShiftPages() {
    var expected = newestFirst(fortyFive());
    var first = page(null);
    store(PlayedSession.completed(NOON.plusSeconds(60), 1));
    store(PlayedSession.completed(NOON.plusSeconds(61), 1));
    SERVICE.invalidate(family.child());

    var second = page(first.path("next_cursor").asString());

    assertThat(ids(first)).isEqualTo(expected.subList(0, 20));
    assertThat(ids(second)).isEqualTo(expected.subList(20, 40));
  }

  @Test
  void sessionsOfSiblingsAndOthersAreNotAmongThem() {
    var other = SERVICE.family("Europe/Rome");
    PlayedSession.completed(NOON, 1).store(SERVICE.db(), other.child(), ROME);
    assertThat(ids(page(null))).isEmpty();
  }

  @Test
  void cursorOfAnotherChildShowsNothingOfIt() {
    var other = SERVICE.family("Europe/Rome");
    for (int i = 0; i < 3; i++) {
      PlayedSession.completed(NOON.minusSeconds(i), i).store(SERVICE.db(), other.child(), ROME);
    }
    var own = PlayedSession.completed(NOON.minusSeconds(9), 1);
    store(own);
    var foreign = SERVICE.get(other.sessions() + "?limit=1", other.token()).ok();
    assertThat(ids(page(foreign.path("next_cursor").asString()))).containsExactly(own.id());
  }

  @Test
  void childWithoutSessionsHasAnEmptyPage() {
    var page = page(null);
    assertThat(page.path("sessions").isArray()).isTrue();
    assertThat(page.path("sessions").size()).isZero();
    assertThat(page.path("next_cursor").isNull()).isTrue();
    assertThat(page.path("limit").intValue()).isEqualTo(20);
  }

  @Test
  void fieldsAreThoseOfTheTable() {
    store(PlayedSession.of(NOON, "abandoned", 87));
    SERVICE
        .db()
        .sql(
            """
            UPDATE game_sessions SET
              session_type = 'sensory_exploration', scenario_id = 'sound', scenario_name = 'Sounds',
              scenario_version = '2.1', exit_reason = 'too_loud', started_at = '2026-03-10T11:00:00.123456Z',
              ended_at = '2026-03-10T11:10:00Z', duration_seconds = 599, pause_count = 2,
              total_pause_duration = 60, active_seconds = 539, levels_completed = 3,
              max_level_reached = 4, interactions_count = 50, correct_responses = 30,
              incorrect_responses = 10, help_requests = 5, hint_usage_count = 6, success_rate = 75,
              engagement_score = 66.67, initial_emotion = 'anxious', final_emotion = 'calm',
              parent_rating = 4, device_type = 'tablet', environment_type = 'home',
              support_person_present = true, session_data_quality = 'partial', lost_events = 2,
              achievements_unlocked = '["brave", "calm"]', progress_markers_hit = '["skill_x"]',
              help_rate = 0.1, hint_rate = 0.12, response_time_p50_ms = 900,
              response_time_p90_ms = 1500, distress_seconds = 30, recovery_seconds = 12.5,
              emotional_volatility = 0.3,
              data_quality_notes = '[{"rule": "clock_jumped", "severity": "error"}]',
              parent_notes = 'went well', device_model = 'private'
            WHERE child_id = ?
            """)
        .param(family.child().value())
        .update();

    var session = page(null).path("sessions").get(0);

    assertThat(session)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"id": "%s", "child_id": %s, "session_type": "sensory_exploration", "scenario_id": "sound",
                     "scenario_name": "Sounds", "scenario_version": "2.1",
                     "started_at": "2026-03-10T11:00:00.123456Z", "ended_at": "2026-03-10T11:10:00Z",
                     "day": "2026-03-10",
                     "completion_status": "abandoned", "exit_reason": "too_loud",
                     "duration_seconds": 599, "pause_count": 2, "total_pause_duration": 60,
                     "active_seconds": 539, "levels_completed": 3, "max_level_reached": 4,
                     "score": 87, "interactions_count": 50, "correct_responses": 30,
                     "incorrect_responses": 10, "help_requests": 5, "hint_usage_count": 6,
                     "success_rate": 75.00, "engagement_score": 66.67, "help_rate": 0.1,
                     "hint_rate": 0.12, "response_time_p50_ms": 900, "response_time_p90_ms": 1500,
                     "initial_emotion": "anxious",
                     "final_emotion": "calm", "distress_seconds": 30, "recovery_seconds": 12.5,
                     "emotional_volatility": 0.3, "next_session_readiness": "ready_for_similar",
                     "parent_rating": 4, "parent_notes": "went well", "device_type": "tablet",
                     "environment_type": "home", "support_person_present": true,
                     "session_data_quality": "partial", "lost_events": 2,
                     "data_quality_notes": [{"rule": "clock_jumped", "severity": "error"}],
                     "achievements_unlocked": ["brave", "calm"], "progress_markers_hit": ["skill_x"]}
                    """
                        .formatted(session.path("id").asString(), family.child())));
  }

  @Test
  void openSessionIsNullWhereItHasNoEnd() {
    store(PlayedSession.of(NOON, "in_progress", null));
    var session = page(null).path("sessions").get(0);
    for (var field :
        List.of("ended_at", "duration_seconds", "active_seconds", "score", "success_rate")) {
      assertThat(session.has(field)).isTrue();
      assertThat(session.path(field).isNull()).as(field).isTrue();
    }
    assertThat(session.path("completion_status").asString()).isEqualTo("in_progress");
  }

  /** Seven at a time started at the same moment, so that pages end between two such. */
  private List<PlayedSession> fortyFive() {
    var sessions = new ArrayList<PlayedSession>();
    for (int i = 0; i < 45; i++) {
      var start = NOON.minus(i / 14, ChronoUnit.DAYS).minus(i / 7 % 2, ChronoUnit.MICROS);
      sessions.add(PlayedSession.completed(start, i));
    }
    Collections.shuffle(sessions, new Random(45));
    sessions.forEach(this::store);
    return sessions;
  }

  private static List<UUID> newestFirst(List<PlayedSession> sessions) {
    return sessions.stream()
        .sorted(
            Comparator.comparing(PlayedSession::startedAt)
                .thenComparing(session -> session.id().toString())
                .reversed())
        .map(PlayedSession::id)
        .toList();
  }

  private void store(PlayedSession session) {
    session.store(SERVICE.db(), family.child(), ROME);
  }

  private JsonNode page(@Nullable String cursor) {
    return SERVICE
        .get(family.sessions() + (cursor == null ? "" : "?cursor=" + cursor), family.token())
        .ok();
  }

  private static List<UUID> ids(JsonNode page) {
    return page.path("sessions")
        .valueStream()
        .map(session -> UUID.fromString(session.path("id").asString()))
        .toList();
  }
}
