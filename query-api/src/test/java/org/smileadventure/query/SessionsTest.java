package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
              parent_notes = 'private', device_model = 'private'
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
                    {"id": "%s", "session_type": "sensory_exploration", "scenario_id": "sound",
                     "scenario_name": "Sounds", "scenario_version": "2.1",
                     "started_at": "2026-03-10T11:00:00.123456Z", "ended_at": "2026-03-10T11:10:00Z",
                     "completion_status": "abandoned", "exit_reason": "too_loud",
                     "duration_seconds": 599, "pause_count": 2, "total_pause_duration": 60,
                     "active_seconds": 539, "levels_completed": 3, "max_level_reached": 4,
                     "score": 87, "interactions_count": 50, "correct_responses": 30,
                     "incorrect_responses": 10, "help_requests": 5, "hint_usage_count": 6,
                     "success_rate": 75.00, "engagement_score": 66.67, "initial_emotion": "anxious",
                     "final_emotion": "calm", "parent_rating": 4, "device_type": "tablet",
                     "environment_type": "home", "support_person_present": true,
                     "session_data_quality": "partial", "lost_events": 2,
                     "achievements_unlocked": ["brave", "calm"], "progress_markers_hit": ["skill_x"]}
                    """
                        .formatted(session.path("id").asString())));
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

  /** Also with the plan that PostgreSQL makes once for all parameters. */
  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void pageReadsNoMoreOfALongHistoryThanItShows(String plan) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, completion_status)
            SELECT uuidv7(), :child, 'dental_visit', 'Dental hygiene', t, t, t::date, 0, 0, 'completed'
            FROM generate_series(1, 20000) i,
                 LATERAL (SELECT '2020-01-01Z'::timestamptz + i * interval '1 hour' AS t) times
            """)
        .param("child", family.child().value())
        .update();
    SERVICE.db().sql("ANALYZE").update();
    var parameters = List.of(":child", ":viewer", ":before_start", ":before_id", ":most");
    var prepared = SqlFile.read(QueryApi.class, "sessions/sessions.sql");
    for (var parameter : parameters) {
      prepared = prepared.replace(parameter, "$" + (parameters.indexOf(parameter) + 1));
    }
    var statement = prepared;
    var explained =
        Objects.requireNonNull(
            SERVICE
                .bean("transactionTemplate", TransactionTemplate.class)
                .execute(
                    _ -> {
                      var jdbc = SERVICE.bean("jdbcClient", JdbcClient.class);
                      jdbc.sql("SET LOCAL plan_cache_mode = " + plan).update();
                      jdbc.sql("PREPARE page (bigint, bigint, text, text, bigint) AS " + statement)
                          .update();
                      var result =
                          jdbc.sql(
                                  "EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page (%s, %s, '2021-01-01T00:00:00Z', '%s', 21)"
                                      .formatted(family.child(), family.parent(), new UUID(0, 0)))
                              .query(String.class)
                              .single();
                      jdbc.sql("DEALLOCATE page").update();
                      return result;
                    }));

    var scans = new ArrayList<JsonNode>();
    scansOfSessions(JsonMapper.shared().readTree(explained).get(0).path("Plan"), scans);
    assertThat(scans).hasSize(1);
    var scan = scans.getFirst();
    assertThat(scan.path("Index Name").asString()).isEqualTo("idx_game_sessions_child_date_range");
    var read = scan.path("Actual Rows").doubleValue() * scan.path("Actual Loops").doubleValue();
    // one more than asked for, and one more to see that no other has the same start
    assertThat(read + scan.path("Rows Removed by Filter").doubleValue()).isBetween(21.0, 23.0);
  }

  private static void scansOfSessions(JsonNode plan, List<JsonNode> scans) {
    if (plan.path("Relation Name").asString("").equals("game_sessions")) {
      scans.add(plan);
    }
    plan.path("Plans").forEach(child -> scansOfSessions(child, scans));
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
