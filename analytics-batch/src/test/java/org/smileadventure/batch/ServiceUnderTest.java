package org.smileadventure.batch;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, with someone beside it who signs tokens and serves the key to them. */
public final class ServiceUnderTest implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RSAKey key = newKey();
  private final HttpServer keys;
  private final ConfigurableApplicationContext context;

  public ServiceUnderTest(String databaseUrl, String... properties) throws IOException {
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/jwks",
        exchange -> {
          var body = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
    context =
        new SpringApplicationBuilder(AnalyticsBatch.class)
            .properties(
                "server.port=0",
                "SMILE_DATABASE_URL=" + databaseUrl,
                "SMILE_DATABASE_USER=postgres",
                "SMILE_JWKS_URL=http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks")
            .properties(properties)
            .run();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public HttpResponse<String> send(String method, String path, @Nullable String token)
      throws IOException, InterruptedException {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** A token as the query API makes them. */
  public String token(String role) {
    return token(key, "smile-analytics", "smile-analytics", role, Duration.ofMinutes(30));
  }

  public String expiredToken() {
    return token(key, "smile-analytics", "smile-analytics", "admin", Duration.ofMinutes(-5));
  }

  public String tokenOfAnotherKey() {
    return token(newKey(), "smile-analytics", "smile-analytics", "admin", Duration.ofMinutes(30));
  }

  public String tokenForAnotherAudience() {
    return token(key, "smile-analytics", "another", "admin", Duration.ofMinutes(30));
  }

  public String tokenOfAnotherIssuer() {
    return token(key, "another", "smile-analytics", "admin", Duration.ofMinutes(30));
  }

  private static String token(
      RSAKey key, String issuer, String audience, String role, Duration life) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer)
                  .audience(audience)
                  .subject("1")
                  .issueTime(Date.from(Instant.now().minus(Duration.ofHours(1))))
                  .expirationTime(Date.from(Instant.now().plus(life)))
                  .claim("role", role)
                  .build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    keys.stop(0);
  }
}
