package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MailServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** How an account begins, and how somebody comes in who has forgotten the password: by mail. */
@RealServers
class AccountTest {
  private static final String PASSWORD = "Brave-Otter-7";
  private static final String NEXT = "Calm-Heron-8";

  @AutoClose private static final MailServer MAIL = new MailServer(0);

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          "--SMILE_MAIL_URL=" + MAIL.url(),
          "--SMILE_MAIL_FROM=Smile Adventure <hello@smile.example.org>",
          "--SMILE_PUBLIC_URL=https://smile.example.org");

  /** Each test comes hours after the one before: of one address so many mails are asked for. */
  @BeforeEach
  void later() {
    SERVICE.clock().advance(Duration.ofHours(2));
  }

  @Test
  void parentRegistersAndVerifiesByMailAndLogsIn() {
    var email = address();
    register(email, "parent");
    logIn(email, PASSWORD).problem(401);
    var mail = MAIL.await(email, 1);
    assertThat(mail.from()).isEqualTo("Smile Adventure <hello@smile.example.org>");
    assertThat(mail.subject()).isEqualTo("Is this your address?");
    assertThat(mail.body())
        .contains("https://smile.example.org/verify?token=")
        .doesNotContain("Ada", "null", "{0}");

    var verified = verify(mail.token()).ok();

    assertThat(verified.path("status").asString()).isEqualTo("active");
    var account = accountOf(email);
    assertThat(account.path("is_verified").booleanValue()).isTrue();
    logIn(email, PASSWORD).ok();
    awaitEmptyOutbox(email);
  }

  @Test
  void professionalWaitsForAnAdminAfterThat() {
    var email = address();
    register(email, "professional");
    var verified = verify(MAIL.await(email, 1).token()).ok();
    assertThat(verified.path("status").asString()).isEqualTo("pending");
    logIn(email, PASSWORD).problem(401);
    register(email, "professional");
    assertThat(MAIL.await(email, 2).body()).contains("licence").doesNotContain("token=");

    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
    var id = accountOf(email).path("id").asString();
    assertThat(
            send("PUT", "/api/v1/users/" + id + "/status", admin, "{\"status\": \"active\"}")
                .status())
        .isEqualTo(204);
    logIn(email, PASSWORD).ok();
  }

  @Test
  void linkIsGoodOnceAndSaysSo() throws Exception {
    var email = address();
    register(email, "parent");
    var token = MAIL.await(email, 1).token();
    var replies = Reply.together(4, () -> verify(token));
    assertThat(replies.stream().map(Reply::status)).containsOnlyOnce(200);
    var problem = verify(token).problem(410);
    assertThat(problem.path("reason").asString()).isEqualTo("used");
    // It is a key to one thing alone.
    assertThat(reset(token, NEXT).problem(404).path("reason").asString()).isEqualTo("unknown");
    verify("A".repeat(43)).problem(404);
    assertThat(verify("short").problem(400).at("/errors/0/field").asString()).isEqualTo("token");
  }

  @Test
  void linkExpiresAndAnotherOneIsMailed() {
    var email = address();
    register(email, "parent");
    var first = MAIL.await(email, 1).token();
    SERVICE.clock().advance(Duration.ofDays(3).plusSeconds(1));
    assertThat(verify(first).problem(410).path("reason").asString()).isEqualTo("expired");

    assertThat(resend(email).status()).isEqualTo(202);
    verify(MAIL.await(email, 2).token()).ok();
    logIn(email, PASSWORD).ok();
    // Whoever is verified gets none, and is not told so.
    assertThat(resend(email).status()).isEqualTo(202);
    awaitEmptyOutbox(email);
    assertThat(MAIL.to(email)).hasSize(2);
  }

  @Test
  void nobodyLearnsWhoIsKnown() {
    var known = address();
    register(known, "parent");
    verify(MAIL.await(known, 1).token()).ok();
    var stranger = address();
    for (var path :
        List.of(
            "/api/v1/auth/register",
            "/api/v1/auth/verify/resend",
            "/api/v1/auth/password/forgotten")) {
      var toKnown = SERVICE.post(path, registration(known, "parent"));
      var toStranger = SERVICE.post(path, registration(stranger, "parent"));
      assertThat(toKnown.status()).as(path).isEqualTo(202);
      assertThat(toStranger.status()).as(path).isEqualTo(202);
      assertThat(toKnown.body()).isEqualTo(toStranger.body()).isEmpty();
      assertThat(toKnown.response().headers().map().keySet())
          .isEqualTo(toStranger.response().headers().map().keySet());
    }
    // Who is known is told by mail alone that there is an account, and stays as they are.
    assertThat(MAIL.await(known, 2).subject()).isEqualTo("You have an account already");
    assertThat(MAIL.await(known, 3).subject()).isEqualTo("Another password");
    logIn(known, PASSWORD).ok();
  }

  @Test
  void forgottenPasswordIsSetAnewWithTheLinkAndAllLoginsEnd() {
    var email = address();
    register(email, "parent");
    verify(MAIL.await(email, 1).token()).ok();
    var login = logIn(email, PASSWORD).ok();
    SERVICE
        .db()
        .sql(
            "UPDATE auth_users SET locked_until = ?::timestamptz, failed_login_attempts = 3 WHERE"
                + " email = ?")
        .params(SERVICE.clock().instant().plus(Duration.ofDays(1)).toString(), email)
        .update();
    for (int i = 0; i < 10; i++) {
      logIn(email, "wrong").problem(401);
    }
    logIn(email, PASSWORD).problem(429);
    assertThat(forgotten(email).status()).isEqualTo(202);
    assertThat(forgotten(email).status()).isEqualTo(202);
    var first = MAIL.await(email, 2).token();
    var second = MAIL.await(email, 3).token();
    assertThat(reset(first, "weak").problem(400).at("/errors/0/field").asString())
        .isEqualTo("new_password");

    assertThat(reset(first, NEXT).status()).isEqualTo(204);

    logIn(email, PASSWORD).problem(401);
    logIn(email, NEXT).ok();
    SERVICE.get("/api/v1/children", login.path("access_token").asString()).problem(401);
    assertThat(reset(first, NEXT).problem(410).path("reason").asString()).isEqualTo("used");
    assertThat(reset(second, NEXT).problem(410).path("reason").asString()).isEqualTo("used");
    assertThat(MAIL.await(email, 4).subject()).isEqualTo("Your password was changed");
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT count(*) FROM audit_log a JOIN auth_users u ON u.id = a.actor WHERE"
                        + " a.action = 'password_reset' AND u.email = ?")
                .param(email)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void linkToAnotherPasswordIsGoodForAnHour() {
    var email = address();
    register(email, "parent");
    verify(MAIL.await(email, 1).token()).ok();
    forgotten(email);
    var token = MAIL.await(email, 2).token();
    SERVICE.clock().advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(reset(token, NEXT).problem(410).path("reason").asString()).isEqualTo("expired");
    logIn(email, PASSWORD).ok();
  }

  @Test
  void nobodyIsBuriedInMailThatOthersAskFor() {
    var email = address();
    register(email, "parent");
    verify(MAIL.await(email, 1).token()).ok();
    for (int i = 0; i < 8; i++) {
      assertThat(forgotten(email).status()).isEqualTo(202);
    }
    // The links that did come are good.
    assertThat(reset(MAIL.await(email, 6).token(), NEXT).status()).isEqualTo(204);
    assertThat(MAIL.await(email, 7).subject()).isEqualTo("Your password was changed");
    awaitEmptyOutbox(email);
    assertThat(MAIL.to(email)).hasSize(7);
  }

  @Test
  void addressThatAsksForTooManyMailsIsToldWhenToTryAgain() {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 21; i++) {
      statuses.add(forgotten("nobody-" + i + "@example.org").status());
    }
    assertThat(statuses.subList(0, 20)).containsOnly(202);
    assertThat(statuses.get(20)).isEqualTo(429);
  }

  @Test
  void mailIsInTheLanguageOfTheAccount() {
    var email = address();
    assertThat(
            SERVICE
                .post(
                    "/api/v1/auth/register",
                    registration(email, "parent")
                        .replace("}", ", \"language\": \"it-CH\", \"timezone\": \"Europe/Rome\"}"))
                .status())
        .isEqualTo(202);
    var mail = MAIL.await(email, 1);
    assertThat(mail.subject()).isEqualTo("È il tuo indirizzo?");
    assertThat(mail.body()).contains("crediamo tu").contains("?token=");
    for (var wrong :
        List.of("\"language\": \"Italian\"", "\"timezone\": \"Mars/Base\"", "\"phone\": \"12\"")) {
      var problem =
          SERVICE
              .post(
                  "/api/v1/auth/register",
                  registration(address(), "parent").replace("}", ", " + wrong + "}"))
              .problem(400);
      assertThat(wrong).contains(problem.at("/errors/0/field").asString());
    }
  }

  private static String address() {
    return "ada." + UUID.randomUUID() + "@example.org";
  }

  private static String registration(String email, String role) {
    return """
    {"email": "%s", "password": "%s", "first_name": "Ada", "last_name": "O'Neill", "role": "%s", "license_number": "L-1"}\
    """
        .formatted(email, PASSWORD, role);
  }

  private static void register(String email, String role) {
    assertThat(SERVICE.post("/api/v1/auth/register", registration(email, role)).status())
        .isEqualTo(202);
  }

  private static Reply verify(String token) {
    return SERVICE.post("/api/v1/auth/verify", "{\"token\": \"" + token + "\"}");
  }

  private static Reply resend(String email) {
    return SERVICE.post("/api/v1/auth/verify/resend", "{\"email\": \"" + email + "\"}");
  }

  private static Reply forgotten(String email) {
    return SERVICE.post("/api/v1/auth/password/forgotten", "{\"email\": \"" + email + "\"}");
  }

  private static Reply reset(String token, String password) {
    return SERVICE.post(
        "/api/v1/auth/password/reset",
        "{\"token\": \"%s\", \"new_password\": \"%s\"}".formatted(token, password));
  }

  private static Reply logIn(String email, String password) {
    return SERVICE.post(
        "/api/v1/auth/token",
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  private static Reply send(String method, String path, String token, String body) {
    return SERVICE.send(method, path, token, body, "Content-Type", "application/json");
  }

  private static JsonNode accountOf(String email) {
    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
    return SERVICE.get("/api/v1/users?email=" + email, admin).ok().path("users").get(0);
  }

  private static void awaitEmptyOutbox(String email) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                SERVICE
                        .db()
                        .sql("SELECT count(*) FROM outgoing_mail WHERE recipient = ?")
                        .param(email)
                        .query(Long.class)
                        .single()
                    == 0);
  }
}
