package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.smileadventure.query.fixture.ServiceUnderTest;

/** The servers that the service needs go away and come back. */
@RealServers
@Tag("slow")
class ServerFaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path home;

  @Test
  void withoutRedisAnswersComeFromTheDatabase() {
    try (var redis = new RedisServer(home, LocalStack.SHARED_BINARIES, 0)) {
      redis.start();
      try (var service = ServiceUnderTest.start(MigratedDatabase.newUrl(), redis.uri())) {
        var family = service.family("Europe/Rome");
        assertHealth(service, 200, "healthy", "connected", "connected");
        service.get(family.sessions(), family.token()).ok();
        assertThat(service.get(family.sessions(), family.token()).cacheStatus()).isEqualTo("hit");

        redis.stop();

        for (int i = 0; i < 12; i++) { // before the breaker opens and after
          var reply = service.get(family.sessions(), family.token());
          reply.ok();
          assertThat(reply.cacheStatus()).isEqualTo("fwd=bypass");
          service.get(family.sessions(), service.family("Europe/Rome").token()).problem(404);
        }
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertHealth(service, 200, "degraded", "connected", "disconnected"));

        redis.start();

        await()
            .atMost(PATIENCE)
            .until(
                () -> "hit".equals(service.get(family.sessions(), family.token()).cacheStatus()));
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertHealth(service, 200, "healthy", "connected", "connected"));
      }
    }
  }

  @Test
  void withoutPostgresThereIsWhatIsCachedAndTheRestIsToComeBackFor() {
    try (var postgres = new PostgresServer(home, LocalStack.SHARED_BINARIES, 0);
        var redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0)) {
      postgres.start();
      redis.start();
      try (var service = ServiceUnderTest.start(postgres.jdbcUrl("postgres"), redis.uri())) {
        var family = service.family("Europe/Rome");
        var cached = service.get(family.sessions(), family.token());
        assertHealth(service, 200, "healthy", "connected", "connected");

        postgres.kill();

        var asked = Instant.now();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertHealth(service, 503, "unhealthy", "disconnected", "connected"));
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        var stillThere = service.get(family.sessions(), family.token());
        assertThat(stillThere.cacheStatus()).isEqualTo("hit");
        assertThat(stillThere.body()).isEqualTo(cached.body());
        for (int i = 0; i < 2; i++) {
          var absent = service.get(family.analytics("7d"), family.token());
          absent.problem(503);
          assertThat(absent.header("Retry-After")).isEqualTo("5");
          assertThat(absent.cacheStatus()).isNull();
        }
        service
            .post("/api/v1/auth/token", "{\"email\": \"a@example.org\", \"password\": \"x\"}")
            .problem(503);
        assertThat(service.get("/actuator/health/liveness", null).status()).isEqualTo(200);

        postgres.start();

        await()
            .atMost(PATIENCE)
            .until(() -> service.get(family.analytics("7d"), family.token()).status() == 200);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertHealth(service, 200, "healthy", "connected", "connected"));
      }
    }
  }

  private static void assertHealth(
      ServiceUnderTest service, int code, String status, String database, String cache) {
    var reply = service.get("/health", null);
    var health = reply.json();
    assertThat(health.path("status").asString()).isEqualTo(status);
    assertThat(health.path("database").path("status").asString()).isEqualTo(database);
    assertThat(health.path("cache").path("status").asString()).isEqualTo(cache);
    assertThat(reply.status()).isEqualTo(code);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }
}
