package org.smileadventure.demo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.localstack.PrometheusServer;
import org.smileadventure.localstack.RealServers;

/**
 * A real Prometheus watches the services, while a few families play and look, and servers are
 * killed. {@link RunningSystem} says how the rules are made to go {@value
 * RunningSystem#TIMES_AS_FAST} times as fast.
 */
@RealServers
@Tag("slow")
@EnabledIfSystemProperty(named = "smile.long", matches = "true")
class AlertsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So long an alert has to stay alone: as long as 90 seconds by the rules as they are. */
  private static final Duration ALONE = Duration.ofSeconds(90 / RunningSystem.TIMES_AS_FAST);

  @TempDir static Path home;

  private static RunningSystem system;
  private static Load load;
  private static Prometheus prometheus;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(PrometheusServer.isInstalled()).as("prometheus and promtool on the PATH").isTrue();
    // What is not known while a server is away has to be known soon after, as rules are so fast.
    system =
        new RunningSystem(
            home,
            Map.of(
                "SMILE_DEPENDENCIES_MEASURE_EVERY",
                "500ms",
                "SMILE_BATCH_MEASURE_EVERY",
                "1s",
                "SMILE_INGEST_MEASURE_UNSEEN_EVERY",
                "1s"));
    system.start();
    load = new Load(system);
    load.begin();
    // A service that has just started is slow: Prometheus sees it afterwards.
    await().atMost(PATIENCE).until(() -> load.quickAnswers() > 50);
    prometheus = new Prometheus(system.startPrometheus().uri());
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.query("up == 1").size() == 3 && prometheus.firing().isEmpty());
  }

  @AfterAll
  static void stop() {
    if (load != null) {
      load.close();
    }
    if (system != null) {
      system.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "redis, RedisAway",
    "kafka, KafkaAway",
    "postgres, PostgresAway",
    "ingest-service, IngestAway"
  })
  void whatIsKilledFiresItsAlertAndNoOtherUntilItIsBack(String killed, String alert) {
    var begin = Instant.now();
    var server = system.server(killed);
    server.kill();
    await().atMost(PATIENCE).until(() -> prometheus.firing().contains(alert));
    await().atMost(PATIENCE).during(ALONE).until(() -> prometheus.firing().equals(Set.of(alert)));
    server.start();
    await().atMost(PATIENCE).until(() -> prometheus.firing().isEmpty());
    await().atMost(PATIENCE).during(ALONE).until(() -> prometheus.firing().isEmpty());
    assertThat(prometheus.firedWithin(Duration.between(begin, Instant.now())))
        .containsExactly(alert);
  }

  @ParameterizedTest
  @MethodSource("org.smileadventure.demo.monitoring.Dashboard#all")
  void everyPanelShowsData(Dashboard dashboard) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(dashboard.expressions())
                    .filteredOn(expression -> prometheus.query(expression).isEmpty())
                    .isEmpty());
  }
}
