package org.smileadventure.ingest.statement;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.smileadventure.ingest.statement.StatementEvents.Event;
import org.smileadventure.ingest.statement.StatementEvents.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends events to a collector, as a device does. */
final class CollectorClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final MediaType BATCH =
      MediaType.parseMediaType("application/cloudevents-batch+json");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_WAITS = 60;

  private final RestClient http;

  CollectorClient(URI collector, String token) {
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
    requests.setReadTimeout(TIMEOUT);
    this.http =
        RestClient.builder()
            .requestFactory(requests)
            .baseUrl(collector)
            .defaultHeaders(headers -> headers.setBearerAuth(token))
            .defaultStatusHandler(HttpStatusCode::isError, (_, _) -> {})
            .build();
  }

  /**
   * Sends a batch, waits while the collector takes no more, and returns what it refused.
   *
   * @throws ImportFailure if it is away, or does not take events from this device
   */
  List<Refusal> send(List<Event> batch) throws InterruptedException {
    var body = JSON.createArrayNode().addAll(batch.stream().map(Event::cloudEvent).toList());
    for (int wait = 0; ; wait++) {
      var answer = post(JSON.writeValueAsBytes(body));
      if (answer.status != HttpStatus.TOO_MANY_REQUESTS.value() || wait == MOST_WAITS) {
        return refused(batch, answer);
      }
      Thread.sleep(answer.retryAfter);
    }
  }

  private record Answer(int status, Duration retryAfter, JsonNode body) {}

  private Answer post(byte[] body) {
    try {
      var response =
          http.post()
              .uri("/api/v1/events")
              .contentType(BATCH)
              .body(body)
              .retrieve()
              .toEntity(byte[].class);
      var retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
      return new Answer(
          response.getStatusCode().value(),
          Duration.ofSeconds(
              retryAfter != null && retryAfter.matches("[0-9]{1,4}")
                  ? Long.parseLong(retryAfter)
                  : 5),
          response.getBody() == null ? JSON.nullNode() : JSON.readTree(response.getBody()));
    } catch (RestClientException | JacksonException e) {
      throw new ImportFailure("the collector cannot be asked: " + e.getMessage(), e);
    }
  }

  private static List<Refusal> refused(List<Event> batch, Answer answer) {
    var verdicts = answer.body.at("/verdicts");
    if (!verdicts.isArray()) {
      throw new ImportFailure(
          "the collector answers %d: %s"
              .formatted(answer.status, answer.body.at("/detail").asString("nothing more")));
    }
    var refused = new ArrayList<Refusal>();
    for (var verdict : verdicts) {
      if (!verdict.at("/verdict").asString("").equals("accepted")) {
        refused.add(
            new Refusal(
                batch.get(verdict.at("/index").asInt()).statement(),
                "%s: %s"
                    .formatted(
                        verdict.at("/reason").asString(""), verdict.at("/detail").asString(""))));
      }
    }
    return refused;
  }
}
