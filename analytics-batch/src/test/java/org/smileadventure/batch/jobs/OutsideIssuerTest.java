package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.localstack.RealServers;

/** With the settings that query-api has, admins come with tokens of an outside issuer. */
@RealServers
class OutsideIssuerTest {
  private static final RSAKey KEY = OidcIssuer.rsa();

  @AutoClose private static final OidcIssuer ISSUER = new OidcIssuer(KEY);

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      new ServiceUnderTest(
          MigratedDatabase.newUrl(),
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
}
