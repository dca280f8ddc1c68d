package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** The own account: read, put right, closed. */
@RealServers
class MeTest {
  private static final String PATH = "/api/v1/me";
  private static final String PASSWORD = "Brave-Otter-7";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final long parent = SERVICE.user("parent", PASSWORD);
  private final String token = Tokens.TRUSTED.of(parent, "parent");

  @Test
  void accountIsToldToWhoHasItAndNoPasswordWithIt() {
    var reply = SERVICE.get(PATH, token);
    var me = reply.ok();
    assertThat(me.path("id").longValue()).isEqualTo(parent);
    assertThat(me.path("first_name").asString()).isEqualTo("Test");
    assertThat(me.path("version").longValue()).isZero();
    assertThat(me.propertyNames()).doesNotContain("hashed_password");
    assertThat(reply.header("ETag")).isEqualTo("\"0\"");
    assertThat(SERVICE.get(PATH, token, "If-None-Match", "\"0\"").status()).isEqualTo(304);
  }

  @Test
  void whatIsNamedIsChangedAndTheRestStays() {
    var changed =
        patch(
            """
            {"first_name": " Zoe\u0308 ", "phone": "0123456789", "timezone": "Europe/Rome", "language": "it",
             "bio": "one\\ntwo", "email": "other@example.org", "role": "admin", "version": 99}
            """);
    var me = changed.ok();
    assertThat(me.path("first_name").asString()).isEqualTo("Zoë");
    assertThat(me.path("last_name").asString()).isEqualTo("User");
    assertThat(me.path("bio").asString()).isEqualTo("one\ntwo");
    assertThat(me.path("role").asString()).isEqualTo("parent");
    assertThat(me.path("email").asString()).startsWith("parent-");
    assertThat(changed.header("ETag")).isEqualTo("\"1\"");
    assertThat(SERVICE.get(PATH, token).ok()).isEqualTo(me);

    var again = patch("{\"phone\": null, \"bio\": null}").ok();
    assertThat(again.path("phone").isNull()).isTrue();
    assertThat(again.path("bio").isNull()).isTrue();
    assertThat(again.path("timezone").asString()).isEqualTo("Europe/Rome");
    assertThat(again.path("version").longValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "first_name | null",
        "first_name | '\"  \"'",
        "last_name  | '{\"a\": 1}'",
        "last_name  | '\"a\\u0000b\"'",
        "phone      | '\"12\"'",
        "timezone   | '\"Mars/Base\"'",
        "timezone   | null",
        "language   | '\"Italian\"'",
        "bio        | '[1]'"
      })
  void whatCannotBeSoIsNamed(String field, String value) {
    var problem =
        patch("{\"%s\": %s}".formatted(field, value == null ? "null" : value)).problem(400);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(problem.path("errors").size()).isEqualTo(1);
    assertThat(SERVICE.get(PATH, token).ok().path("version").longValue()).isZero();
  }

