package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** Parameters that cannot be used are told by their name. */
@RealServers
class ParameterTest {
  private static final String ID = "00000000-0000-7000-8000-000000000000";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final ServiceUnderTest.Family family = SERVICE.family("Europe/Rome");

  @ParameterizedTest
  @ValueSource(strings = {"31x", "7", "07d", "7D", "ALL", "8d", "' OR 1=1 --", "7d "})
  void window(String window) {
    assertRefused("window", family.analytics(encoded(window)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "0", "-1", "01", "1.0", "99999999999999999999", "1 OR 1=1", "٣", "+1"})
  void id(String id) {
    assertRefused("id", "/api/v1/children/" + encoded(id) + "/analytics");
    assertRefused("id", "/api/v1/children/" + encoded(id) + "/sessions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "x", "-5", "1e2", "020", "999999999999", "20;DROP", "٣"})
  void limit(String limit) {
    assertRefused("limit", family.sessions() + "?limit=" + encoded(limit));
  }

  @Test
  void leastAndMostOfALimitAreAccepted() {
    assertThat(limitOf(1)).isEqualTo(1);
    assertThat(limitOf(100)).isEqualTo(100);
  }

  private int limitOf(int limit) {
    return SERVICE
        .get(family.sessions() + "?limit=" + limit, family.token())
        .ok()
        .path("limit")
        .intValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "!", "'; DROP TABLE game_sessions --", "====", "é"})
  void cursor(String cursor) {
    assertRefused("cursor", family.sessions() + "?cursor=" + encoded(cursor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z nonsense",
        "yesterday " + ID,
        "infinity " + ID,
        "2026-01-01T00:00:00Z'; DROP TABLE game_sessions -- " + ID,
        "+1000000000-12-31T23:59:59Z " + ID,
        "-1000000000-01-01T00:00:00Z " + ID,
        "+300000-01-01T00:00:00Z " + ID,
        "-4800-01-01T00:00:00Z " + ID
      })
  void cursorOfNonsense(String content) {
    var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));
    assertRefused("cursor", family.sessions() + "?cursor=" + cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"password\": \"secret\"}",
        "{\"email\": null, \"password\": \"secret\"}",
        "{\"email\": \"  \", \"password\": \"secret\"}"
      })
  void missingAddress(String body) {
    assertFieldRefused("email", body);
  }

  @Test
  void addressAndPasswordThatAreTooLong() {
    assertFieldRefused("email", credentials("a".repeat(256), "secret"));
    assertFieldRefused("password", credentials("a@example.org", "x".repeat(73)));
  }

  @Test
  void addressThatTheDatabaseCannotRead() {
    assertFieldRefused("email", credentials("a@example.org\\u0000", "secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void blankPassword(String password) {
    assertFieldRefused("password", credentials("a@example.org", password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"email\": {}, \"password\": 1}"})
  void notTheJsonItShouldBe(String body) {
    SERVICE.post("/api/v1/auth/token", body).problem(400);
  }

  @Test
  void notJsonAtAll() {
    SERVICE
        .send(
            "POST",
            "/api/v1/auth/token",
            null,
            "email=a&password=b",
            "Content-Type",
            "application/x-www-form-urlencoded")
        .problem(415);
  }

  @Test
  void answerOfAnotherKindThanJson() {
    var token = Tokens.TRUSTED.of(family.parent(), "parent");
    var reply = SERVICE.get("/api/v1/children/abc/sessions", token, "Accept", "text/html");
    assertThat(reply.problem(406).path("detail").asString()).contains("application/json");
  }

  private static String credentials(String email, String password) {
    return "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private void assertRefused(String parameter, String path) {
    var problem = SERVICE.get(path, family.token()).problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo(parameter);
    assertThat(problem.path("detail").asString()).startsWith(parameter + " must be ");
  }

  private static void assertFieldRefused(String field, String body) {
    var problem = SERVICE.post("/api/v1/auth/token", body).problem(400);
    assertThat(problem.path("errors").valueStream().map(e -> e.path("field").asString()))
        .contains(field);
  }
}
