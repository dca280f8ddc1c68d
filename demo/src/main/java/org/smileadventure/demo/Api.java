package org.smileadventure.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.smileadventure.common.event.ChildId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services' HTTP interface, asked as its users would. */
final class Api {
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final URI query;
  private final URI batch;

  Api(URI query, URI batch) {
    this.query = query;
    this.batch = batch;
  }

  /** An answer, whether it came from the cache, and how long it took. */
  record Timed(JsonNode body, boolean cached, Duration took) {}

  Timed analytics(ChildId child, String email) {
    var request =
        authorised(query.resolve("/api/v1/children/" + child + "/analytics?window=30d"), email)
            .GET()
            .build();
    var begin = System.nanoTime();
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      var took = Duration.ofNanos(System.nanoTime() - begin);
      requireSuccess(request, response.statusCode(), response.body());
      var cached = response.headers().firstValue("Cache-Status").orElse("").equals("smile; hit");
      return new Timed(json.readTree(response.body()), cached, took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  JsonNode startJob(String name) {
    return send(
        authorised(batch.resolve("/api/v1/jobs/" + name + "/executions"), Families.ADMIN)
            .POST(BodyPublishers.noBody())
            .build());
  }

  JsonNode execution(long id) {
    return send(
        authorised(batch.resolve("/api/v1/jobs/executions/" + id), Families.ADMIN).GET().build());
  }

  /** Fetched once for each user. */
  String token(String email) {
    return tokens.computeIfAbsent(
        email,
        _ ->
            send(HttpRequest.newBuilder(query.resolve("/api/v1/auth/token"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            json.writeValueAsString(
                                Map.of("email", email, "password", Families.PASSWORD))))
                    .build())
                .get("access_token")
                .stringValue());
  }

  private HttpRequest.Builder authorised(URI uri, String email) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + token(email))
        .timeout(Duration.ofSeconds(30));
  }

  private JsonNode send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      requireSuccess(request, response.statusCode(), response.body());
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void requireSuccess(HttpRequest request, int status, byte[] body) {
    if (status / 100 != 2) {
      throw new DemoFailure(
          "%s %s answered %d: %s"
              .formatted(
                  request.method(),
                  request.uri(),
                  status,
                  new String(body, java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  private static DemoFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new DemoFailure("interrupted", e);
  }
}
