package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation of the API's description, with good and bad input made from it at random: no
 * answer is a fault of ours, and every refusal is a problem document. What came is told with the
 * seed that it can be made from again.
 */
@RealServers
@Tag("slow")
class FuzzTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int REQUESTS = Integer.getInteger("smile.fuzz", 12);
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "999999999999999999999",
          "1.5",
          "1e9",
          "NaN",
          "null",
          "true",
          "[]",
          "{}",
          "'; DROP TABLE children; --",
          "%",
          "_",
          "\\",
          "\"",
          "<script>",
          "../../etc/passwd",
          "\uD83D\uDE00",
          "\u0000",
          "\u0001",
          "\uFFFF",
          "\uD800",
          "é".repeat(300),
          "a".repeat(5_000),
          "2026-02-30",
          "2026-01-01",
          "0000-00-00",
          "9999-12-31",
          "-infinity",
          "infinity",
          "MTIz",
          "OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
          "00000000-0000-0000-0000-000000000000",
          "fields",
          "a.b.c",
          ",");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();
  private static final Family FAMILY = SERVICE.family("Europe/Rome");
  private static final String SESSION = played();
  private static final JsonNode API = SERVICE.get("/v3/api-docs", null).ok();

  private static String played() {
    var play =
        Play.by(FAMILY.child(), Instant.now().minusSeconds(900))
            .interaction(Outcome.CORRECT)
            .then(Play.brushing(10, null, null, null, null))
            .completed(50);
    StoredHistory.store(SERVICE.db(), play.events());
    return play.events().getFirst().sessionId().toString();
  }

  static Stream<String> operations() {
    return API.path("paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .map(method -> method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noInputMakesAFaultOfOurs(String operation) {
    var method = operation.substring(0, operation.indexOf(' '));
    var path = operation.substring(operation.indexOf(' ') + 1);
    var described = API.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    for (int seed = 0; seed < REQUESTS; seed++) {
      var random = new Random(seed * 31L + operation.hashCode());
      var target = target(path, described, random);
      var body = body(described, random);
      var reply = send(method, target, body, token(random));
      assertThat(reply.status())
          .as("seed %d: %s %s %s → %s", seed, method, target, body, reply.body())
          .isLessThan(500);
      if (reply.status() >= 400
          && !String.valueOf(reply.header("Content-Type")).startsWith("text/html")) {
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      }
    }
  }

  private static Reply send(
      String method, String target, @Nullable String body, @Nullable String token) {
    return body == null
        ? SERVICE.send(method, target, token, null)
        : SERVICE.send(method, target, token, body, "Content-Type", "application/json");
  }

  private static @Nullable String token(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> "nonsense";
      case 2 -> Tokens.TRUSTED.of(FAMILY.parent(), "professional");
      case 3 -> Tokens.TRUSTED.of(FAMILY.parent(), "admin");
      default -> FAMILY.token();
    };
  }

  private static String target(String path, JsonNode operation, Random random) {
    var target = path;
    var query = new ArrayList<String>();
    for (var parameter : operation.path("parameters")) {
      var name = parameter.path("name").asString();
      if (parameter.path("in").asString().equals("path")) {
        var good =
            parameter.path("schema").has("enum")
                ? value(parameter.path("schema"), random)
                : path.contains("/sessions/{id}") ? SESSION : FAMILY.child().toString();
        var value = random.nextInt(3) == 0 ? any(NASTY, random) : good;
        target = target.replace("{" + name + "}", encoded(value.isEmpty() ? "x" : value));
      } else if (random.nextInt(3) == 0) {
        query.add(name + "=" + encoded(value(parameter.path("schema"), random)));
      }
    }
    if (random.nextInt(10) == 0) {
      query.add(encoded(any(NASTY, random)) + "=" + encoded(any(NASTY, random)));
    }
    return query.isEmpty() ? target : target + "?" + String.join("&", query);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  /** Mostly one that the schema allows. */
  private static String value(JsonNode schema, Random random) {
    if (random.nextInt(3) == 0) {
      return any(NASTY, random);
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).asString();
    }
    if (schema.has("pattern") && schema.path("pattern").asString().matches("[a-z0-9_|]+")) {
      return any(List.of(schema.path("pattern").asString().split("\\|")), random);
    }
    return switch (schema.path("type").asString("")) {
      case "integer" -> Integer.toString(random.nextInt(-2, 200));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      default ->
          schema.path("format").asString("").equals("date")
              ? "2026-%02d-%02d".formatted(random.nextInt(1, 13), random.nextInt(1, 29))
              : any(List.of("json", "csv", "pdf", "score", "sessions", "abc"), random);
    };
  }

  private static @Nullable String body(JsonNode operation, Random random) {
    var schema =
        operation.path("requestBody").path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      return null;
    }
    return switch (random.nextInt(6)) {
      case 0 -> any(NASTY, random);
      case 1 -> JSON.writeValueAsString(any(NASTY, random));
      default -> JSON.writeValueAsString(made(schema, random, 0));
    };
  }

  private static JsonNode made(JsonNode schema, Random random, int depth) {
    if (random.nextInt(8) == 0 || depth > 5) {
      return anything(random);
    }
    if (schema.has("$ref")) {
      var name = schema.path("$ref").asString().replaceAll(".*/", "");
      return made(API.path("components").path("schemas").path(name), random, depth + 1);
    }
    if (schema.has("properties")) {
      var object = JSON.createObjectNode();
      schema
          .path("properties")
          .forEachEntry(
              (name, property) -> {
                if (random.nextInt(6) > 0) {
                  object.set(name, made(property, random, depth + 1));
                }
              });
      return object;
    }
    if (schema.path("type").asString("").equals("array")) {
      var array = JSON.createArrayNode();
      for (int i = random.nextInt(7); i > 0; i--) {
        array.add(made(schema.path("items"), random, depth + 1));
      }
      return array;
    }
    var value = value(schema, random);
    return schema.path("type").asString("").matches("integer|boolean")
            && value.matches("-?[0-9]{1,9}|true|false")
        ? JSON.readTree(value)
        : JSON.getNodeFactory().stringNode(value);
  }

  private static JsonNode anything(Random random) {
    ObjectNode nested = JSON.createObjectNode();
    nested.put("a", any(NASTY, random));
    return switch (random.nextInt(6)) {
      case 0 -> JSON.getNodeFactory().nullNode();
      case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 3 -> nested;
      case 4 -> JSON.createArrayNode().add(nested);
      default -> JSON.getNodeFactory().stringNode(any(NASTY, random));
    };
  }

  private static String any(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
