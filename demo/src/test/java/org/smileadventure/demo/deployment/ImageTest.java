package org.smileadventure.demo.deployment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;

/**
 * The images are built and run as Compose says, as far as that goes without an engine: the file
 * trees of the Dockerfiles, in namespaces of their own, against real servers. Their base image is
 * not there; its place is taken by this machine's programs.
 */
@RealServers
@Tag("slow")
@EnabledIfSystemProperty(named = "smile.long", matches = "true")
class ImageTest {
  private static final ComposeFile COMPOSE = ComposeFile.read();
  // An image has half of this, and a machine of its own.
  private static final Duration START = Duration.ofMinutes(3);
  private static final String METRICS = "only-for-this-test";

  /** With all of their instructions; the others are without an AOT cache, which takes long. */
  private static final List<String> TRAINED =
      Boolean.getBoolean("smile.images.trained") ? COMPOSE.ours() : List.of("web");

  @TempDir private static Path directory;

  private final Map<String, Integer> ports = new TreeMap<>();

  @BeforeAll
  static void namespacesAreAllowed() {
    var possible = Image.canBeRun() && COMPOSE.ours().stream().noneMatch(ImageTest::lacksItsJar);
    if (!possible && "required".equals(System.getenv("SMILE_NAMESPACES"))) {
      throw new AssertionError(
          "namespaces are required, and cannot be had; or nothing is packaged");
    }
    assumeTrue(possible, "needs the right to make namespaces, and jars, as after mvn package");
  }

