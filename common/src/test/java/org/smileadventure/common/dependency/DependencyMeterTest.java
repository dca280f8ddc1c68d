package org.smileadventure.common.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RealServers;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

@RealServers
class DependencyMeterTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofMillis(50);

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path home;

  @Test
  void databaseIsSeenToGoAndToComeBack() {
    try (var postgres =
        new PostgresServer(home.resolve("postgres"), LocalStack.SHARED_BINARIES, 0)) {
      postgres.start();
      var probe = new DatabaseProbe(new Url(postgres.jdbcUrl("postgres")));
      try (var _ = meter(new Dependency("postgres", probe::answers))) {
        awaitUp("postgres", 1);
        postgres.kill();
        awaitUp("postgres", 0);
        postgres.start();
        awaitUp("postgres", 1);
      }
    }
  }

  @Test
  void databaseThatTakesConnectionsAndSaysNothingIsAway() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var probe =
          new DatabaseProbe(
              new Url("jdbc:postgresql://127.0.0.1:%d/smile".formatted(silent.getLocalPort())));
      var begin = System.nanoTime();
      assertThat(probe.answers()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void kafkaIsSeenWhereItIsAndNotWhereItIsNot() {
    try (var kafka = new KafkaProbe(at(LocalStack.shared().bootstrapServers()));
        var nobody = new KafkaProbe(at("127.0.0.1:" + JavaProcess.freePort()))) {
      assertThat(kafka.answers()).isTrue();
      assertThat(nobody.answers()).isFalse();
    }
  }

  @Test
  void serverThatHangsAndOneThatFailsKeepNoOtherWaiting() {
    var never = new CountDownLatch(1);
    try (var _ =
        meter(
            new Dependency("hangs", () -> isReached(never)),
            new Dependency(
                "fails",
                () -> {
                  throw new IllegalStateException("broken");
                }),
            new Dependency("answers", () -> true))) {
      awaitUp("answers", 1);
      awaitUp("fails", 0);
      assertThat(up("hangs")).isNaN();
    }
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private DependencyMeter meter(Dependency... dependencies) {
    return new DependencyMeter(List.of(dependencies), OFTEN, meters);
  }

  private void awaitUp(String dependency, double value) {
    await().atMost(SOON).until(() -> up(dependency) == value);
  }

  private double up(String dependency) {
    return meters.get("smile.dependency.up").tag("dependency", dependency).gauge().value();
  }

  private static Map<String, Object> at(String servers) {
    return Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
  }

  private record Url(String getJdbcUrl) implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return "postgres";
    }

    @Override
    public String getPassword() {
      return "";
    }
  }
}
