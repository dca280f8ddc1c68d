package org.smileadventure.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** An admin's token, and the key to check it with where a service asks for it. */
final class AdminToken implements AutoCloseable {
  private static final String NAME = "smile-analytics";
  private static final Duration LIFE = Duration.ofHours(12);
  private static final int KEY_BITS = 2048;

  private final RSAKey key;
  private final HttpServer keys;

  AdminToken() {
    try {
      key = new RSAKeyGenerator(KEY_BITS).keyID("bench").generate();
      keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys.createContext(
        "/jwks",
        exchange -> {
          var body = new JWKSet(key).toString(true).getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
  }

  String jwksUrl() {
    return "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks";
  }

  String sign() {
    var now = Instant.now();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(NAME)
                .subject("1")
                .claim("role", "admin")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    keys.stop(0);
  }
}
