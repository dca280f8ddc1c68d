package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@RealServers
class TokenTest {
  private static final String PASSWORD = "correct horse";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @Test
  void tokenIsSignedWithTheServedKeyAndTellsWhoItIsForHowLong() throws Exception {
    var user = SERVICE.user("professional", PASSWORD);
    var before = Instant.now().minusSeconds(1);

    var reply = logIn(email(user), PASSWORD);

    var answer = reply.ok();
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.path("expires_in").intValue()).isEqualTo(1_800);
    var token = SignedJWT.parse(answer.path("access_token").asString());
    var keys = JWKSet.parse(SERVICE.get("/api/v1/auth/jwks", null).body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("smile-analytics");
    assertThat(claims.getAudience()).containsExactly("smile-analytics");
    assertThat(claims.getSubject()).isEqualTo(Long.toString(user));
    assertThat(claims.getStringClaim("role")).isEqualTo("professional");
    assertThat(claims.getIssueTime().toInstant()).isBetween(before, Instant.now());
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(claims.getClaims().keySet())
        .containsExactlyInAnyOrder("iss", "aud", "sub", "role", "iat", "exp", "sid");
  }

  @Test
  void tokenOpensWhatItsUserMaySee() {
    var family = SERVICE.family("Europe/Rome");
    setPassword(family.parent(), "{noop}" + PASSWORD);
    var token = logIn(email(family.parent()), PASSWORD).ok().path("access_token").asString();
    SERVICE.get(family.sessions(), token).ok();
  }

  @Test
  void servedKeysHaveNoPrivateParts() {
    var keys = SERVICE.get("/api/v1/auth/jwks", null).ok().path("keys");
    assertThat(keys.size()).isEqualTo(1);
    assertThat(keys.get(0).propertyNames()).containsExactlyInAnyOrder("kty", "e", "kid", "n");
  }

  @Test
  void addressIsTakenInAnyCaseAndWithSpacesAround() {
    var user = SERVICE.user("parent", PASSWORD);
    logIn("  " + email(user).toUpperCase(Locale.ROOT) + " ", PASSWORD).ok();
  }

  @Test
  void hashesWithAndWithoutTheNameOfTheirAlgorithmAreUnderstood() {
    var user = SERVICE.user("parent", PASSWORD);
    var hash = new BCryptPasswordEncoder(4).encode(PASSWORD);
    for (var stored : List.of("{bcrypt}" + hash, hash, "$2b$" + hash.substring(4))) {
      setPassword(user, stored);
      logIn(email(user), PASSWORD).ok();
      logIn(email(user), PASSWORD + "!").problem(401);
    }
  }

  @Test
  void whoeverCannotLogInIsToldNotWhy() {
    var user = SERVICE.user("parent", PASSWORD);
    var wrongPassword = logIn(email(user), "wrong");
    var document = wrongPassword.problem(401);
    assertThat(logIn("nobody@example.org", PASSWORD).problem(401)).isEqualTo(document);
    for (var change : List.of("status = 'suspended'", "status = 'deleted'", "is_active = false")) {
      var other = SERVICE.user("parent", PASSWORD);
      logIn(email(other), PASSWORD).ok();
      SERVICE.db().sql("UPDATE auth_users SET " + change + " WHERE id = ?").param(other).update();
      assertThat(logIn(email(other), PASSWORD).problem(401)).isEqualTo(document);
    }
    for (var hash : List.of("", "!", "{unknown}x", "plain")) {
      setPassword(user, hash);
      assertThat(logIn(email(user), PASSWORD).problem(401)).isEqualTo(document);
    }
  }

  private static String email(long user) {
    return SERVICE
        .db()
        .sql("SELECT email FROM auth_users WHERE id = ?")
        .param(user)
        .query(String.class)
        .single();
  }

  private static void setPassword(long user, String hash) {
    SERVICE
        .db()
        .sql("UPDATE auth_users SET hashed_password = ? WHERE id = ?")
        .params(hash, user)
        .update();
  }

  private static Reply logIn(String email, String password) {
    return SERVICE.post(
        "/api/v1/auth/token", "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}");
  }
}
