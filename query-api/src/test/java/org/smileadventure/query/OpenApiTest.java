package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the API at {@code /v3/api-docs}. With {@code -Dsmile.examples=DIR} the answers
 * are written there, as the examples to be.
 */
@RealServers
class OpenApiTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");
  private static final @Nullable String EXAMPLES = System.getProperty("smile.examples");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();
  private static final Family FAMILY = SERVICE.family("Europe/Rome");
  private static final Map<String, Reply> ANSWERS = answers();
  private static final JsonNode API = SERVICE.get("/v3/api-docs", null).ok();

  /** The answer of each operation that has one in JSON, by the operation's id. */
  private static Map<String, Reply> answers() {
    SERVICE.clock().set(NOW);
    var session = "";
    for (int day = 12; day > 0; day--) {
      var play =
          Play.by(FAMILY.child(), NOW.minus(day, ChronoUnit.DAYS))
              .interactions(3, day % 3 == 0 ? Outcome.INCORRECT : Outcome.CORRECT)
              .feeling(EmotionalState.CALM)
              .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 6, 4))
              .completed(90 - 3 * day);
      StoredHistory.store(SERVICE.db(), play.events());
      session = play.events().getFirst().sessionId().toString();
    }
    publish();
    var professional = Tokens.TRUSTED.of(SERVICE.professional(), "professional");
    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
    var answers = new TreeMap<String, Reply>();
    for (var view :
        new String[] {
          "", "analytics", "trends", "emotions", "triggers", "strategies", "scenarios"
        }) {
      answers.put(
          "get-children-id" + (view.isEmpty() ? "" : "-" + view),
          SERVICE.get(child(view), FAMILY.token()));
    }
    answers.put("get-children-id-sessions", SERVICE.get(child("sessions?limit=1"), FAMILY.token()));
    answers.put(
        "get-children-id-activities", SERVICE.get(child("activities?limit=1"), FAMILY.token()));
    answers.put("get-children-id-report", SERVICE.get(child("report"), FAMILY.token()));
    answers.put("get-children", SERVICE.get("/api/v1/children", FAMILY.token()));
    answers.put("get-dashboard", SERVICE.get("/api/v1/dashboard", FAMILY.token()));
    answers.put("get-sessions-id", SERVICE.get("/api/v1/sessions/" + session, FAMILY.token()));
    answers.put("get-population", SERVICE.get("/api/v1/population", professional));
    answers.put("get-population-export", SERVICE.get("/api/v1/population/export", professional));
    answers.put(
        "post-cohorts-compare",
        SERVICE.send(
            "POST",
            "/api/v1/cohorts/compare",
            professional,
            "{\"cohorts\": [{\"name\": \"young\", \"age_bands\": [\"0-3\"]}, {\"name\": \"all\"}]}",
            "Content-Type",
            "application/json"));
    answers.put("get-treatments", SERVICE.get("/api/v1/treatments", professional));
    answers.put("get-insights", SERVICE.get("/api/v1/insights", professional));
    answers.put("get-platform", SERVICE.get("/api/v1/platform", admin));
    return answers;
  }

  /** Something of each kind, of children of seven to twelve years. */
  private static void publish() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (
              topic, leaves, scope, category, published_at, members_since, children, sessions, completed, abandoned,
              interrupted, score_sum, score_sum_sq, engagement_sum, engagement_sum_sq, success_sum, success_sum_sq,
              activities, verified, emotional_n, improvements, deteriorations,
              effect_mean, effect_sd, effect_low, effect_high)
            SELECT topic, leaves, scope, category, :now::timestamptz, :now::timestamptz, children,
              sessions, completed, abandoned, interrupted, sum, sum_sq, sum, sum_sq, sum, sum_sq,
              activities, verified, emotional, improvements, deteriorations, mean, sd, low, high
            FROM (VALUES
              ('figures', '{7-12/1/playing}'::text[], NULL::text[], NULL, 40, 400, 340, 40, 20, 2800.0, 200000.0,
                NULL::int, NULL::int, NULL::int, NULL::int, NULL::int, NULL::float8, NULL::float8, NULL::float8, NULL::float8),
              ('activities', '{7-12/1/recording}', NULL, NULL, 30, NULL, NULL, NULL, NULL, NULL, NULL,
                120, 90, 80, 50, 10, NULL, NULL, NULL, NULL),
              ('long_silence', '{7-12/1/playing/holds}', '{7-12/1/playing}', 'holds', 15, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
              ('long_silence', '{7-12/1/playing/not}', '{7-12/1/playing}', 'not', 25, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
              ('treatment', '{Speech}', NULL, 'Speech', 14, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL, NULL, 1.5, 0.5, 1.2, 1.8)
            ) AS cell (topic, leaves, scope, category, children, sessions, completed, abandoned, interrupted, sum, sum_sq,
              activities, verified, emotional, improvements, deteriorations, mean, sd, low, high)
            """)
        .param("now", NOW.toString())
        .update();
  }

  private static String child(String view) {
    return "/api/v1/children/" + FAMILY.child() + (view.isEmpty() ? "" : "/" + view);
  }

  static Stream<String> answered() {
    return ANSWERS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("answered")
  void exampleHasTheFieldsOfTheAnswer(String operation) throws IOException {
    var answer = ANSWERS.getOrDefault(operation, null);
    assertThat(answer).isNotNull();
    var served = answer.ok();
    if (EXAMPLES != null) {
      var pretty = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      Files.writeString(
          Path.of(EXAMPLES).resolve(operation + ".json"),
          pretty.writeValueAsString(served) + "\n",
          UTF_8);
      return;
    }
    var example =
        operation(operation)
            .path("responses")
            .path("200")
            .path("content")
            .path("application/json")
            .path("examples")
            .path("one")
            .path("value");
    assertThat(names("", example)).isEqualTo(names("", served));
  }

  @ParameterizedTest
  @MethodSource("answered")
  void schemaNamesTheFieldsOfTheAnswer(String operation) {
    var schema =
        resolved(
            operation(operation)
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema"));
    var answer = ANSWERS.getOrDefault(operation, null);
    assertThat(answer).isNotNull();
    assertThat(schema.path("properties").propertyNames()).containsAll(answer.ok().propertyNames());
  }

  @Test
  void everyOperationIsDescribedWithItsErrors() {
    API.path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, operation) -> {
                      var name = method + " " + path;
                      assertThat(operation.path("operationId").asString("")).as(name).isNotBlank();
                      assertThat(operation.path("responses").has("400")).as(name).isTrue();
                      assertThat(operation.path("responses").has("503")).as(name).isTrue();
                      for (var parameter : operation.path("parameters")) {
                        assertThat(parameter.path("name").asString()).as(name).matches("[a-z_]+");
                      }
                    }));
  }

  private static JsonNode operation(String id) {
    return API.path("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(operation -> operation.path("operationId").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? API.path("components")
            .path("schemas")
            .path(schema.path("$ref").asString().replaceAll(".*/", ""))
        : schema;
  }

  /** The names of all fields, those of a list's items once; not of maps, whose names are values. */
  private static Set<String> names(String prefix, JsonNode node) {
    var names = new TreeSet<String>();
    if (node.isObject()
        && !prefix.matches(".*(data|by_type|states|points|inputs|threshold|rests_on)\\.")) {
      node.forEachEntry(
          (name, value) -> {
            names.add(prefix + name);
            names.addAll(names(prefix + name + ".", value));
          });
    } else if (node.isArray()) {
      node.forEach(item -> names.addAll(names(prefix, item)));
    }
    return names;
  }
}
