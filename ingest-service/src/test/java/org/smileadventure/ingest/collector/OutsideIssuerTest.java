package org.smileadventure.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RawHttp;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;

/** With the settings that query-api has, admins come with tokens of an outside issuer. */
@RealServers
class OutsideIssuerTest {
  private static final ECKey KEY = OidcIssuer.ec();

  @AutoClose private static final OidcIssuer ISSUER = new OidcIssuer(KEY);
  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(MigratedDatabase.newUrl(), LocalStack.shared().redis(), TOPIC.name())
          .with(
              "smile.oidc.jwks-url=" + ISSUER.jwksUrl(),
              "smile.oidc.issuer=" + OidcIssuer.NAME,
              "smile.oidc.audience=" + OidcIssuer.AUDIENCE,
              "smile.oidc.role-claim=realm_access.roles")
          .start();

  private static int quarantine(String token) {
    var port = SERVICE.getEnvironment().getRequiredProperty("local.server.port");
    return new RawHttp(URI.create("http://127.0.0.1:" + port))
        .send("GET", "/api/v1/quarantine", "Authorization: Bearer " + token)
        .status();
  }

  @Test
  void itsAdminsSeeTheQuarantine() {
    assertThat(quarantine(OidcIssuer.keycloak(KEY, JWSAlgorithm.ES256, 1, "admin"))).isEqualTo(200);
    assertThat(quarantine(OidcIssuer.keycloak(KEY, JWSAlgorithm.ES256, 1, "parent")))
        .isEqualTo(403);
    assertThat(quarantine(OidcIssuer.keycloak(OidcIssuer.ec(), JWSAlgorithm.ES256, 1, "admin")))
        .isEqualTo(401);
    assertThat(quarantine(ServiceUnderTest.TOKENS.token("admin"))).isEqualTo(401);
  }

  @Test
  void devicesSendWithOurTokens() {
    var sam = new ChildId(1);
    var play = Play.by(sam, Instant.parse("2025-05-05T12:00:00Z")).completed(7);
    Game.of(SERVICE, List.of(sam)).sendBatch(play.events()).allAccepted(play.events().size());
  }
}
