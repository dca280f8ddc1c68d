package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plans of the main statements, as the service's role makes them. Among 300,000 sessions of
 * 3,000 children; the child that is asked about has 20,000 of its own beside.
 */
@RealServers
class QueryPlanTest {
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();
  private static final Family FAMILY = SERVICE.family("Europe/Rome");
  private static final ChildId TOLD =
      new People(SERVICE.db()).child(FAMILY.parent(), "Europe/Rome");
  private static final long PARENT = SERVICE.user("parent", "unused");
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final LocalDate TODAY = LocalDate.of(2022, 3, 15);

  /** Typical children, of whom each played a hundred sessions in a good two years. */
  private static LongStream asked() {
    return LongStream.rangeClosed(1001, 1050);
  }

  @BeforeAll
  static void fill() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO children (id, name, age, parent_id, timezone, play_consent)
            SELECT 1000 + i, 'Child', 7, :parent, 'Europe/Rome', true FROM generate_series(1, 3000) i
            """)
        .param("parent", PARENT)
        .update();
    sessions("1000 + i % 3000 + 1", 300_000);
    sessions(FAMILY.child().toString(), 20_000);
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day)
            SELECT id, 1, child_id, 'dental_care', 'Brushing', started_at, day FROM game_sessions
            """)
        .update();
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
            SELECT g.id, g.child_id, s, s + 9, convert_to(e.events::text, 'UTF8')
            FROM (SELECT * FROM game_sessions WHERE child_id = CHILD LIMIT 2000) g, generate_series(1, 991, 10) s,
                 LATERAL (SELECT jsonb_agg(jsonb_build_array(seq, 'help.requested', 0, '{}'::jsonb)) AS events
                          FROM generate_series(s, s + 9) seq) e
            """
                .replace("CHILD", FAMILY.child().toString()))
        .update();
    toldInStatements();
    summarise();
    SERVICE.db().sql("ANALYZE").update();
  }

  /** A child with as many sessions, of an event each, and as many tasks that are in none. */
  private static void toldInStatements() {
    sessions(TOLD.toString(), 20_000);
    SERVICE
        .db()
        .sql(
            """
            WITH tasks AS (
              INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day)
              SELECT uuidv7(), 1, child_id, 'dental_care', 'Brushing', started_at, day
              FROM game_sessions WHERE child_id = CHILD
              RETURNING session_id, child_id
            )
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
            SELECT session_id, child_id, 1, 1, convert_to('[[1, "help.requested", 0, {}]]', 'UTF8')
            FROM (SELECT id AS session_id, child_id FROM game_sessions WHERE child_id = CHILD
                  UNION ALL SELECT session_id, child_id FROM tasks) told
            """
                .replace("CHILD", TOLD.toString()))
        .update();
  }

  /** Those of whom an answer is made; the others have as many months. */
  private static void summarise() {
    new MonthSummaries(SERVICE.db())
        .fold(
            asked()
                .mapToObj(ChildId::new)
                .map(child -> new DayRange(child, FIRST_DAY, FIRST_DAY.plusYears(4).minusDays(1)))
                .toList());
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO child_month_summary
            SELECT (jsonb_populate_record(m, jsonb_build_object('child_id', c.id))).*
            FROM children c, child_month_summary m
            WHERE c.id BETWEEN 1051 AND 4000 AND m.child_id = 1001
            """)
        .update();
  }

  private static void sessions(String child, int many) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, completion_status, score)
            SELECT uuidv7(), CHILD, 'dental_visit', 'Dental hygiene', t, t, t::date, 0, 0, 'completed', i % 100
            FROM generate_series(1, :many) i,
                 LATERAL (SELECT '2020-01-01Z'::timestamptz + i % 20000 * interval '1 hour' AS t) times
            """
                .replace("CHILD", child))
        .param("many", many)
        .update();
  }

  @Test
  void pageOfSessionsReadsNoMoreThanItShows() {
    var plan = plan("sessions/sessions.sql", sessionParameters());
    var scans = scans(plan, "game_sessions");
    assertThat(scans).hasSize(1);
    assertThat(scans.getFirst().path("Index Name").asString())
        .isEqualTo("idx_game_sessions_child_date_range");
    assertThat(rowsRead(scans.getFirst())).isBetween(21.0, 23.0);
  }

  private static Map<String, String> sessionParameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("child", FAMILY.child() + "::bigint");
    parameters.put("viewer", FAMILY.parent() + "::bigint");
    parameters.put("before_start", "'2021-01-01T00:00:00Z'::text");
    parameters.put("before_id", "'" + new UUID(0, 0) + "'::text");
    for (var text : List.of("type", "name", "status")) {
      parameters.put(text, "NULL::text");
    }
    for (var day : List.of("first_day", "last_day")) {
      parameters.put(day, "NULL::date");
    }
    for (var number : List.of("min_duration", "max_duration", "min_score", "rating")) {
      parameters.put(number, "NULL::int");
    }
    parameters.put("most", "21::bigint");
    return parameters;
  }

  @Test
  void pageOfActivitiesReadsNoMoreThanItShows() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("child", FAMILY.child() + "::bigint");
    parameters.put("viewer", FAMILY.parent() + "::bigint");
    parameters.put("before", "'2021-01-01T00:00:00Z'::text");
    parameters.put("before_id", "0::bigint");
    parameters.put("type", "NULL::text");
    parameters.put("verified", "NULL::boolean");
    parameters.put("first_day", "NULL::date");
    parameters.put("last_day", "NULL::date");
    parameters.put("most", "21::bigint");
    var scans = scans(plan("activities/activities.sql", parameters), "activities");
    assertThat(scans).hasSize(1);
    assertThat(scans.getFirst().path("Index Name").asString())
        .isEqualTo("idx_activities_child_timeline");
    assertThat(rowsRead(scans.getFirst())).isBetween(21.0, 23.0);
  }

  /** Sessions and tasks in turn, of which a few are read ahead. */
  @Test
  void pageOfStatementsReadsNoMoreThanItShows() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("child", TOLD + "::bigint");
    parameters.put("viewer", FAMILY.parent() + "::bigint");
    parameters.put("at", "'2021-01-01T00:00:00Z'::text");
    parameters.put("session", "'" + new UUID(0, 0) + "'::uuid");
    parameters.put("seq", "0::int");
    parameters.put("most", "21::bigint");
    var plan = plan("statement/statements.sql", parameters);
    assertNothingIsReadWhole(plan);
    assertThat(indexes(plan))
        .contains("idx_game_sessions_child_date_range", "idx_activities_child_timeline");
    for (var relation : List.of("game_sessions", "activities")) {
      assertThat(scans(plan, relation))
          .isNotEmpty()
          .allSatisfy(scan -> assertThat(rowsRead(scan)).as(relation).isLessThanOrEqualTo(42));
    }
  }

  @Test
  void timelineReadsNoMoreThanItShows() {
    var session =
        SERVICE
            .db()
            .sql("SELECT session_id FROM session_events LIMIT 1")
            .query(UUID.class)
            .single();
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("session", "'" + session + "'::uuid");
    parameters.put("viewer", FAMILY.parent() + "::bigint");
    parameters.put("after", "500::bigint");
    parameters.put("most", "21::bigint");
    var plan = plan("sessions/session.sql", parameters);
    assertThat(indexes(plan)).contains("game_sessions_pkey");
    assertNothingIsReadWhole(plan);
    var chunks =
        nodes(plan).stream()
            .filter(node -> node.path("Relation Name").asString("").startsWith("session_events"))
            .filter(node -> node.path("Actual Rows").doubleValue() > 0)
            .toList();
    assertThat(chunks).hasSize(1);
    // Those before are passed over by their place alone.
    assertThat(chunks.getFirst().path("Actual Rows").doubleValue()).isLessThanOrEqualTo(21);
  }

  @Test
  void childAndChildrenAreFoundByIndex() {
    var child = new LinkedHashMap<String, String>();
    child.put("child", FAMILY.child() + "::bigint");
    child.put("viewer", FAMILY.parent() + "::bigint");
    child.put("today", "'2022-01-01'::text");
    var plan = plan("children/child.sql", child);
    assertThat(indexes(plan))
        .contains("children_pkey", "idx_game_sessions_child_day", "idx_activities_child_day");
    assertNothingIsReadWhole(plan);
    var children = new LinkedHashMap<String, String>();
    children.put("viewer", FAMILY.parent() + "::bigint");
    children.put("after", "0::bigint");
    children.put("most", "21::bigint");
    assertNothingIsReadWhole(plan("children/children.sql", children));
  }

  @Test
  void qualityOfAChildsDataIsReadOfTheChildOnly() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("child", FAMILY.child() + "::bigint");
    parameters.put("first", "'2022-01-01'::text");
    parameters.put("last", "'2022-01-30'::text");
    var plan = plan("quality/quality.sql", parameters);
    assertThat(indexes(plan)).contains("idx_game_sessions_child_day");
    assertNothingIsReadWhole(plan);
  }

  @Test
  void latestOfAllChildrenAreReadFromTheEndOfEach() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("children", "ARRAY[" + FAMILY.child() + "]::bigint[]");
    var plan = plan("dashboard/latest.sql", parameters);
    assertThat(indexes(plan))
        .contains("idx_game_sessions_child_date_range", "idx_activities_child_timeline");
    scans(plan, "game_sessions")
        .forEach(scan -> assertThat(rowsRead(scan)).isLessThanOrEqualTo(11));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window-months.sql",
        "play-sessions.sql",
        "play-activities.sql",
        "window-surroundings.sql"
      })
  void ofALongHistoryOnlyTheDaysThatAreAskedForAreRead(String file) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("children", "ARRAY[" + FAMILY.child() + "]::bigint[]");
    parameters.put("firsts", "ARRAY['2021-12-01']::text[]");
    parameters.put("lasts", "ARRAY['2021-12-07']::text[]");
    parameters.put("shape", "1::smallint");
    parameters.put("courses", "false::boolean");
    var plan = plan(WindowReader.class, file, parameters, true);
    assertNothingIsReadWhole(plan);
    for (var relation : List.of("game_sessions", "activities")) {
      scans(plan, relation)
          .forEach(scan -> assertThat(rowsRead(scan)).as(relation).isLessThanOrEqualTo(8 * 24));
    }
  }

  /** What is planned for any filter would be planned for all of them at once. */
  @Test
  void planOfWhatIsNotAboutAChildIsMadeForItsParameters() {
    assertThat(
            SERVICE
                .bean("jdbcClient", JdbcClient.class)
                .sql("SHOW plan_cache_mode")
                .query(String.class)
                .single())
        .isEqualTo("force_custom_plan");
  }

  @Test
  void answersTakeNoLongerToPlanThanToRun() throws SQLException {
    SERVICE.db().sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").update();
    SERVICE
        .db()
        .sql(
            """
            DO $$ BEGIN
              EXECUTE format('ALTER DATABASE %I SET pg_stat_statements.track_planning = on', current_database());
            END $$
            """)
        .update();
    SERVICE
        .bean("dataSource", DataSource.class)
        .unwrap(HikariDataSource.class)
        .getHikariPoolMXBean()
        .softEvictConnections();
    SERVICE.clock().set(TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC));
    var token = Tokens.TRUSTED.of(PARENT, "parent");
    for (var window : List.of("7d", "30d", "90d", "365d", "all")) {
      asked()
          .forEach(
              child ->
                  SERVICE
                      .get("/api/v1/children/" + child + "/analytics?window=" + window, token)
                      .ok());
    }

    var ofAnswers =
        SERVICE
            .db()
            .sql(
                """
                SELECT query, calls, plans, plans * min_plan_time AS plan_millis, calls * min_exec_time AS run_millis
                FROM pg_stat_statements
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND userid = 'smile_query'::regrole AND calls >= 250 AND query ~* '^(SELECT|WITH)'
                """)
            .query(new SimplePropertyRowMapper<>(Cost.class))
            .list();

    assertThat(ofAnswers).hasSizeGreaterThanOrEqualTo(6);
    assertThat(ofAnswers)
        .allMatch(cost -> cost.isPlannedOnce() || cost.planMillis() < cost.runMillis());
  }

  /** What a statement takes at least: how busy the machine is does not matter. */
  private record Cost(String query, long calls, long plans, double planMillis, double runMillis) {
    /** By each connection, and kept: how long that took at one time tells nothing. */
    boolean isPlannedOnce() {
      return plans * 20 <= calls;
    }
  }

  private static JsonNode plan(String file, Map<String, String> parameters) {
    return plan(
        QueryApi.class, file, parameters, !file.matches("(sessions|activities|statement)/.*s.sql"));
  }

  /**
   * The plan of a statement.
   *
   * @param generic whether it is one for any parameters
   */
  private static JsonNode plan(
      Class<?> beside, String file, Map<String, String> parameters, boolean generic) {
    var names = new ArrayList<>(parameters.keySet());
    var statement =
        PARAMETER
            .matcher(SqlFile.read(beside, file))
            .replaceAll(match -> "\\$" + (names.indexOf(match.group(1)) + 1));
    var types = parameters.values().stream().map(value -> value.replaceAll(".*::", "")).toList();
    var json =
        Objects.requireNonNull(
            SERVICE
                .bean("transactionTemplate", TransactionTemplate.class)
                .execute(
                    _ -> {
                      var jdbc = SERVICE.bean("jdbcClient", JdbcClient.class);
                      jdbc.sql("SELECT open_children(:viewer, NULL, false, 'test')")
                          .param("viewer", FAMILY.parent())
                          .query(_ -> {});
                      if (generic) {
                        jdbc.sql("SET LOCAL plan_cache_mode = force_generic_plan").update();
                      }
                      jdbc.sql("PREPARE asked (" + String.join(", ", types) + ") AS " + statement)
                          .update();
                      var explained =
                          jdbc.sql(
                                  "EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ("
                                      + String.join(", ", parameters.values())
                                      + ")")
                              .query((row, _) -> row.getString(1))
                              .single();
                      jdbc.sql("DEALLOCATE asked").update();
                      return explained;
                    }));
    return JsonMapper.shared().readTree(json).get(0).path("Plan");
  }

  private static List<JsonNode> scans(JsonNode plan, String relation) {
    return nodes(plan).stream()
        .filter(node -> node.path("Relation Name").asString("").equals(relation))
        .toList();
  }

  private static Set<String> indexes(JsonNode plan) {
    return nodes(plan).stream()
        .map(node -> node.path("Index Name").asString(""))
        .collect(Collectors.toSet());
  }

  /** Small tables may be, and those that have no rows. */
  private static void assertNothingIsReadWhole(JsonNode plan) {
    assertThat(nodes(plan))
        .filteredOn(node -> node.path("Node Type").asString().equals("Seq Scan"))
        .filteredOn(node -> node.path("Actual Loops").doubleValue() > 0)
        .filteredOn(
            node ->
                node.path("Actual Rows").doubleValue(0)
                        + node.path("Rows Removed by Filter").doubleValue(0)
                    > 0)
        .extracting(node -> node.path("Relation Name").asString())
        .isSubsetOf(
            "auth_users",
            "forgotten_events",
            "guardians",
            "patient_assignments",
            "dirty_child_months",
            "refused_events");
  }

  private static List<JsonNode> nodes(JsonNode plan) {
    return Stream.concat(
            Stream.of(plan),
            plan.path("Plans").valueStream().flatMap(child -> nodes(child).stream()))
        .toList();
  }

  private static double rowsRead(JsonNode scan) {
    return scan.path("Actual Rows").doubleValue() * scan.path("Actual Loops").doubleValue()
        + scan.path("Rows Removed by Filter").doubleValue();
  }
}
