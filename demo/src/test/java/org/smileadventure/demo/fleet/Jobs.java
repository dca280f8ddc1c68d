package org.smileadventure.demo.fleet;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** An admin who starts jobs, and has them go on when they failed or their manager died. */
final class Jobs implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int ACCEPTED = 202;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final JsonMapper json = new JsonMapper();
  private final URI address;
  private final String token;

  Jobs(URI address, String adminToken) {
    this.address = address;
    this.token = adminToken;
  }

  /** Returns the run's id when it has begun. */
  long start(String job) {
    var run = new AtomicLong();
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              var reply = send("/api/v1/jobs/" + job + "/executions", true);
              if (reply.statusCode() != ACCEPTED) {
                return false;
              }
              run.set(json.readTree(reply.body()).path("id").longValue());
              return true;
            });
    return run.get();
  }

  /** Returns when one of its steps runs on workers. */
  void awaitWorkers(long run) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              for (var step : look(run).path("steps")) {
                if (step.path("partitions").isObject()) {
                  return true;
                }
              }
              return false;
            });
  }

  /** Returns its last state when it has ended; has it go on until it is completed, if so wished. */
  JsonNode awaitEnd(long run, boolean tryingAgain) {
    var last = new AtomicReference<JsonNode>(MissingNode.getInstance());
    var current = new AtomicLong(run);
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              last.set(look(current.get()));
              var status = last.get().path("status").asString("");
              if (status.equals("COMPLETED")) {
                return true;
              }
              if (!tryingAgain) {
                return status.equals("FAILED");
              }
              // Refused while it runs; taken when it failed or its manager has died.
              var reply = send("/api/v1/jobs/executions/" + current.get() + "/restart", true);
              if (reply.statusCode() == ACCEPTED) {
                current.set(json.readTree(reply.body()).path("id").longValue());
              }
              return false;
            });
    return last.get();
  }

  private JsonNode look(long run) throws IOException, InterruptedException {
    var reply = send("/api/v1/jobs/executions/" + run, false);
    return reply.statusCode() == 200 ? json.readTree(reply.body()) : MissingNode.getInstance();
  }

  private HttpResponse<String> send(String path, boolean post)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(20));
    return http.send(
        (post ? request.POST(BodyPublishers.noBody()) : request.GET()).build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
