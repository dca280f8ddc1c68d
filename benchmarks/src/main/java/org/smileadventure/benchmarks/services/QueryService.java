package org.smileadventure.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.List;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.ChildJvm;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.localstack.LocalStack;

/** query-api in a process of its own, with a heap of 256 MB, and clients of it. */
public final class QueryService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final SigningKey key = new SigningKey();
  private final ChildJvm process;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts it and waits until it answers.
   *
   * @param name tells it apart from others on the same servers
   * @param jdbcUrl where it finds the database
   * @param bytes what {@link SameBytes} sends, once it is asked
   */
  public QueryService(Testbed testbed, String name, String jdbcUrl, Path bytes) {
    try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:" + port.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process =
        ChildJvm.start(
            testbed.directory(name),
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
                "--SMILE_DATABASE_URL=" + LocalStack.loginAs("smile_query", jdbcUrl),
                "--SMILE_DATABASE_USER=smile_query",
                "--SMILE_CACHE_URL=" + testbed.stack().redis(),
                "--SMILE_TOKEN_PRIVATE_KEY=" + key.pem()));
    awaitReady();
  }

  public URI address() {
    return address;
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
      Clock.pause(POLL);
    }
  }

  public ProcessHandle process() {
    return process.process();
  }

  /** A parent's token. */
  public String token(long parent) {
    return key.token(parent, "parent");
  }

  public HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  /**
   * Sends a request; fails unless it is answered with 200.
   *
   * @throws BenchmarkFailure otherwise
   */
  public HttpResponse<byte[]> send(HttpRequest request) {
    var response = ask(request);
    if (response.statusCode() != 200) {
      throw new BenchmarkFailure(request.uri() + ": " + response.statusCode());
    }
    return response;
  }

  /**
   * Sends a request, and returns what comes, an error too.
   *
   * @throws BenchmarkFailure if nothing comes
   */
  public HttpResponse<byte[]> ask(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
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
