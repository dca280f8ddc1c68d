package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** What an admin sees of what is on record. */
@RealServers
class AuditTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  private final long admin = SERVICE.user("admin", "unused");
  private final String token = Tokens.TRUSTED.of(admin, "admin");

  @BeforeEach
  void forget() {
    SERVICE.db().sql("DELETE FROM audit_log").update();
  }

  @Test
  void recordsAreToldInPagesNewestFirst() {
    for (int day = 1; day <= 5; day++) {
      put("2026-01-0" + day, 7, "look", 3);
    }
    var told = new ArrayList<String>();
    var cursor = "";
    do {
      var page = get("?limit=2&action=look" + cursor);
      page.path("entries").forEach(entry -> told.add(entry.path("at").asString().substring(0, 10)));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
    } while (!cursor.isEmpty());
    assertThat(told)
        .containsExactly("2026-01-05", "2026-01-04", "2026-01-03", "2026-01-02", "2026-01-01");
  }

  @ParameterizedTest
  @CsvSource({
    "actor=7, 2",
    "child=3, 2",
    "action=erased, 1",
    "from=2026-01-02&to=2026-01-03, 2",
    "from=2026-01-03, 1",
    "to=2026-01-01, 1",
    "actor=7&child=4, 0",
    "action=export, 0"
  })
  void onlyThoseThatAreAskedFor(String filter, int many) {
    put("2026-01-01", 7, "look", 3);
    put("2026-01-02", 7, "look", null);
    put("2026-01-03", 8, "erased", 3);
    var entries = get("?" + filter).path("entries").valueStream();
    assertThat(entries.filter(entry -> !entry.path("action").asString().equals("audit_read")))
        .hasSize(many);
  }

  @Test
  void thatItWasAskedForIsOnRecordItself() {
    get("?child=3");
    var asked = get("").path("entries").get(1);
    assertThat(asked.path("action").asString()).isEqualTo("audit_read");
    assertThat(asked.path("actor").longValue()).isEqualTo(admin);
    assertThat(asked.path("child").longValue()).isEqualTo(3);
    assertThat(asked.path("detail").asString()).isEqualTo("GET /api/v1/audit");
  }

  @Test
  void thatAccountsAndAssignmentsWereReadIsOnRecordWithoutWhatWasTyped() {
    var first = SERVICE.get("/api/v1/users?limit=1", token).ok();
    SERVICE.db().sql("DELETE FROM audit_log").update();
    for (var path :
        List.of(
            "/users?role=parent&status=active&email=zoe",
            "/users/" + admin,
            "/users?cursor=" + first.path("next_cursor").asString(),
            "/assignments?child_id=4&professional_id=5",
            "/assignments")) {
      SERVICE.get("/api/v1" + path, token).ok();
    }
    assertThat(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT concat_ws(' ', actor, actor_role, action, child) || ': ' || detail FROM audit_log ORDER BY id
                    """)
                .query(String.class)
                .list())
        .containsExactly(
            admin + " admin users_read: list of role parent of status active by address",
            admin + " admin users_read: user " + admin,
            admin + " admin users_read: list after " + first.at("/users/0/id").asString(),
            admin + " admin assignments_read 4: list of professional 5",
            admin + " admin assignments_read: list");
  }

  /** What cannot be put on record is not told. */
  @Test
  void nothingIsToldWithoutARecord() {
    SERVICE.db().sql("ALTER TABLE audit_log RENAME TO mislaid").update();
    try {
      for (var path : List.of("/users", "/users/" + admin, "/assignments")) {
        assertThat(SERVICE.get("/api/v1" + path, token).status()).isGreaterThanOrEqualTo(500);
      }
    } finally {
      SERVICE.db().sql("ALTER TABLE mislaid RENAME TO audit_log").update();
    }
  }

  /** The token may be older than what the account may do. */
  @Test
  void whoIsNoAdminAnyMoreIsToldNothing() {
    put("2026-01-01", 7, "look", 3);
    SERVICE.db().sql("UPDATE auth_users SET role = 'parent' WHERE id = ?").param(admin).update();
    assertThat(get("").path("entries")).isEmpty();
    assertThat(count("SELECT count(*) FROM audit_log")).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "actor=x, actor",
    "child=1.5, child",
    "action=LOOK, action",
    "from=yesterday, from",
    "to=2026-02-30, to",
    "limit=0, limit",
    "cursor=x, cursor"
  })
  void whatCannotBeIsAProblemThatNamesIt(String query, String named) {
    var problem = SERVICE.get("/api/v1/audit?" + query, token).problem(400);
    assertThat(problem.toString()).contains("\"" + named + "\"");
    assertThat(count("SELECT count(*) FROM audit_log")).isZero();
  }

  private JsonNode get(String query) {
    return SERVICE.get("/api/v1/audit" + query, token).ok();
  }

  private static void put(String day, long actor, String action, @Nullable Integer child) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO audit_log (at, actor, actor_role, action, child)
            VALUES (:day::date + interval '12 h', :actor, 'professional', :action, :child::bigint)
            """)
        .param("day", day)
        .param("actor", actor)
        .param("action", action)
        .param("child", child, Types.INTEGER)
        .update();
  }

  private static long count(String sql) {
    return SERVICE.db().sql(sql).query(Long.class).single();
  }
}
