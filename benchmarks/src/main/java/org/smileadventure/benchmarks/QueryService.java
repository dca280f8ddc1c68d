package org.smileadventure.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** query-api in a process of its own, with a heap of 256 MB, and clients of it. */
final class QueryService implements AutoCloseable {
  private static final String NAME = "smile-analytics";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 200;
  private static final int KEY_BITS = 2048;

  private final RSAKey key;
  private final ChildJvm process;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts it and waits until it answers.
   *
   * @param bytes what {@link SameBytes} sends, once it is asked
   */
  QueryService(Testbed testbed, Path bytes) {
    try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      key = new RSAKeyGenerator(KEY_BITS).keyID("bench").generate();
      address = URI.create("http://127.0.0.1:" + port.getLocalPort());
    } catch (JOSEException | IOException e) {
      throw new IllegalStateException(e);
    }
    process =
        ChildJvm.start(
            testbed.directory("query-api"),
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Duser.timezone=UTC",
                "-Djdk.virtualThreadScheduler.parallelism=16",
                "-cp",
                System.getProperty("java.class.path"),
                SameBytes.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + address.getPort(),
                "--bench.bytes=" + bytes,
                "--SMILE_DATABASE_URL=" + testbed.jdbcUrl(),
                "--SMILE_DATABASE_USER=postgres",
                "--SMILE_CACHE_URL=" + testbed.stack().redis(),
                "--SMILE_TOKEN_PRIVATE_KEY=" + pem()));
    awaitReady();
  }

  private String pem() {
    try {
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
              .encodeToString(key.toRSAPrivateKey().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitReady() {
    var deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        if (http.send(
                    HttpRequest.newBuilder(address.resolve("/actuator/health/readiness")).build(),
                    BodyHandlers.discarding())
                .statusCode()
            == 200) {
          return;
        }
      } catch (IOException _) {
        // not yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchmarkFailure("interrupted", e);
      }
      if (!process.process().isAlive() || Instant.now().isAfter(deadline)) {
        throw new BenchmarkFailure("query-api does not start; see " + process.log());
      }
      pause(POLL_MILLIS);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  ProcessHandle process() {
    return process.process();
  }

  /** A parent's token. */
  String token(long parent) {
    var now = Instant.now();
    var token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.RS256),
            new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(NAME)
                .subject(Long.toString(parent))
                .claim("role", "parent")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(12))))
                .build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  /**
   * Sends a request; fails unless it is answered with 200.
   *
   * @throws BenchmarkFailure otherwise
   */
  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new BenchmarkFailure(request.uri() + ": " + response.statusCode());
      }
      return response;
    } catch (IOException e) {
      throw new BenchmarkFailure(request.uri() + ": no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }
}
