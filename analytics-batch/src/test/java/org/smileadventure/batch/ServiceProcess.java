package org.smileadventure.batch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.fixture.TokenIssuer;
import org.smileadventure.localstack.LocalStack;
import tools.jackson.databind.json.JsonMapper;

/** The service as a process of its own, which can be killed, and is asked over HTTP by an admin. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TokenIssuer tokens = new TokenIssuer();
  private final int port = JavaProcess.freePort();
  private final Process process;

  /** Starts it, and returns when it is ready; it writes to this log. */
  ServiceProcess(String databaseUrl, Path log, List<String> settings) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--smile.batch.schedule.cron=-",
                "--SMILE_DATABASE_URL=" + LocalStack.loginAs("smile_batch", databaseUrl),
                "--SMILE_DATABASE_USER=smile_batch",
                "--SMILE_JWKS_URL=" + tokens.jwksUrl()));
    settings.forEach(setting -> arguments.add("--" + setting));
    process = JavaProcess.start(AnalyticsBatch.class, arguments, log);
    awaitReady();
  }

  private void awaitReady() {
    await()
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(ConnectException.class)
        .failFast("the process has ended", () -> !process.isAlive())
        .until(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 200);
  }

  /** Has it begin or restart a run; the run's id. */
  long accepted(String path, Map<String, String> arguments)
      throws IOException, InterruptedException {
    var answer = send("POST", path, JsonMapper.shared().writeValueAsString(arguments));
    if (answer.statusCode() != 202) {
      throw new AssertionError(path + " was answered with " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body()).get("id").longValue();
  }

  private HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** As nothing can prevent or notice. */
  void kill() {
    JavaProcess.kill(process);
  }

  @Override
  public void close() {
    kill();
    tokens.close();
  }
}