  @Test
  void descriptionSaysThatNothingHasToBeNamed() {
    var api = SERVICE.get("/v3/api-docs", null).ok();
    var schema = api.at("/components/schemas/Profile");
    assertThat(schema.path("properties").propertyNames()).contains("first_name", "clinic_address");
    assertThat(schema.has("required")).isFalse();
    assertThat(
            api.path("paths")
                .path("/api/v1/me")
                .at("/patch/requestBody/content/application~1json/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/Profile");
  }

  @Test
  void clinicIsOfProfessionals() {
    assertThat(patch("{\"clinic_name\": \"Sole\"}").problem(400).path("parameter").asString())
        .isEqualTo("clinic_name");
    var professional = Tokens.TRUSTED.of(SERVICE.professional(), "professional");
    var me =
        send(
                "PATCH",
                professional,
                "{\"clinic_name\": \"Sole\", \"specialization\": \"Speech\", \"license_number\":"
                    + " \"X\"}")
            .ok();
    assertThat(me.path("clinic_name").asString()).isEqualTo("Sole");
    assertThat(me.path("license_number").asString()).isEqualTo("L-1");
  }

  @Test
  void versionThatIsStaleIsRefused() {
    patch("{\"first_name\": \"A\"}", "\"0\"").ok();
    for (var stale : List.of("\"0\"", "W/\"1\"", "\"7\", \"8\"", "nonsense")) {
      patch("{\"first_name\": \"B\"}", stale).problem(412);
    }
    patch("{\"first_name\": \"B\"}", "\"0\", \"1\"").ok();
    patch("{\"first_name\": \"C\"}", "*").ok();
    assertThat(SERVICE.get(PATH, token).ok().path("version").longValue()).isEqualTo(3);
  }

  @Test
  void ofTwoWhoChangeOneVersionOneIsRefused() throws Exception {
    for (int version = 0; version < 10; version++) {
      var tag = "\"" + version + "\"";
      var statuses =
          Reply.together(2, () -> patch("{\"first_name\": \"Race\"}", tag)).stream()
              .map(Reply::status)
              .toList();
      assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    }
  }

  @Test
  void accountThatIsClosedIsOutAtOnceWithAllItHas() {
    var device =
        SERVICE
            .db()
            .sql(
                """
                INSERT INTO devices (jti, user_id, name, children, expires_at)
                VALUES (gen_random_uuid(), ?, 'Tablet', '{}', now() + interval '1 day') RETURNING jti::text
                """)
            .param(parent)
            .query(String.class)
            .single();
    var email = SERVICE.get(PATH, token).ok().path("email").asString();
    var login =
        SERVICE
            .post(
                "/api/v1/auth/token",
                "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, PASSWORD))
            .ok();
    close("wrong").problem(403);
    send("DELETE", token, "{}").problem(400);

    assertThat(close(PASSWORD).status()).isEqualTo(204);

    SERVICE.get(PATH, token).problem(401);
    SERVICE.get(PATH, login.path("access_token").asString()).problem(401);
    patch("{\"first_name\": \"A\"}").problem(401);
    var kept =
        SERVICE
            .db()
            .sql(
                """
                SELECT u.status, u.is_active, e.asked_by, e.asked_as, e.announced_at, d.revoked_by,
                  (SELECT count(*) FROM revocations WHERE revoked AND subject IN ('user:' || u.id, 'device:' || d.jti)) AS revoked,
                  (SELECT count(*) FROM audit_log a WHERE a.actor = u.id AND a.action = 'account_closed') AS recorded
                FROM auth_users u JOIN erasures e ON e.account = u.id JOIN devices d ON d.user_id = u.id
                WHERE u.id = ? AND d.jti = ?::uuid
                """)
            .params(parent, device)
            .query()
            .singleRow();
    assertThat(kept)
        .containsAllEntriesOf(
            Map.of(
                "status",
                "deleted",
                "is_active",
                false,
                "asked_by",
                parent,
                "asked_as",
                "parent",
                "revoked_by",
                parent,
                "revoked",
                2L,
                "recorded",
                1L));
    assertThat(kept.get("announced_at")).isNull();
    // For good.
    SERVICE
        .send(
            "PUT",
            "/api/v1/users/" + parent + "/status",
            Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin"),
            "{\"status\": \"active\"}",
            "Content-Type",
            "application/json")
        .problem(409);
  }

  @Test
  void onlyGuardianOfAChildStays() {
    var child = child(parent);
    var problem = close(PASSWORD).problem(409);
    assertThat(problem.path("children").toString())
        .isEqualTo("[{\"child_id\":%s,\"name\":\"Sam\"}]".formatted(child));
    SERVICE.get(PATH, token).ok();

    guardian(child, SERVICE.user("parent", "unused"));
    assertThat(close(PASSWORD).status()).isEqualTo(204);
  }

  @Test
  void guardianWhoseAccountIsNotInUseDoesNotCount() {
    var child = child(parent);
    var beside = SERVICE.user("parent", "unused");
    guardian(child, beside);
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = 'suspended' WHERE id = ?")
        .param(beside)
        .update();
    close(PASSWORD).problem(409);
  }

  @Test
  void ofTwoGuardiansWhoCloseAtTheSameMomentOneStays() throws Exception {
    for (int round = 0; round < 10; round++) {
      var one = SERVICE.user("parent", PASSWORD);
      var other = SERVICE.user("parent", PASSWORD);
      guardian(child(one), other);
      var turn = new AtomicInteger();
      var statuses =
          Reply.together(
                  2,
                  () ->
                      send(
                          "DELETE",
                          Tokens.TRUSTED.of(turn.getAndIncrement() == 0 ? one : other, "parent"),
                          "{\"password\": \"" + PASSWORD + "\"}"))
              .stream()
              .map(Reply::status)
              .toList();
      assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    }
  }

  private static ChildId child(long parent) {
    return new People(SERVICE.db()).child(parent, "Europe/Rome");
  }

  private static void guardian(ChildId child, long user) {
    SERVICE
        .db()
        .sql("INSERT INTO guardians (child_id, user_id, added_by) VALUES (?, ?, ?)")
        .params(child.value(), user, user)
        .update();
  }

  private Reply close(String password) {
    return send("DELETE", token, "{\"password\": \"" + password + "\"}");
  }

  private Reply patch(String body) {
    return send("PATCH", token, body);
  }

  private Reply patch(String body, String version) {
    return SERVICE.send(
        "PATCH",
        PATH,
        token,
        body,
        "Content-Type",
        "application/merge-patch+json",
        "If-Match",
        version);
  }

  private static Reply send(String method, String token, String body) {
    return SERVICE.send(method, PATH, token, body, "Content-Type", "application/json");
  }
}
