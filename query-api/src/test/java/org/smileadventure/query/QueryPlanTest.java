package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
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

  @BeforeAll
  static void fill() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO children (id, name, age, parent_id, timezone)
            SELECT 1000 + i, 'Child', 7, :parent, 'Europe/Rome' FROM generate_series(1, 3000) i
            """)
        .param("parent", SERVICE.user("parent", "unused"))
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
            INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, payload)
            SELECT g.id, s, g.child_id, 'help.requested', g.started_at, '{}'
            FROM (SELECT * FROM game_sessions WHERE child_id = CHILD LIMIT 2000) g, generate_series(1, 100) s
            """
                .replace("CHILD", FAMILY.child().toString()))
        .update();
    SERVICE.db().sql("ANALYZE").update();
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
    parameters.put("after", "10::bigint");
    parameters.put("most", "21::bigint");
    var plan = plan("sessions/session.sql", parameters);
    assertThat(indexes(plan)).contains("game_sessions_pkey");
    assertThat(indexes(plan))
        .anyMatch(index -> index.endsWith("session_id_seq_idx") || index.endsWith("pkey"));
    assertNothingIsReadWhole(plan);
  }

  @Test
  void childAndChildrenAreFoundByIndex() {
    var child = new LinkedHashMap<String, String>();
    child.put("child", FAMILY.child() + "::bigint");
    child.put("viewer", FAMILY.parent() + "::bigint");
    child.put("now", "'2022-01-01T00:00:00Z'::text");
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
  void latestOfAllChildrenAreReadFromTheEndOfEach() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("children", "ARRAY[" + FAMILY.child() + "]::bigint[]");
    var plan = plan("dashboard/latest.sql", parameters);
    assertThat(indexes(plan))
        .contains("idx_game_sessions_child_date_range", "idx_activities_child_timeline");
    scans(plan, "game_sessions")
        .forEach(scan -> assertThat(rowsRead(scan)).isLessThanOrEqualTo(11));
  }

  /** One that is made once for all parameters would be one for all filters at once. */
  @Test
  void everyPlanIsMadeForItsParameters() {
    assertThat(
            SERVICE
                .bean("jdbcClient", JdbcClient.class)
                .sql("SHOW plan_cache_mode")
                .query(String.class)
                .single())
        .isEqualTo("force_custom_plan");
  }

  private static JsonNode plan(String file, Map<String, String> parameters) {
    var names = new ArrayList<>(parameters.keySet());
    var statement =
        PARAMETER
            .matcher(SqlFile.read(QueryApi.class, file))
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
    var found = new ArrayList<JsonNode>();
    walk(plan, found);
    return found.stream()
        .filter(node -> node.path("Relation Name").asString("").equals(relation))
        .toList();
  }

  private static Set<String> indexes(JsonNode plan) {
    var found = new ArrayList<JsonNode>();
    walk(plan, found);
    var names = new TreeSet<String>();
    found.forEach(node -> names.add(node.path("Index Name").asString("")));
    return names;
  }

  /** Small tables may be. */
  private static void assertNothingIsReadWhole(JsonNode plan) {
    var found = new ArrayList<JsonNode>();
    walk(plan, found);
    assertThat(found)
        .filteredOn(node -> node.path("Node Type").asString().equals("Seq Scan"))
        .filteredOn(node -> node.path("Actual Loops").doubleValue() > 0)
        .extracting(node -> node.path("Relation Name").asString())
        .isSubsetOf("auth_users", "forgotten_events", "patient_assignments");
  }

  private static void walk(JsonNode plan, List<JsonNode> found) {
    found.add(plan);
    plan.path("Plans").forEach(child -> walk(child, found));
  }

  private static double rowsRead(JsonNode scan) {
    return scan.path("Actual Rows").doubleValue() * scan.path("Actual Loops").doubleValue()
        + scan.path("Rows Removed by Filter").doubleValue();
  }
}