  private static boolean lacksItsJar(String module) {
    try (var jars = Files.newDirectoryStream(Checkout.file(module + "/target"), "*-exec.jar")) {
      return !jars.iterator().hasNext();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void imagesRunWithinTheirLimitsAndEndAsTheyAreAsked() throws Exception {
    var images = new TreeMap<String, Image>();
    for (var module : COMPOSE.ours()) {
      images.put(module, Image.build(module, directory.resolve(module), TRAINED.contains(module)));
      ports.put(module, freePort());
    }
    var database = LocalStack.shared().newDatabase();
    var environments = environments(database);
    migrate(image(images, "query-api"), database);

    var containers = new TreeMap<String, Container>();
    var limits = new ArrayList<MemoryLimit>();
    try {
      for (var module : images.keySet()) {
        var limit = MemoryLimit.of(memoryLimit(module));
        limits.add(limit);
        var container =
            image(images, module)
                .start(
                    environments.getOrDefault(module, Map.of()),
                    limit,
                    directory.resolve(module + ".log"));
        containers.put(module, container);
        assertThat(container.isHealthy(port(module))).as("%s at once", module).isFalse();
      }
      containers.forEach(this::becomesHealthy);
      for (var module : TRAINED) {
        assertThat(container(containers, module).output())
            .as("%s takes what its training has left", module)
            .doesNotContain("AOT");
      }
      for (var module : List.of("query-api", "ingest-service", "analytics-batch")) {
        knowsItsLimit(module);
      }
      containers.forEach(
          (module, container) ->
              assertThat(container.peakBytes())
                  .as("most memory of %s", module)
                  .isLessThan(memoryLimit(module)));

      endsAndAnswersFirst(container(containers, "query-api"), "query-api", "/api/v1/auth/token");
      endsAndAnswersFirst(
          container(containers, "ingest-service"), "ingest-service", "/api/v1/events/beacon");
      ends(container(containers, "analytics-batch"), "analytics-batch");
      ends(container(containers, "web"), "web");
    } finally {
      for (var container : containers.values()) {
        container.close();
        container.engine().waitFor();
      }
      for (var limit : limits) {
        limit.close();
      }
    }
  }

  /** As Compose does it, before the others. */
  private static void migrate(Image image, String database)
      throws IOException, InterruptedException {
    try (var limit = MemoryLimit.of(1L << 30);
        var migration =
            image.start(
                Map.of("SMILE_DATABASE_URL", database, "SMILE_MIGRATION_USER", "postgres"),
                limit,
                directory.resolve("migrate.log"),
                "migrate")) {
      assertThat(migration.endedWithin(START)).as(migration.output()).isZero();
      assertThat(migration.output()).contains("the schema is at version");
    }
  }

  private void becomesHealthy(String module, Container container) {
    try {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> container.isHealthy(port(module)) || !container.engine().isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(module + " is not healthy\n" + container.output(), e);
    }
    assertThat(container.engine().isAlive()).as(container.output()).isTrue();
  }

  /** Three quarters are for the heap, or Java has seen the whole machine. */
  private void knowsItsLimit(String module) throws IOException, InterruptedException {
    var limit = memoryLimit(module);
    var credentials =
        Base64.getEncoder().encodeToString(("prometheus:" + METRICS).getBytes(US_ASCII));
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port(module) + "/actuator/prometheus"))
            .header("Authorization", "Basic " + credentials)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var metrics = http.send(request, BodyHandlers.ofString()).body();
      var heap =
          Pattern.compile("(?m)^jvm_memory_max_bytes\\{area=\"heap\".*} ([0-9.E+]+)$")
              .matcher(metrics)
              .results()
              .mapToDouble(found -> Double.parseDouble(found.group(1)))
              .sum();
      assertThat(heap).as("heap of %s", module).isBetween(0.6 * limit, 0.78 * limit);
    }
  }

  /** Stops it while a request is under way: none other is taken, and that one is answered. */
  private void endsAndAnswersFirst(Container container, String module, String path)
      throws Exception {
    var body = "{\"email\": \"a@example.org\", \"password\": \"p\", \"access_token\": \"x\"}";
    try (var request = connection(module)) {
      var type = path.endsWith("beacon") ? "text/plain" : "application/json";
      write(
          request,
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(path, type, body.length(), body.substring(0, 10)));
      container.terminate();
      await().atMost(Duration.ofSeconds(30)).until(() -> isRefused(module));
      write(request, body.substring(10));
      var answer = new String(request.getInputStream().readNBytes(12), US_ASCII);
      assertThat(answer).as("answer of %s", module).matches("HTTP/1.1 4[0-9]{2}");
    }
    hasEnded(container, module);
  }

  private void ends(Container container, String module) throws InterruptedException {
    container.terminate();
    hasEnded(container, module);
  }

  private static void hasEnded(Container container, String module) throws InterruptedException {
    var grace = COMPOSE.service(module).path("stop_grace_period").asString();
    // As Docker tells it of a process that SIGTERM ends: 128 + 15.
    assertThat(container.endedWithin(Duration.parse("PT" + grace))).as(module).isEqualTo(143);
    assertThat(container.output())
        .as(module)
        .doesNotContain("OutOfMemoryError", "Exception in thread");
  }

  private boolean isRefused(String module) throws IOException {
    try (var connection = connection(module)) {
      return !connection.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private Socket connection(String module) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port(module));
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(US_ASCII));
    connection.getOutputStream().flush();
  }

  /** Those of Compose, with this test's servers in the place of its. */
  private Map<String, Map<String, String>> environments(String database) throws Exception {
    var stack = LocalStack.shared();
    var query = "http://127.0.0.1:" + port("query-api");
    var here = new HashMap<String, String>();
    here.put("SMILE_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
    here.put("SMILE_CACHE_URL", stack.redis().toString());
    here.put("SMILE_JWKS_URL", query + "/api/v1/auth/jwks");
    here.put("SMILE_QUERY_URL", query);
    here.put("SMILE_TOKEN_PRIVATE_KEY", newSigningKey());
    here.put("SMILE_METRICS_PASSWORD", METRICS);
    var environments = new HashMap<String, Map<String, String>>();
    for (var module : COMPOSE.ours()) {
      var environment = new HashMap<String, String>();
      COMPOSE
          .environment(module)
          .forEach((name, value) -> environment.put(name, ComposeFile.interpolated(value)));
      environment.replaceAll((name, value) -> here.getOrDefault(name, value));
      var login = environment.get("SMILE_DATABASE_USER");
      if (login != null) {
        environment.put("SMILE_DATABASE_URL", LocalStack.loginAs(login, database));
      }
      // No container has a port of its own here.
      environment.put("SERVER_PORT", Integer.toString(port(module)));
      environment.put("SERVER_ADDRESS", "127.0.0.1");
      environments.put(module, environment);
    }
    return environments;
  }

  private static String newSigningKey() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key = generator.generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(key));
  }

  /** In bytes. */
  private static long memoryLimit(String module) {
    var limit = COMPOSE.service(module).path("mem_limit").asString();
    var number = Long.parseLong(limit.substring(0, limit.length() - 1));
    return limit.endsWith("g") ? number << 30 : number << 20;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private int port(String module) {
    return ports.getOrDefault(module, 0);
  }

  private static Image image(Map<String, Image> images, String module) {
    return requireNonNull(images.get(module));
  }

  private static Container container(Map<String, Container> containers, String module) {
    return requireNonNull(containers.get(module));
  }
}
