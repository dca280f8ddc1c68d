package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** An issuer beside us, with keys of its own, takes the place of our logins. */
@RealServers
class OutsideIssuerTest {
  private static final RSAKey KEY = OidcIssuer.rsa();

  @AutoClose private static final OidcIssuer ISSUER = new OidcIssuer(KEY);

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          "--smile.oidc.jwks-url=" + ISSUER.jwksUrl(),
          "--smile.oidc.issuer=" + OidcIssuer.NAME,
          "--smile.oidc.audience=" + OidcIssuer.AUDIENCE,
          "--smile.oidc.role-claim=realm_access.roles");

  private static String token(long account, String role) {
    return OidcIssuer.keycloak(KEY, JWSAlgorithm.RS256, account, role);
  }

  @Test
  void itsTokensOpenWhatTheAccountMaySee() {
    var family = SERVICE.family("Europe/Rome");
    var stranger = SERVICE.family("Europe/Rome");
    var token = token(family.parent(), "parent");
    SERVICE.get(family.sessions(), token).ok();
    SERVICE.get(stranger.sessions(), token).problem(404);
    SERVICE.get("/api/v1/platform", token).problem(403);
    SERVICE.get("/api/v1/platform", token(SERVICE.user("admin", "unused"), "admin")).ok();
  }

  @Test
  void otherTokensOpenNothing() {
    var family = SERVICE.family("Europe/Rome");
    SERVICE.get(family.sessions(), family.token()).problem(401);
    var forged =
        OidcIssuer.keycloak(OidcIssuer.rsa(), JWSAlgorithm.RS256, family.parent(), "parent");
    SERVICE.get(family.sessions(), forged).problem(401);
  }

  @Test
  void loginsAreItsBusinessAndDevicesStillOurs() throws Exception {
    SERVICE.post("/api/v1/auth/token", "{\"email\": \"a@b.c\", \"password\": \"x\"}").problem(404);
    var family = SERVICE.family("Europe/Rome");
    var device =
        SERVICE
            .send("POST", "/api/v1/auth/device-token", token(family.parent(), "parent"), null)
            .ok()
            .path("access_token")
            .asString();
    var signed = SignedJWT.parse(device);
    var keys = JWKSet.parse(SERVICE.get("/api/v1/auth/jwks", null).body());
    assertThat(keys.getKeyByKeyId(signed.getHeader().getKeyID())).isNotNull();
    assertThat(signed.getJWTClaimsSet().getClaims())
        .containsAllEntriesOf(Map.of("scope", "ingest"));
    SERVICE.get(family.sessions(), device).problem(401);
  }

  @Test
  void adminTakesBackATokenOrASessionOfIt() {
    var admin = SERVICE.user("admin", "unused");
    var until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
    for (var name : List.of("jti", "sid")) {
      assertThat(
              revoke(
                      token(admin, "admin"),
                      "{\"%s\": \"a-1\", \"until\": \"%s\"}".formatted(name, until))
                  .status())
          .isEqualTo(204);
      assertThat(
              SERVICE
                  .db()
                  .sql("SELECT until FROM revocations WHERE subject = ? AND revoked")
                  .param(name + ":a-1")
                  .query((row, _) -> row.getTimestamp(1).toInstant())
                  .single())
          .isEqualTo(until);
    }
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT detail FROM audit_log WHERE action = 'revocation' AND actor = ? ORDER BY id")
                .param(admin)
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly("jti:a-1", "sid:a-1");
    for (var wrong :
        List.of(
            "{\"until\": \"%s\"}".formatted(until),
            "{\"jti\": \"a\", \"sid\": \"b\", \"until\": \"%s\"}".formatted(until),
            "{\"jti\": \"a\", \"until\": \"2020-01-01T00:00:00Z\"}",
            "{\"jti\": \"a\"}")) {
      revoke(token(admin, "admin"), wrong).problem(400);
    }
    revoke(token(SERVICE.user("parent", "unused"), "parent"), "{}").problem(403);
  }

  @Test
  void whatWasTakenBackIsNotAcceptedAnyMore() {
    var admin = SERVICE.user("admin", "unused");
    var family = SERVICE.family("Europe/Rome");
    for (var claim : List.of("jti", "sid")) {
      var value = "b-" + claim;
      var taken =
          OidcIssuer.keycloak(
              KEY, JWSAlgorithm.RS256, family.parent(), "parent", Map.of(claim, value));
      var other = token(family.parent(), "parent");
      SERVICE.get(family.sessions(), taken).ok();
      revoke(
          token(admin, "admin"),
          "{\"%s\": \"%s\", \"until\": \"%s\"}"
              .formatted(claim, value, Instant.now().plusSeconds(3600)));
      SERVICE.get(family.sessions(), taken).problem(401);
      SERVICE.get(family.sessions(), other).ok();
    }
  }

  private static Reply revoke(String token, String body) {
    return SERVICE.send(
        "POST", "/api/v1/revocations", token, body, "Content-Type", "application/json");
  }

  @Test
  void accountIsClosedWithoutAPasswordOfOurs() {
    var parent = SERVICE.user("parent", "unused");
    assertThat(
            SERVICE
                .send(
                    "DELETE",
                    "/api/v1/me",
                    token(parent, "parent"),
                    "{}",
                    "Content-Type",
                    "application/json")
                .status())
        .isEqualTo(204);
    SERVICE.get("/api/v1/me", token(parent, "parent")).problem(401);
  }

  @Test
  void withoutAKeyOfOursThereAreNone() {
    try (var service =
        ServiceUnderTest.start(
            "--smile.oidc.jwks-url=" + ISSUER.jwksUrl(),
            "--smile.oidc.issuer=" + OidcIssuer.NAME,
            "--SMILE_TOKEN_PRIVATE_KEY=")) {
      service.get("/api/v1/auth/jwks", null).problem(404);
    }
  }

  @Test
  void newKeySignsAndTheOneBeforeIsStillAccepted() throws Exception {
    var next = new Tokens();
    try (var service =
        ServiceUnderTest.start(
            "--SMILE_TOKEN_PRIVATE_KEY=" + next.pem() + "\n" + Tokens.TRUSTED.pem())) {
      var family = service.family("Europe/Rome");
      service.get(family.sessions(), Tokens.TRUSTED.of(family.parent(), "parent")).ok();
      service.get(family.sessions(), next.of(family.parent(), "parent")).ok();
      service.get(family.sessions(), new Tokens().of(family.parent(), "parent")).problem(401);
      var keys = JWKSet.parse(service.get("/api/v1/auth/jwks", null).body());
      assertThat(keys.getKeys()).hasSize(2);
      var device =
          service
              .send("POST", "/api/v1/auth/device-token", next.of(family.parent(), "parent"), null)
              .ok()
              .path("access_token")
              .asString();
      assertThat(SignedJWT.parse(device).getHeader().getKeyID())
          .isEqualTo(keys.getKeys().getFirst().getKeyID());
    }
  }
}
