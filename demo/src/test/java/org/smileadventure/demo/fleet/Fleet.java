package org.smileadventure.demo.fleet;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.TokenIssuer;
import org.smileadventure.localstack.HaproxyServer;
import org.smileadventure.localstack.KafkaCluster;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RedisCluster;

/** Several of everything, as on many machines: servers, services, and a proxy in front of them. */
final class Fleet implements AutoCloseable {
  private static final int WORKERS = 4;

  final KafkaCluster kafka;
  final PostgresPair postgres;
  final RedisCluster redis;
  final TokenIssuer tokens = new TokenIssuer();
  private final Path home;
  private final List<Instance> ingest;
  private final List<Instance> query;
  private final List<Instance> managers;
  private final List<Instance> workers;
  private final HaproxyServer proxy;

  /**
   * Starts everything.
   *
   * @param proxyConfiguration what HAProxy is to read
   * @param kafkaIsUp is called before any service runs
   */
  Fleet(Path home, Path proxyConfiguration, Consumer<KafkaCluster> kafkaIsUp) {
    this.home = home;
    kafka = new KafkaCluster(home.resolve("kafka"), 3);
    postgres = new PostgresPair(home.resolve("postgres"));
    redis = new RedisCluster(home.resolve("redis"), LocalStack.SHARED_BINARIES, 3);
    together(
        Stream.of(
            kafka::start,
            redis::start,
            () -> {
              postgres.start();
              MigratedDatabase.migrate(postgres.url("postgres"));
            }));
    kafkaIsUp.accept(kafka);
    ingest =
        List.of(
            // One that keeps its partitions while it is away for a moment, and one that does not.
            instance("ingest-1", "ingest-service", Map.of("SMILE_INSTANCE_ID", "ingest-1")),
            instance("ingest-2", "ingest-service", Map.of()));
    query =
        List.of(
            instance("query-1", "query-api", Map.of()), instance("query-2", "query-api", Map.of()));
    managers =
        List.of(
            instance("manager-1", "analytics-batch", Map.of("SMILE_BATCH_ROLE", "manager")),
            instance("manager-2", "analytics-batch", Map.of("SMILE_BATCH_ROLE", "manager")));
    workers =
        IntStream.rangeClosed(1, WORKERS)
            .mapToObj(
                i ->
                    instance(
                        "worker-" + i,
                        "analytics-batch",
                        Map.of("SMILE_BATCH_ROLE", "worker", "SMILE_BATCH_THREADS", "1")))
            .toList();
    // All at once they would take longer than each is given.
    Stream.of(ingest, query, managers, workers)
        .forEach(group -> together(group.stream().map(instance -> instance::start)));
    proxy =
        new HaproxyServer(
            home.resolve("proxy"),
            proxyConfiguration,
            Map.of(
                "SMILE_INGEST_1",
                ingest.getFirst().address(),
                "SMILE_INGEST_2",
                ingest.getLast().address(),
                "SMILE_QUERY_1",
                query.getFirst().address(),
                "SMILE_QUERY_2",
                query.getLast().address(),
                "SMILE_JOBS_1",
                managers.getFirst().address(),
                "SMILE_JOBS_2",
                managers.getLast().address()));
    proxy.start();
  }

  private Instance instance(String name, String service, Map<String, String> more) {
    var login =
        switch (service) {
          case "ingest-service" -> "smile_ingest";
          case "query-api" -> "smile_query";
          default -> "smile_batch";
        };
    var environment = new HashMap<>(more);
    environment.put("SMILE_DATABASE_URL", postgres.url(login));
    environment.put("SMILE_DATABASE_USER", login);
    environment.put("SMILE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put(
        "SMILE_CACHE_URL",
        redis.uris().stream().map(URI::toString).collect(Collectors.joining(",")));
    environment.put("SMILE_TOKEN_PRIVATE_KEY", tokens.pem());
    environment.put("SMILE_JWKS_URL", tokens.jwksUrl());
    environment.put("SMILE_BATCH_SCHEDULE_CRON", "-");
    // More than a child plays in a day.
    environment.put("SMILE_INGEST_MAXSESSIONSPERDAY", "100000");
    return new Instance(name, service, home, environment);
  }

  /** Where all is reached over HTTP. */
  URI address() {
    return URI.create("http://127.0.0.1:" + proxy.port());
  }

  List<Instance> ingest() {
    return ingest;
  }

  List<Instance> query() {
    return query;
  }

  List<Instance> managers() {
    return managers;
  }

  List<Instance> workers() {
    return workers;
  }

  private Stream<Instance> instances() {
    return Stream.of(ingest, query, managers, workers).flatMap(List::stream);
  }

  private static void together(Stream<Runnable> deeds) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      CompletableFuture.allOf(
              deeds
                  .map(deed -> CompletableFuture.runAsync(deed, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
  }

  @Override
  public void close() {
    proxy.close();
    instances().forEach(Instance::close);
    redis.close();
    kafka.close();
    postgres.close();
    tokens.close();
  }
}
