package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.RawHttp;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;

/** How logins begin, go on and end, and what an account takes. */
@RealServers
class LoginTest {
  private static final String PASSWORD = "Brave-Otter-7";
  private static final String HASH = new BCryptPasswordEncoder(10).encode(PASSWORD);
  private static final List<String> CHECKED = new CopyOnWriteArrayList<>();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          context -> context.registerBean("checks", BeanPostProcessor.class, Checks::new));

  /** Takes down what passwords are checked against. */
  private static final class Checks implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (!(bean instanceof PasswordEncoder encoder)) {
        return bean;
      }
      return new PasswordEncoder() {
        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
          return encoder.encode(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
          CHECKED.add(String.valueOf(hash));
          return encoder.matches(password, hash);
        }
      };
    }
  }

  @BeforeEach
  void now() {
    SERVICE.clock().set(Instant.now());
  }

  @Test
  void whoIsWrongTenTimesTriesAgainInAMinute() {
    for (var email : List.of(account("parent"), "nobody-" + System.nanoTime() + "@example.org")) {
      for (int i = 0; i < 10; i++) {
        logIn(email, "wrong").problem(401);
      }
      var refused = logIn(email, PASSWORD);
      refused.problem(429);
      assertThat(refused.header("Retry-After")).isEqualTo("60");
      SERVICE.clock().advance(Duration.ofSeconds(61));
      assertThat(logIn(email, email.startsWith("nobody") ? "wrong" : PASSWORD).status())
          .isEqualTo(email.startsWith("nobody") ? 401 : 200);
    }
  }

  @Test
  void nobodyIsKeptOutBySomebodyElse() throws IOException {
    var email = account("parent");
    for (int i = 0; i < 12; i++) {
      logIn(email, "wrong");
    }
    logIn(email, PASSWORD).problem(429);
    var elsewhere =
        new RawHttp(SERVICE.address(), InetAddress.getByName("127.0.0.2"))
            .sendBody(
                "POST",
                "/api/v1/auth/token",
                "application/json",
                "{\"email\": \"%s\", \"password\": \"%s\"}"
                    .formatted(email, PASSWORD)
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(elsewhere.status()).as(elsewhere.body()).isEqualTo(200);
  }

  @Test
  void addressThatTriesTooOftenIsToldWhenToTryAgain() throws IOException {
    var there = new RawHttp(SERVICE.address(), InetAddress.getByName("127.0.0.3"));
    var statuses = new HashMap<Integer, Integer>();
    for (int i = 0; i < 25; i++) {
      var reply =
          there.sendBody(
              "POST",
              "/api/v1/auth/register",
              "application/json",
              "{\"email\": \"crowd-%d@example.org\", \"password\": \"Brave-Otter-7\", \"first_name\": \"Many\", \"last_name\": \"Many\", \"role\": \"parent\"}"
                  .formatted(i)
                  .getBytes(StandardCharsets.UTF_8));
      statuses.merge(reply.status(), 1, Integer::sum);
      if (reply.status() == 429) {
        assertThat(Integer.parseInt(String.valueOf(reply.header("Retry-After")))).isBetween(1, 180);
      }
    }
    assertThat(statuses).containsOnly(Map.entry(202, 20), Map.entry(429, 5));
  }

  /** So that neither the answer nor the time it takes tells whom we know. */
  @Test
  void whoeverCannotLogInCostsTheSameWork() {
    var known = account("parent");
    var locked = account("parent");
    SERVICE
        .db()
        .sql("UPDATE auth_users SET locked_until = now() + interval '1 hour' WHERE email = ?")
        .param(locked)
        .update();
    var pending = account("parent");
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = 'pending' WHERE email = ?")
        .param(pending)
        .update();
    var documents = new ArrayList<JsonNode>();
    for (var email : List.of(known, locked, pending, "nobody@example.org")) {
      CHECKED.clear();
      documents.add(logIn(email, "wrong").problem(401));
      assertThat(CHECKED).hasSize(1);
      assertThat(CHECKED.getFirst()).matches("(\\{bcrypt})?\\$2a\\$10\\$.*");
    }
    CHECKED.clear();
    documents.add(logIn(locked, PASSWORD).problem(401));
    assertThat(CHECKED).hasSize(1);
    assertThat(documents).containsOnly(documents.getFirst());
  }

  @Test
  void passwordOfMoreBytesThanTheHashTakesIsWrongAndNoFault() {
    logIn(account("parent"), "é".repeat(72)).problem(401);
    logIn("nobody@example.org", "é".repeat(72)).problem(401);
  }

  @Test
  void refreshTokenIsGoodForOneMorePair() {
    var first = logIn(account("professional"), PASSWORD).ok();
    var second = refresh(first).ok();
    var third = refresh(second).ok();
    assertThat(List.of(refreshToken(first), refreshToken(second), refreshToken(third)))
        .doesNotHaveDuplicates();
    SERVICE.get("/api/v1/children", accessToken(third)).ok();
  }

  @Test
  void refreshTokenThatIsUsedTwiceEndsTheLogin() {
    var first = logIn(account("parent"), PASSWORD).ok();
    var second = refresh(first).ok();
    refresh(first).problem(401);
    refresh(second).problem(401);
    SERVICE.get("/api/v1/children", accessToken(second)).problem(401);
  }

  @Test
  void ofTwoWhoComeWithOneTokenOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      var login = logIn(account("parent"), PASSWORD).ok();
      var statuses = Reply.together(4, () -> refresh(login)).stream().map(Reply::status).toList();
      assertThat(statuses).containsOnlyOnce(200).hasSize(4);
      assertThat(statuses.stream().filter(status -> status == 401)).hasSize(3);
    }
  }

  @Test
  void refreshTokenEndsSevenDaysAfterTheLogin() {
    var login = logIn(account("parent"), PASSWORD).ok();
    SERVICE.clock().set(Instant.now().plus(Duration.ofDays(6)));
    var next = refresh(login).ok();
    SERVICE.clock().set(Instant.now().plus(Duration.ofDays(7).plusMinutes(1)));
    refresh(next).problem(401);
  }

  @Test
  void roleAndStateAreReadAnewWithEachRefresh() throws Exception {
    var email = account("parent");
    var login = logIn(email, PASSWORD).ok();
    SERVICE
        .db()
        .sql("UPDATE auth_users SET role = 'professional' WHERE email = ?")
        .param(email)
        .update();
    var next = refresh(login).ok();
    SERVICE.get("/api/v1/insights", accessToken(next)).ok();
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = 'suspended' WHERE email = ?")
        .param(email)
        .update();
    refresh(next).problem(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "a b", "ü"})
  void refreshTokenThatIsNoneIsRefused(String token) {
    var reply = SERVICE.post("/api/v1/auth/refresh", "{\"refresh_token\": \"" + token + "\"}");
    assertThat(reply.status()).isIn(400, 401);
  }

  @Test
  void tokensOfALoginThatHasEndedAreRefused() {
    var login = logIn(account("parent"), PASSWORD).ok();
    var other = logIn(account("parent"), PASSWORD).ok();
    assertThat(SERVICE.send("POST", "/api/v1/auth/logout", accessToken(login), "").status())
        .isEqualTo(204);
    SERVICE.get("/api/v1/children", accessToken(login)).problem(401);
    refresh(login).problem(401);
    SERVICE.get("/api/v1/children", accessToken(other)).ok();
  }

  @Test
  void otherInstancesLearnOfALogout() {
    var login = logIn(account("parent"), PASSWORD).ok();
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO revocations (subject, until)
            SELECT 'login:' || id, now() + interval '30 minutes' FROM auth_logins WHERE ended_at IS NULL
            ON CONFLICT DO NOTHING
            """)
        .update();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> SERVICE.get("/api/v1/children", accessToken(login)).problem(401));
  }

  @Test
  void newPasswordCountsAndEndsTheOtherLogins() {
    var email = account("parent");
    var here = logIn(email, PASSWORD).ok();
    var there = logIn(email, PASSWORD).ok();

    assertThat(change(here, PASSWORD, "Calm-Heron-8").status()).isEqualTo(204);

    SERVICE.get("/api/v1/children", accessToken(here)).ok();
    SERVICE.get("/api/v1/children", accessToken(there)).problem(401);
    refresh(there).problem(401);
    logIn(email, PASSWORD).problem(401);
    logIn(email, "Calm-Heron-8").ok();
  }

  @Test
  void wrongOldPasswordCountsAsAFailure() {
    var email = account("parent");
    var login = logIn(email, PASSWORD).ok();
    for (int i = 0; i < 10; i++) {
      var problem = change(login, "wrong", "Calm-Heron-8").problem(403);
      assertThat(problem.path("parameter").asString()).isEqualTo("old_password");
    }
    change(login, PASSWORD, "Calm-Heron-8").problem(429);
    logIn(email, PASSWORD).ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short1A", "nocapital7", "NOSMALL77", "NoDigitHere", "Ümlaut-Is-7", ""})
  void passwordThatIsTooWeakIsNamed(String password) {
    var login = logIn(account("parent"), PASSWORD).ok();
    var problem = change(login, PASSWORD, password).problem(400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo("new_password");
  }

  @Test
  void whomAnAdminLetsInComesInAndWhomOneSuspendsIsOut() throws ParseException {
    var email = "ada." + System.nanoTime() + "@example.org";
    assertThat(register(email, "parent", "").status()).isEqualTo(202);
    logIn(email, "Brave-Otter-7").problem(401);
    var user =
        SERVICE
            .db()
            .sql("SELECT id FROM auth_users WHERE email = ?")
            .param(email)
            .query(Long.class)
            .single();

    assertThat(setStatus(user, "active").status()).isEqualTo(204);

    var login = logIn(email, "Brave-Otter-7").ok();
    assertThat(setStatus(user, "suspended").status()).isEqualTo(204);
    SERVICE.get("/api/v1/children", accessToken(login)).problem(401);
    refresh(login).problem(401);
    assertThat(revoked("user:" + user)).isTrue();
    assertThat(revoked("login:" + sid(login))).isTrue();

    // Its devices may send again; its logins are over.
    assertThat(setStatus(user, "active").status()).isEqualTo(204);
    assertThat(revoked("user:" + user)).isFalse();
    assertThat(revoked("login:" + sid(login))).isTrue();
    logIn(email, "Brave-Otter-7").ok();
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT detail FROM audit_log WHERE action = 'account_status' AND detail LIKE ?"
                        + " ORDER BY id")
                .param("user " + user + " %")
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly(
            "user " + user + " active", "user " + user + " suspended", "user " + user + " active");
  }

  private static boolean revoked(String subject) {
    return SERVICE
        .db()
        .sql("SELECT revoked FROM revocations WHERE subject = ? AND until > now()")
        .param(subject)
        .query(Boolean.class)
        .single();
  }

  private static String sid(JsonNode login) throws ParseException {
    return SignedJWT.parse(accessToken(login)).getJWTClaimsSet().getStringClaim("sid");
  }

  @Test
  void addressThatIsKnownIsAnsweredAlikeAndStaysAsItIs() {
    var email = account("parent");
    CHECKED.clear();
    assertThat(register(email, "professional", ", \"license_number\": \"L-1\"").status())
        .isEqualTo(202);
    assertThat(register(email.toUpperCase(Locale.ROOT), "parent", "").body()).isEmpty();
    logIn(email, PASSWORD).ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O",
        "D’Arcy",
        "محمد علي",
        "小明",
        "ไทย",
        "हिन्दी",
        "Mary 2nd",
        "q\u0323\u0307",
        "👧🏽"
      })
  void nameIsTakenAsPeopleHaveIt(String name) {
    var email = UUID.randomUUID() + "@example.org";
    assertThat(registerAs(email, name, name).status()).isEqualTo(202);
    assertThat(stored(email)).isEqualTo(name + " " + name);
  }

  @Test
  void nameIsKeptInOneForm() {
    var email = UUID.randomUUID() + "@example.org";
    assertThat(registerAs(email, "\u3000Zoe\u0308 ", "O'Neill\u00A0").status()).isEqualTo(202);
    assertThat(stored(email)).isEqualTo("Zoë O'Neill");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\u3000",
        "\u200B",
        "a\\u0000b",
        "a\\nb",
        "\\ud800",
        "a\u202Eb",
        "a\u2067b"
      })
  void nameThatIsNoneIsRefusedWithItsField(String name) {
    for (var field : List.of("first_name", "last_name")) {
      var reply =
          field.equals("first_name")
              ? registerAs("eve@example.org", name, "Eve")
              : registerAs("eve@example.org", "Eve", name);
      var errors = reply.problem(400).path("errors");
      assertThat(errors.size()).isEqualTo(1);
      assertThat(errors.get(0).path("field").asString()).isEqualTo(field);
    }
  }

  @Test
  void nameIsAsLongAsItsCharactersAre() {
    var email = UUID.randomUUID() + "@example.org";
    assertThat(registerAs(email, "😀".repeat(100), "x").status()).isEqualTo(202);
    registerAs("eve@example.org", "😀".repeat(101), "x").problem(400);
  }

  @ParameterizedTest
  @CsvSource({
    "Ada-%s@Bücher.EXAMPLE, ada-%s@xn--bcher-kva.example",
    "' jörg-%s@example.org', JO\u0308RG-%s@example.org"
  })
  void addressIsTheSameHoweverItIsTyped(String registered, String typed) {
    var unique = UUID.randomUUID().toString().substring(0, 8);
    assertThat(register(registered.formatted(unique), "parent", "").status()).isEqualTo(202);
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = 'active' WHERE email LIKE ?")
        .param("%" + unique + "%")
        .update();
    logIn(typed.formatted(unique), "Brave-Otter-7").ok();
  }

  @ParameterizedTest
  @CsvSource({"admin, role", "super_admin, role"})
  void nobodyRegistersAsAnAdmin(String role, String field) {
    var problem = register("eve@example.org", role, "").problem(400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void professionalNeedsALicense() {
    assertThat(
            register("eve@example.org", "professional", "")
                .problem(400)
                .path("parameter")
                .asString())
        .isEqualTo("license_number");
  }

  @Test
  void adminDoesNotLockOutItself() {
    var admin = SERVICE.user("admin", PASSWORD);
    SERVICE
        .send(
            "PUT",
            "/api/v1/users/" + admin + "/status",
            Tokens.TRUSTED.of(admin, "admin"),
            "{\"status\": \"inactive\"}",
            "Content-Type",
            "application/json")
        .problem(409);
  }

  @Test
  void usersAreFoundByRoleStatusAndTheBeginningOfTheirAddress() {
    var email = account("professional");
    var admin = admin();
    var page =
        SERVICE
            .get(
                "/api/v1/users?role=professional&status=active&email="
                    + email.substring(0, email.indexOf('@')),
                admin)
            .ok();
    assertThat(page.path("users").size()).isEqualTo(1);
    var user = page.path("users").get(0);
    assertThat(user.path("email").asString()).isEqualTo(email);
    assertThat(user.propertyNames()).doesNotContain("hashed_password");
    assertThat(SERVICE.get("/api/v1/users/" + user.path("id").asString(), admin).ok())
        .isEqualTo(user);
    SERVICE.get("/api/v1/users/999999", admin).problem(404);
    SERVICE.get("/api/v1/users?role=king", admin).problem(400);
    var first = SERVICE.get("/api/v1/users?limit=1", admin).ok();
    var second =
        SERVICE
            .get("/api/v1/users?limit=1&cursor=" + first.path("next_cursor").asString(), admin)
            .ok();
    assertThat(second.path("users").get(0).path("id").longValue())
        .isGreaterThan(first.path("users").get(0).path("id").longValue());
  }

  @Test
  void assignmentOpensAndClosesAChild() {
    var family = SERVICE.family("Europe/Rome");
    var professional = SERVICE.professional();
    var token = Tokens.TRUSTED.of(professional, "professional");
    SERVICE.get(family.sessions(), token).problem(404);
    new People(SERVICE.db()).consent(family.child(), "professional_sharing", professional, true);

    var assigned = assign(family.child().value(), professional).ok();
    SERVICE.get(family.sessions(), token).ok();
    assertThat(assign(family.child().value(), professional).ok()).isEqualTo(assigned);
    assertThat(
            SERVICE
                .get("/api/v1/assignments?professional_id=" + professional, admin())
                .ok()
                .path("assignments")
                .get(0))
        .isEqualTo(assigned);

    var end = "/api/v1/assignments/" + assigned.path("id").asString();
    assertThat(SERVICE.send("DELETE", end, admin(), null).status()).isEqualTo(204);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> SERVICE.get(family.sessions(), token).problem(404));
    assertThat(
            SERVICE
                .db()
                .sql("SELECT status FROM patient_assignments WHERE professional_id = ?")
                .param(professional)
                .query(String.class)
                .single())
        .isEqualTo("inactive");
    SERVICE.send("DELETE", "/api/v1/assignments/999999", admin(), null).problem(404);
  }

  @Test
  void assignmentToWhomThereIsNotIsNamed() {
    var family = SERVICE.family("Europe/Rome");
    assertThat(assign(999_999, SERVICE.professional()).problem(422).path("parameter").asString())
        .isEqualTo("child_id");
    assertThat(
            assign(family.child().value(), family.parent())
                .problem(422)
                .path("parameter")
                .asString())
        .isEqualTo("professional_id");
  }

  private static Reply assign(long child, long professional) {
    return SERVICE.send(
        "POST",
        "/api/v1/assignments",
        admin(),
        "{\"child_id\": %d, \"professional_id\": %d}".formatted(child, professional),
        "Content-Type",
        "application/json");
  }

  private static Reply setStatus(long user, String status) {
    return SERVICE.send(
        "PUT",
        "/api/v1/users/" + user + "/status",
        admin(),
        "{\"status\": \"" + status + "\"}",
        "Content-Type",
        "application/json");
  }

  private static Reply register(String email, String role, String more) {
    return SERVICE.post(
        "/api/v1/auth/register",
        """
        {"email": "%s", "password": "Brave-Otter-7", "first_name": "Ada", "last_name": "O'Neill", "role": "%s"%s}
        """
            .formatted(email, role, more));
  }

  private static Reply registerAs(String email, String firstName, String lastName) {
    return SERVICE.post(
        "/api/v1/auth/register",
        """
        {"email": "%s", "password": "Brave-Otter-7", "first_name": "%s", "last_name": "%s", "role": "parent"}
        """
            .formatted(email, firstName, lastName));
  }

  private static String stored(String email) {
    return SERVICE
        .db()
        .sql("SELECT full_name FROM auth_users WHERE email = ?")
        .param(email)
        .query(String.class)
        .single();
  }

  private static Reply change(JsonNode login, String from, String to) {
    return SERVICE.send(
        "POST",
        "/api/v1/auth/password",
        accessToken(login),
        "{\"old_password\": \"%s\", \"new_password\": \"%s\"}".formatted(from, to),
        "Content-Type",
        "application/json");
  }

  private static String admin() {
    return Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
  }

  private static String account(String role) {
    var user = SERVICE.user(role, "unused");
    return SERVICE
        .db()
        .sql("UPDATE auth_users SET hashed_password = ? WHERE id = ? RETURNING email")
        .params(HASH, user)
        .query((row, _) -> row.getString(1))
        .single();
  }

  private static Reply logIn(String email, String password) {
    return SERVICE.post(
        "/api/v1/auth/token",
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  private static Reply refresh(JsonNode login) {
    return SERVICE.post(
        "/api/v1/auth/refresh", "{\"refresh_token\": \"" + refreshToken(login) + "\"}");
  }

  private static String refreshToken(JsonNode login) {
    return login.path("refresh_token").asString();
  }

  private static String accessToken(JsonNode login) {
    return login.path("access_token").asString();
  }
}
