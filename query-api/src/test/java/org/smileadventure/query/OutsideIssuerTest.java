package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;

/** An issuer beside us, with keys of its own that it serves over HTTP, takes the place of ours. */
@RealServers
class OutsideIssuerTest {
  private static final Tokens OUTSIDE = new Tokens();
  private static HttpServer issuer;
  private static ServiceUnderTest service;

  @BeforeAll
  static void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          var body = OUTSIDE.jwks().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
    service =
        ServiceUnderTest.start(
            "--smile.oidc.jwks-url=http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
            "--smile.oidc.issuer=https://id.example.org",
            "--smile.oidc.audience=smile",
            "--smile.oidc.user-claim=account",
            "--smile.oidc.role-claim=kind",
            "--SMILE_TOKEN_PRIVATE_KEY=");
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.stop(0);
  }

  private static String token(Tokens signer, Family family, String issuedBy, String kind) {
    return signer.signed(
        Tokens.claims(1, "admin")
            .issuer(issuedBy)
            .audience("smile")
            .subject("8f3c-somebody")
            .claim("account", Long.toString(family.parent()))
            .claim("kind", kind)
            .build());
  }

  @Test
  void itsTokensOpenWhatTheAccountMaySee() {
    var family = service.family("Europe/Rome");
    var stranger = service.family("Europe/Rome");
    var token = token(OUTSIDE, family, "https://id.example.org", "parent");
    service.get(family.sessions(), token).ok();
    service.get(stranger.sessions(), token).problem(404);
    service.get("/api/v1/platform", token).problem(403);
  }

  @Test
  void otherTokensOpenNothing() {
    var family = service.family("Europe/Rome");
    service.get(family.sessions(), family.token()).problem(401);
    service
        .get(family.sessions(), token(OUTSIDE, family, "https://other.example.org", "parent"))
        .problem(401);
    service
        .get(family.sessions(), token(new Tokens(), family, "https://id.example.org", "parent"))
        .problem(401);
  }

  @Test
  void weMakeNoTokensBesideIt() {
    assertThat(
            service
                .post("/api/v1/auth/token", "{\"email\": \"a@b.c\", \"password\": \"x\"}")
                .status())
        .isEqualTo(404);
    assertThat(service.get("/api/v1/auth/jwks", null).status()).isEqualTo(404);
  }
}
