package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With the settings that query-api has, admins come with tokens of an outside issuer. */
@RealServers
class OutsideIssuerTest {
  private static final RSAKey KEY = OidcIssuer.rsa();

  @AutoClose private static final OidcIssuer ISSUER = new OidcIssuer(KEY);

  private static final String DATABASE_URL = MigratedDatabase.newUrl();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      new ServiceUnderTest(
          DATABASE_URL,
          "SMILE_JWKS_URL=",
          "smile.oidc.jwks-url=" + ISSUER.jwksUrl(),
          "smile.oidc.issuer=" + OidcIssuer.NAME,
          "smile.oidc.audience=" + OidcIssuer.AUDIENCE,
          "smile.oidc.role-claim=realm_access.roles");

  private static int jobs(String token) throws Exception {
    return SERVICE.send("GET", "/api/v1/jobs", token).statusCode();
  }

  @Test
  void itsAdminsSeeTheJobs() throws Exception {
    assertThat(jobs(OidcIssuer.keycloak(KEY, JWSAlgorithm.PS256, 1, "admin"))).isEqualTo(200);
    assertThat(jobs(OidcIssuer.keycloak(KEY, JWSAlgorithm.PS256, 1, "parent"))).isEqualTo(403);
    assertThat(jobs(OidcIssuer.keycloak(OidcIssuer.rsa(), JWSAlgorithm.PS256, 1, "admin")))
        .isEqualTo(401);
    assertThat(jobs(SERVICE.tokens().token("admin"))).isEqualTo(401);
  }

  @Test
  void tokenOrSessionOfItThatWasRevokedIsRefused() throws Exception {
    for (var claim : List.of("jti", "sid")) {
      var token = token(claim, "revoked-" + claim);
      var other = token(claim, "other-" + claim);
      assertThat(jobs(token)).isEqualTo(200);

      JdbcClient.create(MigratedDatabase.dataSource(DATABASE_URL))
          .sql("INSERT INTO revocations (subject, until) VALUES (?, now() + interval '1 hour')")
          .param(claim + ":revoked-" + claim)
          .update();

      await().atMost(Duration.ofSeconds(1)).until(() -> jobs(token) == 401);
      assertThat(jobs(other)).isEqualTo(200);
    }
  }

  private static String token(String claim, String value) {
    return OidcIssuer.signed(
        KEY,
        JWSAlgorithm.PS256,
        "JWT",
        Map.of(
            "aud",
            OidcIssuer.AUDIENCE,
            "smile_user",
            "1",
            "realm_access",
            Map.of("roles", List.of("admin")),
            claim,
            value));
  }
}
