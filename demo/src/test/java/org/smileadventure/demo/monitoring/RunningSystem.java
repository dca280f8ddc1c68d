package org.smileadventure.demo.monitoring;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.ModuleProcess;
import org.smileadventure.common.fixture.TokenIssuer;
import org.smileadventure.demo.deployment.Checkout;
import org.smileadventure.localstack.ApplicationServer;
import org.smileadventure.localstack.KafkaServer;
import org.smileadventure.localstack.LocalServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.PrometheusServer;
import org.smileadventure.localstack.RedisServer;

/**
 * The services on servers of their own, each of which can be killed, and a Prometheus that watches
 * them by the rules of this repository, so many times as fast: every duration in brackets and after
 * {@code for:} is divided, thresholds stay, and each second is scraped.
 */
final class RunningSystem implements AutoCloseable {
  /** Five minutes are ten seconds. */
  static final int TIMES_AS_FAST = 30;

  private static final String METRICS_PASSWORD = "for-tests";
  private static final Pattern DURATION = Pattern.compile("(\\[|\\bfor: )(\\d+)([mhd])\\b");
  private static final Map<String, Integer> SECONDS = Map.of("m", 60, "h", 3_600, "d", 86_400);

  private final Path home;
  private final Map<String, String> settings;
  private final TokenIssuer tokens = new TokenIssuer();
  private final Map<String, LocalServer> servers = new HashMap<>();
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final KafkaServer kafka;

  /**
   * A system that does not run yet.
   *
   * @param settings variables of all services, beside those that they need
   */
  RunningSystem(Path home, Map<String, String> settings) {
    this.home = home;
    this.settings = settings;
    postgres = new PostgresServer(home.resolve("postgres"), LocalStack.SHARED_BINARIES, 0);
    redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
    kafka = KafkaServer.inOwnProcess(home.resolve("kafka"), 0);
    servers.put("postgres", postgres);
    servers.put("redis", redis);
    servers.put("kafka", kafka);
  }

  /** Starts all but Prometheus. */
  void start() {
    together(postgres, redis, kafka);
    MigratedDatabase.migrate(databaseUrl());
    service("ingest-service", "org.smileadventure.ingest.IngestService", "smile_ingest");
    service("analytics-batch", "org.smileadventure.batch.AnalyticsBatch", "smile_batch");
    service("query-api", "org.smileadventure.query.QueryApi", "smile_query");
    together(server("ingest-service"), server("analytics-batch"), server("query-api"));
  }

  private void service(String module, String mainClass, String login) {
    var environment =
        new HashMap<>(
            Map.of(
                "SMILE_DATABASE_URL",
                LocalStack.loginAs(login, databaseUrl()),
                "SMILE_DATABASE_USER",
                login,
                "SMILE_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers(),
                "SMILE_CACHE_URL",
                redis.uri().toString(),
                "SMILE_METRICS_PASSWORD",
                METRICS_PASSWORD,
                // Else a restarted one waits until the group has missed the killed one.
                "SMILE_INSTANCE_ID",
                module));
    environment.putAll(settings);
    environment.put(
        module.equals("query-api") ? "SMILE_TOKEN_PRIVATE_KEY" : "SMILE_JWKS_URL",
        module.equals("query-api") ? tokens.pem() : tokens.jwksUrl());
    servers.put(
        module, ModuleProcess.of(module, mainClass, home, JavaProcess.freePort(), environment));
  }

  /** Prometheus from now on; closed with the others. */
  PrometheusServer startPrometheus() throws IOException {
    var configuration = Checkout.text("ops/prometheus/prometheus.yml");
    for (var service : new String[] {"ingest-service", "analytics-batch", "query-api"}) {
      configuration =
          configuration.replaceFirst(
              "\"" + service + ":\\d+\"",
              "\"" + ((ApplicationServer) server(service)).uri().getAuthority() + "\"");
    }
    configuration =
        configuration.replaceAll(
            "(scrape_interval|scrape_timeout|evaluation_interval): .*", "$1: 1s");
    var directory = Files.createDirectories(home.resolve("prometheus-files"));
    Files.writeString(directory.resolve("metrics-password"), METRICS_PASSWORD);
    Files.writeString(directory.resolve("prometheus.yml"), configuration);
    Files.writeString(
        directory.resolve("smile-rules.yml"),
        DURATION
            .matcher(Checkout.text("ops/prometheus/smile-rules.yml"))
            .replaceAll(RunningSystem::shorter));
    var prometheus =
        new PrometheusServer(home.resolve("prometheus"), directory.resolve("prometheus.yml"), 0);
    servers.put("prometheus", prometheus);
    prometheus.start();
    return prometheus;
  }

  private static String shorter(MatchResult duration) {
    var seconds = Long.parseLong(duration.group(2)) * SECONDS.getOrDefault(duration.group(3), 0);
    return duration.group(1) + Math.max(1, seconds / TIMES_AS_FAST) + "s";
  }

  LocalServer server(String name) {
    var server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException(name);
    }
    return server;
  }

  String databaseUrl() {
    return postgres.jdbcUrl("postgres");
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  URI query() {
    return ((ApplicationServer) server("query-api")).uri();
  }

  URI ingest() {
    return ((ApplicationServer) server("ingest-service")).uri();
  }

  TokenIssuer tokens() {
    return tokens;
  }

  private static void together(LocalServer... some) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      CompletableFuture.allOf(
              Stream.of(some)
                  .map(server -> CompletableFuture.runAsync(server::start, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
  }

  @Override
  public void close() {
    servers.values().forEach(LocalServer::kill);
    tokens.close();
  }
}
