package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** What ops are told, and how few may wait for a connection. */
@RealServers
class HealthTest {
  private static final String ADMIN = Tokens.TRUSTED.of(1, "admin");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_WAITING = 4;

  /**
   * Who also waits: what forgets pending invalidations, what looks for ended logins, and what says
   * that this instance runs.
   */
  private static final int OF_THE_SERVICE = 3;

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          "--smile.database.queue=" + MOST_WAITING,
          "--spring.datasource.hikari.connection-timeout=20000");

  @TempDir Path home;

  @BeforeEach
  void nothingToComplainOf() {
    SERVICE.clock().set(Instant.now());
    SERVICE.db().sql("TRUNCATE dirty_child_months, consumer_lag").update();
    SERVICE.db().sql("TRUNCATE batch_job_instance CASCADE").update();
  }

  private static Reply health(ServiceUnderTest service, String what) {
    service.clock().set(Instant.now());
    return service.get(
        "/health/" + what, Tokens.TRUSTED.of(service.user("admin", "unused"), "admin"));
  }

  /** Once the answer that is kept is no longer the one from before. */
  private static void awaitPerformance(ServiceUnderTest service, int code, String status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              service.clock().set(Instant.now());
              var reply = service.get("/health/performance", ADMIN);
              assertThat(reply.json().path("status").asString()).isEqualTo(status);
              assertThat(reply.status()).isEqualTo(code);
            });
  }

  @Test
  void requestsAreTimedAndTheirFiltersAreNot() {
    SERVICE.get("/health", null);
    var meters = SERVICE.bean("prometheusMeterRegistry", MeterRegistry.class);
    assertThat(meters.getMeters())
        .extracting(meter -> meter.getId().getName())
        .contains("http.server.requests")
        .noneMatch(name -> name.startsWith("spring.security"));
  }

  @Test
  void figuresAreThoseOfTheDatabase() {
    SERVICE.family("Europe/Rome");
    SERVICE
        .db()
        .sql("INSERT INTO consumer_lag VALUES ('ingest', 'events', 42, 1.5, now())")
        .update();
    nightly("COMPLETED");
    SERVICE
        .db()
        .sql(
            "INSERT INTO dirty_child_months (child_id, month) VALUES (1, '2026-05-01'), (2, '2026-05-01')")
        .update();
    awaitPerformance(SERVICE, 200, "healthy");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              SERVICE.clock().set(Instant.now());
              var answer = SERVICE.get("/health/performance", ADMIN).ok();
              var database = answer.path("database_performance");
              assertThat(database.path("database_size").asString()).matches("[0-9]+ [kMG]B");
              assertThat(database.path("connections").path("total").longValue()).isPositive();
              assertThat(database.path("largest_tables").size()).isEqualTo(10);
              var largest = database.path("largest_tables").get(0);
              assertThat(largest.path("size_bytes").longValue())
                  .isGreaterThanOrEqualTo(
                      database.path("largest_tables").get(9).path("size_bytes").longValue());
              assertThat(database.path("indexes").size()).isEqualTo(20);
              var freshness = answer.path("summary_freshness");
              assertThat(freshness.path("dirty_months").longValue()).isEqualTo(2);
              assertThat(freshness.path("oldest_dirty_month").asString()).isEqualTo("2026-05-01");
              assertThat(freshness.path("last_nightly_status").asString()).isEqualTo("COMPLETED");
              assertThat(freshness.path("last_nightly_seconds").doubleValue()).isEqualTo(90);
              var lag = answer.path("consumer_lag").get(0);
              assertThat(lag.path("events").longValue()).isEqualTo(42);
              assertThat(lag.path("seconds").doubleValue()).isEqualTo(1.5);
            });
  }

  private static void nightly(String status) {
    SERVICE
        .db()
        .sql("INSERT INTO batch_job_instance VALUES (1, 0, 'nightly', 'a') ON CONFLICT DO NOTHING")
        .update();
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time, status)
            SELECT coalesce(max(job_execution_id), 0) + 1, 0, 1, now(), now() - interval '90 seconds', now(), :status
            FROM batch_job_execution
            """)
        .param("status", status)
        .update();
  }

  @Test
  void failedNightAndDaysThatWaitTooLongAreSaidToBeDegraded() {
    awaitPerformance(SERVICE, 200, "healthy");
    nightly("FAILED");
    awaitPerformance(SERVICE, 200, "degraded");
    assertThat(reasons()).containsExactly("the last nightly job has failed");
    nightly("COMPLETED");
    awaitPerformance(SERVICE, 200, "healthy");
    SERVICE
        .db()
        .sql(
            "INSERT INTO dirty_child_months (child_id, month, marked_at) VALUES (?, '2026-05-01', now() - interval '37 hours')")
        .param(SERVICE.family("UTC").child().value())
        .update();
    awaitPerformance(SERVICE, 200, "degraded");
    assertThat(reasons().getFirst()).startsWith("a month has waited to be summarised since ");
  }

  private static List<String> reasons() {
    return SERVICE
        .get("/health/performance", ADMIN)
        .ok()
        .path("reasons")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  @Test
  void hitRateIsThatOfAllInstances() {
    var redis = LocalStack.shared().redis() + "/127";
    try (var one = ServiceUnderTest.start("--SMILE_CACHE_URL=" + redis);
        var other = ServiceUnderTest.start("--SMILE_CACHE_URL=" + redis)) {
      var before = statistics(one);
      for (var service : List.of(one, other)) {
        var family = service.family("Europe/Rome");
        for (int i = 0; i < 4; i++) {
          service.get(family.sessions(), family.token()).ok();
        }
        service.invalidate(family.child());
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var now = statistics(one);
                assertThat(difference(now, before, "total_requests")).isEqualTo(8);
              });
      var now = statistics(other);
      assertThat(difference(now, before, "hits") + difference(now, before, "misses")).isEqualTo(8);
      assertThat(difference(now, before, "hits")).isGreaterThanOrEqualTo(5);
      assertThat(difference(now, before, "deletes")).isGreaterThanOrEqualTo(2);
      var hits = now.path("hits").doubleValue();
      assertThat(now.path("hit_rate_percent").doubleValue())
          .isEqualTo(Math.round(1e4 * hits / now.path("total_requests").doubleValue()) / 100.0);
      assertThat(now.path("memory_usage_estimate").asString()).matches("[0-9.]+[KMG]");
      assertThat(now.path("this_instance").path("hits").longValue()).isLessThan((long) hits);
    }
  }

  private static JsonNode statistics(ServiceUnderTest service) {
    return health(service, "cache").ok().path("statistics");
  }

  private static long difference(JsonNode now, JsonNode before, String name) {
    return now.path(name).longValue() - before.path(name).longValue();
  }

  @Test
  void utilizationIsThatOfTheConnectionsInUse() throws SQLException {
    var held = new ArrayList<Connection>();
    try {
      for (int i = 0; i < 3; i++) {
        held.add(SERVICE.bean("dataSource", DataSource.class).getConnection());
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                SERVICE.clock().set(Instant.now());
                var answer = SERVICE.get("/health/database", ADMIN).ok();
                assertThat(answer.path("status").asString()).isEqualTo("healthy");
                assertThat(answer.path("database").path("connection_time_ms").doubleValue())
                    .isPositive();
                var pool = answer.path("database").path("pool_status");
                assertThat(pool.path("checked_out").intValue()).isEqualTo(3);
                assertThat(pool.path("utilization_percent").doubleValue()).isEqualTo(75.0);
                assertThat(pool.path("total_connections").intValue())
                    .isEqualTo(3 + pool.path("checked_in").intValue());
                assertThat(pool.path("overflow").intValue())
                    .isEqualTo(pool.path("total_connections").intValue() - 1);
              });
    } finally {
      for (var connection : held) {
        connection.close();
      }
    }
  }

  @Test
  void whoComesAfterThoseThatMayWaitIsTurnedAwayAtOnce() throws Exception {
    var family = SERVICE.family("Europe/Rome");
    SERVICE.get(family.sessions(), family.token()).ok();
    var held = new ArrayList<Connection>();
    try (var clients = Executors.newFixedThreadPool(MOST_WAITING)) {
      var asking = new ArrayList<Future<Reply>>();
      try {
        for (int i = 0; i < 4; i++) {
          held.add(SERVICE.bean("dataSource", DataSource.class).getConnection());
        }
        // What the service asks by itself every second waits, too; so not all of these may.
        for (var window : List.of("7d", "30d", "365d", "all")) {
          asking.add(clients.submit(() -> SERVICE.get(family.analytics(window), family.token())));
        }
        awaitWaiting();
        var asked = System.nanoTime();
        var reply = SERVICE.get(family.analytics("90d"), family.token());
        reply.problem(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(SERVICE.get(family.sessions(), family.token()).cacheStatus()).isEqualTo("hit");
      } finally {
        for (var connection : held) {
          connection.close();
        }
      }
      var answered = 0;
      for (var future : asking) {
        var reply = future.get();
        if (reply.status() == 200) {
          answered++;
        } else {
          reply.problem(503);
        }
      }
      assertThat(answered).isBetween(MOST_WAITING - OF_THE_SERVICE, MOST_WAITING);
    }
  }

  private static void awaitWaiting() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              SERVICE.clock().set(Instant.now());
              var pool =
                  SERVICE
                      .get("/health/database", ADMIN)
                      .json()
                      .path("database")
                      .path("pool_status");
              assertThat(pool.path("waiting").intValue()).isGreaterThanOrEqualTo(MOST_WAITING);
            });
  }

  @Test
  void serversThatAreAwayAreToldApart() {
    try (var postgres = new PostgresServer(home, LocalStack.SHARED_BINARIES, 0);
        var redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0)) {
      postgres.start();
      redis.start();
      try (var service = ServiceUnderTest.start(postgres.jdbcUrl("postgres"), redis.uri())) {
        service.clock().set(Instant.now());
        assertState(service, 200, "healthy", 200, "healthy", 200, "healthy");
        redis.stop();
        assertState(service, 200, "degraded", 200, "degraded", 200, "healthy");
        redis.start();
        assertState(service, 200, "healthy", 200, "healthy", 200, "healthy");
        postgres.kill();
        assertState(service, 503, "unhealthy", 200, "healthy", 503, "unhealthy");
        postgres.start();
        assertState(service, 200, "healthy", 200, "healthy", 200, "healthy");
      }
    }
  }

  private static void assertState(
      ServiceUnderTest service,
      int performanceCode,
      String performance,
      int cacheCode,
      String cache,
      int databaseCode,
      String database) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              service.clock().set(Instant.now());
              assertStatus(service, "performance", performanceCode, performance);
              assertStatus(service, "cache", cacheCode, cache);
              assertStatus(service, "database", databaseCode, database);
            });
  }

  private static void assertStatus(ServiceUnderTest service, String what, int code, String status) {
    var reply = service.get("/health/" + what, ADMIN);
    assertThat(reply.json().path("status").asString()).as(what).isEqualTo(status);
    assertThat(reply.status()).as(what).isEqualTo(code);
  }

  @Test
  void whatNeedsAnotherServerSaysSoWithoutOne() {
    try (var service =
        ServiceUnderTest.start(MigratedDatabase.newUrl(), URI.create("redis://127.0.0.1:1"))) {
      service.clock().set(Instant.now());
      assertStatus(service, "cache", 200, "degraded");
    }
  }
}
