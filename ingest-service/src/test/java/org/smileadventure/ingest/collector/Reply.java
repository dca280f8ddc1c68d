package org.smileadventure.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the collector answered. */
public record Reply(HttpResponse<String> response) {
  private static final JsonMapper JSON = JsonMapper.shared();

  int status() {
    return response.statusCode();
  }

  public @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  JsonNode json() {
    return JSON.readTree(response.body());
  }

  /** Checks that all events were accepted. */
  public void allAccepted(int count) {
    assertThat(accepted().path("accepted").intValue()).isEqualTo(count);
    assertThat(accepted().path("rejected").intValue()).isZero();
  }

  /** Checks that something was accepted, and returns the answer. */
  JsonNode accepted() {
    assertThat(status()).as(response.body()).isEqualTo(202);
    assertThat(header("Content-Type")).isEqualTo("application/json");
    return json();
  }

  /** Checks that it is a problem document with this status, and returns it. */
  public JsonNode problem(int status) {
    assertThat(status()).as(response.body()).isEqualTo(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(json().path("detail").asString()).isNotBlank();
    return json();
  }

  /** The verdicts in an answer or a problem, as {@code accepted} or the reason. */
  List<String> verdicts() {
    return json()
        .path("verdicts")
        .valueStream()
        .map(
            verdict ->
                verdict.path("verdict").asString().equals("accepted")
                    ? "accepted"
                    : verdict.path("reason").asString())
        .toList();
  }
}
