package org.smileadventure.demo.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Prometheus, asked over its API. */
final class Prometheus {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  Prometheus(URI address) {
    this.address = address;
  }

  /** The series of an instant query, now. */
  List<JsonNode> query(String expression) {
    var request =
        HttpRequest.newBuilder(
                address.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8)))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      var answer = JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("status").asString().equals("success")) {
        throw new IllegalArgumentException(expression + ": " + answer);
      }
      return answer.path("data").path("result").valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The alerts that fire now. */
  Set<String> firing() {
    return names("ALERTS{alertstate=\"firing\"}");
  }

  /** The alerts that have fired at any time since. */
  Set<String> firedWithin(Duration time) {
    return names(
        "max_over_time(ALERTS{alertstate=\"firing\"}[%ds])".formatted(time.toSeconds() + 1));
  }

  private Set<String> names(String expression) {
    return query(expression).stream()
        .map(series -> series.path("metric").path("alertname").asString())
        .collect(Collectors.toSet());
  }
}
