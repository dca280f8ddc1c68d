package org.smileadventure.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
  private final URI ingest;

  Api(URI query, URI batch, URI ingest) {
    this.query = query;
    this.batch = batch;
    this.ingest = ingest;
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

  /** All of a parent's children at a glance. */
  JsonNode dashboard(String email) {
    return send(authorised(query.resolve("/api/v1/dashboard"), email).GET().build());
  }

  /** Sends events of this child from a device that its parent has given a token. */
  JsonNode collect(ChildId child, String parent, List<CloudEvent> events) {
    var device =
        send(
            authorised(query.resolve("/api/v1/auth/device-token"), parent)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"child_ids\": [%s]}".formatted(child)))
                .build());
    var format = new JsonFormat();
    var body =
        events.stream()
            .map(event -> new String(format.serialize(event), UTF_8))
            .collect(Collectors.joining(",", "[", "]"));
    return send(
        HttpRequest.newBuilder(ingest.resolve("/api/v1/events"))
            .header("Authorization", "Bearer " + device.get("access_token").stringValue())
            .header("Content-Type", "application/cloudevents-batch+json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body))
            .build());
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
              .formatted(request.method(), request.uri(), status, new String(body, UTF_8)));
    }
  }

  private static DemoFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new DemoFailure("interrupted", e);
  }
}
