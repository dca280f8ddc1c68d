package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
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
import tools.jackson.databind.node.ArrayNode;

/**
 * The description of the API at {@code /v3/api-docs}. Its examples are recorded here: {@code
 * -Dsmile.examples.write=true} writes them anew.
 */
@RealServers
class OpenApiTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");
  private static final boolean WRITE = Boolean.getBoolean("smile.examples.write");
  private static final Path EXAMPLES =
      Path.of("src/main/resources/org/smileadventure/query/openapi");
  private static final int ITEMS = 2;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();
  private static final UUID SESSION = fixedId(NOW.minus(1, ChronoUnit.DAYS));
  private static final Family FAMILY = SERVICE.family("Europe/Rome");
  private static final Map<String, Reply> ANSWERS = answers();
  private static final JsonNode API = SERVICE.get("/v3/api-docs", null).ok();

  /** The answer of each operation that has one in JSON, by the operation's id. */
  private static Map<String, Reply> answers() {
    SERVICE.clock().set(NOW);
    for (int day = 12; day > 0; day--) {
      var play =
          Play.by(FAMILY.child(), NOW.minus(day, ChronoUnit.DAYS))
              .interactions(3, day % 3 == 0 ? Outcome.INCORRECT : Outcome.CORRECT)
              .feeling(EmotionalState.CALM)
              .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 6, 4))
              .completed(90 - 3 * day);
      StoredHistory.store(
          SERVICE.db(), play.events().stream().map(OpenApiTest::underFixedId).toList());
    }
    publish();
    SERVICE.send(
        "PATCH",
        child(""),
        FAMILY.token(),
        "{\"support_level\": 2, \"current_therapies\": [{\"type\": \"speech\", \"start_date\":"
            + " \"2026-02-01\"}]}",
        "Content-Type",
        "application/json");
    fixTimesOfTheDatabase();
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
    answers.put(
        "get-children-id-statements", SERVICE.get(child("statements?limit=1"), FAMILY.token()));
    answers.put("get-children-id-data-quality", SERVICE.get(child("data-quality"), FAMILY.token()));
    answers.put("get-children-id-report", SERVICE.get(child("report"), FAMILY.token()));
    for (var view : new String[] {"changes", "guardians", "consents"}) {
      answers.put("get-children-id-" + view, SERVICE.get(child(view), FAMILY.token()));
    }
    var phase = phase();
    answers.put(
        "get-children-id-figures-figure", SERVICE.get(child("figures/score"), FAMILY.token()));
    answers.put("get-children-id-shares", SERVICE.get(child("shares"), FAMILY.token()));
    answers.put("get-children-id-story", SERVICE.get(child("story"), FAMILY.token()));
    answers.put("get-children-id-mastery", SERVICE.get(child("mastery"), FAMILY.token()));
    answers.put("get-children-id-phases", SERVICE.get(child("phases"), FAMILY.token()));
    answers.put(
        "get-children-id-phases-phase-comparison",
        SERVICE.get(child("phases/" + phase + "/comparison"), FAMILY.token()));
    answers.put("get-children", SERVICE.get("/api/v1/children", FAMILY.token()));
    answers.put("get-dashboard", SERVICE.get("/api/v1/dashboard", FAMILY.token()));
    answers.put("get-sessions-id", SERVICE.get("/api/v1/sessions/" + SESSION, FAMILY.token()));
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

  private static SessionEvent underFixedId(SessionEvent event) {
    var start = event.occurredAt().truncatedTo(ChronoUnit.HOURS);
    return new SessionEvent(
        new SessionId(fixedId(start)),
        event.childId(),
        event.sequence(),
        event.occurredAt(),
        event.payload());
  }

  /** As a version 7, without what is random. */
  private static UUID fixedId(Instant start) {
    return new UUID(start.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
  }

  private static String phase() {
    return SERVICE
        .db()
        .sql(
            """
            INSERT INTO child_phases (id, child_id, day, kind, label, made_by, made_as, made_at)
            VALUES (:id, :child, '2026-05-14', 'therapy', 'Speech therapy', :parent, 'parent', :now::timestamptz)
            RETURNING id::text
            """)
        .param("id", fixedId(NOW))
        .param("child", FAMILY.child().value())
        .param("parent", FAMILY.parent())
        .param("now", NOW.toString())
        .query(String.class)
        .single();
  }

  private static void fixTimesOfTheDatabase() {
    for (var statement :
        List.of(
            "UPDATE children SET created_at = :now::timestamptz, updated_at = :now::timestamptz",
            "UPDATE activities SET created_at = :now::timestamptz",
            "UPDATE consents SET given_at = :now::timestamptz",
            "UPDATE child_changes SET changed_at = :now::timestamptz")) {
      SERVICE.db().sql(statement).param("now", NOW.toString()).update();
    }
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
              ('treatment', '{Speech}', NULL, 'Speech', 24, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL, NULL, 0.31, 0.12, 0.2, 0.42)
            ) AS cell (topic, leaves, scope, category, children, sessions, completed, abandoned, interrupted, sum, sum_sq,
              activities, verified, emotional, improvements, deteriorations, mean, sd, low, high)
            """)
        .param("now", NOW.toString())
        .update();
    SERVICE
        .db()
        .sql(
            """
            UPDATE population_cell SET new_child_low = 0.05, new_child_high = 0.57, heterogeneity = 0.4, improved = 12
            WHERE topic = 'treatment'
            """)
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
  void exampleIsWhatIsAnswered(String operation) throws IOException {
    var answered = few(answer(operation));
    if (WRITE) {
      var pretty = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      Files.writeString(
          EXAMPLES.resolve(operation + ".json"), pretty.writeValueAsString(answered) + "\n");
      return;
    }
    assertThat(json(operation).path("examples").path("one").path("value"))
        .as("recorded anew with -Dsmile.examples.write=true")
        .isEqualTo(answered);
  }

  /** The first items of each list are enough for an example. */
  private static JsonNode few(JsonNode answer) {
    if (answer instanceof ArrayNode list) {
      while (list.size() > ITEMS) {
        list.remove(ITEMS);
      }
    }
    answer.forEach(OpenApiTest::few);
    return answer;
  }

  @ParameterizedTest
  @MethodSource("answered")
  void schemaNamesTheFieldsOfTheAnswer(String operation) {
    assertThat(resolved(json(operation).path("schema")).path("properties").propertyNames())
        .containsAll(answer(operation).propertyNames());
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
                        assertThat(parameter.path("name").asString())
                            .as(name)
                            .matches(
                                parameter.path("in").asString().equals("header")
                                    ? "[A-Z][a-z]+(-[A-Z][a-z]+)*"
                                    : "[a-z_]+");
                      }
                    }));
  }

  private static JsonNode answer(String operation) {
    return Objects.requireNonNull(ANSWERS.get(operation)).ok();
  }

  /** What the description says of the answer to this operation. */
  private static JsonNode json(String operation) {
    return API.path("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(described -> described.path("operationId").asString().equals(operation))
        .findFirst()
        .orElseThrow()
        .path("responses")
        .path("200")
        .path("content")
        .path("application/json");
  }

  private static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? API.path("components")
            .path("schemas")
            .path(schema.path("$ref").asString().replaceAll(".*/", ""))
        : schema;
  }
}
