package org.smileadventure.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.common.fixture.RawHttp;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class RevokedTokenTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final ECKey KEY = OidcIssuer.ec();

  @AutoClose private static final OidcIssuer ISSUER = new OidcIssuer(KEY);
  @AutoClose private static final EventTopic TOPIC = new EventTopic();
  private static final String DATABASE_URL = MigratedDatabase.newUrl();
  private static final JdbcClient JDBC =
      JdbcClient.create(MigratedDatabase.dataSource(DATABASE_URL));

  private static ServiceUnderTest ingest() {
    return new ServiceUnderTest(DATABASE_URL, LocalStack.shared().redis(), TOPIC.name());
  }

  private static int status(ConfigurableApplicationContext service, String path, String token) {
    var port = service.getEnvironment().getRequiredProperty("local.server.port");
    return new RawHttp(URI.create("http://127.0.0.1:" + port))
        .send("GET", path, "Authorization: Bearer " + token)
        .status();
  }

  private static int refused(ConfigurableApplicationContext service, String token) {
    return status(service, "/api/v1/events/refused", token);
  }

  private static void revoke(String subject) {
    JDBC.sql("INSERT INTO revocations (subject, until) VALUES (?, now() + interval '1 hour')")
        .param(subject)
        .update();
  }

  private static String device(String jti) {
    return ServiceUnderTest.TOKENS.token(
        Map.of("scope", "ingest", "children", List.of(1), "jti", jti));
  }

  @Test
  void deviceThatWasTakenBackIsRefusedWithinASecondAndAfterANewStart() {
    var lost = UUID.randomUUID().toString();
    var kept = UUID.randomUUID().toString();
    try (var service = ingest().start()) {
      assertThat(refused(service, device(lost))).isEqualTo(200);
      revoke("device:" + lost);
      await().atMost(A_SECOND).until(() -> refused(service, device(lost)) == 401);
      assertThat(refused(service, device(kept))).isEqualTo(200);
    }
    try (var service = ingest().start()) {
      assertThat(refused(service, device(lost))).isEqualTo(401);
      assertThat(refused(service, device(kept))).isEqualTo(200);
    }
  }

  @Test
  void loginThatHasEndedIsRefusedWithinASecond() {
    var login = UUID.randomUUID().toString();
    var admin = ServiceUnderTest.TOKENS.token(Map.of("role", "admin", "sid", login));
    try (var service = ingest().start()) {
      assertThat(status(service, "/api/v1/quarantine", admin)).isEqualTo(200);
      revoke("login:" + login);
      await().atMost(A_SECOND).until(() -> status(service, "/api/v1/quarantine", admin) == 401);
    }
  }

  @Test
  void tokenOrSessionOfAnOutsideIssuerThatWasRevokedIsRefused() {
    var settings =
        new String[] {
          "smile.oidc.jwks-url=" + ISSUER.jwksUrl(),
          "smile.oidc.issuer=" + OidcIssuer.NAME,
          "smile.oidc.audience=" + OidcIssuer.AUDIENCE,
          "smile.oidc.role-claim=realm_access.roles"
        };
    try (var service = ingest().with(settings).start()) {
      for (var claim : List.of("jti", "sid")) {
        var admin =
            OidcIssuer.signed(
                KEY,
                JWSAlgorithm.ES256,
                "JWT",
                Map.of(
                    "aud",
                    OidcIssuer.AUDIENCE,
                    "smile_user",
                    "1",
                    "realm_access",
                    Map.of("roles", List.of("admin")),
                    claim,
                    "of-" + claim));
        assertThat(status(service, "/api/v1/quarantine", admin)).isEqualTo(200);
        revoke(claim + ":of-" + claim);
        await().atMost(A_SECOND).until(() -> status(service, "/api/v1/quarantine", admin) == 401);
      }
    }
  }

  @Test
  void nobodyAsksTheDatabaseForEachRequest() {
    try (var service = ingest().start()) {
      var token = device(UUID.randomUUID().toString());
      var before = connectionsUsed(service);
      for (int i = 0; i < 500; i++) {
        assertThat(status(service, "/api/v1/events/types", token)).isEqualTo(200);
      }
      assertThat(connectionsUsed(service) - before).isLessThan(250);
    }
  }

  private static long connectionsUsed(ConfigurableApplicationContext service) {
    return service.getBean(MeterRegistry.class).get("hikaricp.connections.usage").timer().count();
  }
}
