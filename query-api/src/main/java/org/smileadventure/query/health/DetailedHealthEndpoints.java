package org.smileadventure.query.health;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.cache.CacheCounts;
import org.smileadventure.common.dependency.DatabaseProbe;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the system is, in detail, for ops. 503 with status unhealthy where the database is away;
 * degraded where answers still come but something is not as it should be, which is said. Kept for a
 * second, and nothing is changed by asking.
 */
@RestController
class DetailedHealthEndpoints {
  private static final Duration KEPT_FOR = Duration.ofSeconds(1);

  private final DatabaseProbe probe;
  private final DatabaseFigures figures;
  private final DataSource dataSource;
  private final CacheCounts counts;
  private final HealthProperties properties;
  private final InstantSource clock;
  private final Kept<Performance> performance = new Kept<>();
  private final Kept<Database> database = new Kept<>();

  DetailedHealthEndpoints(
      DatabaseProbe probe,
      DatabaseFigures figures,
      DataSource dataSource,
      CacheCounts counts,
      HealthProperties properties,
      InstantSource clock) {
    this.probe = probe;
    this.figures = figures;
    this.dataSource = dataSource;
    this.counts = counts;
    this.properties = properties;
    this.clock = clock;
  }

  /** An answer that is given again for a second. */
  private final class Kept<T> {
    private @Nullable T value;
    private Instant since = Instant.MIN;

    synchronized T get(Supplier<T> find) {
      var now = clock.instant();
      if (value == null || now.isBefore(since) || since.plus(KEPT_FOR).isBefore(now)) {
        value = find.get();
        since = now;
      }
      return value;
    }
  }

  /**
   * The whole.
   *
   * @param reasons why the status is not healthy
   */
  record Performance(
      String status,
      List<String> reasons,
      @Nullable DatabasePerformance databasePerformance,
      @Nullable CacheStatistics cachePerformance,
      PoolStatus connectionPool,
      DatabaseFigures.@Nullable Freshness summaryFreshness,
      List<DatabaseFigures.Lag> consumerLag,
      Instant timestamp) {

    record DatabasePerformance(
        String databaseSize,
        DatabaseFigures.Connections connections,
        PoolStatus poolStatus,
        List<DatabaseFigures.Table> largestTables,
        List<DatabaseFigures.Index> indexes,
        @Nullable List<DatabaseFigures.Statement> slowestStatements) {}
  }

  record Cache(
      String status, String cacheStatus, @Nullable CacheStatistics statistics, Instant timestamp) {}

  record Database(String status, Connected database, Instant timestamp) {

    record Connected(String status, @Nullable Double connectionTimeMs, PoolStatus poolStatus) {}
  }

  @Operation(summary = "Database, cache, pool, summaries and consumers together")
  @GetMapping("/health/performance")
  ResponseEntity<Performance> performance() {
    var found = performance.get(this::measured);
    return answer(found.status(), found);
  }

  private Performance measured() {
    var pool = PoolStatus.of(dataSource);
    var reasons = new ArrayList<String>();
    var cache = cacheStatistics();
    if (cache == null) {
      reasons.add("the cache does not answer");
    }
    if (!probe.answers()) {
      return unhealthy(reasons, cache, pool);
    }
    try {
      var freshness = figures.freshness();
      var oldest = freshness.oldestDirtySince();
      if (oldest != null && oldest.plus(properties.staleAfter()).isBefore(clock.instant())) {
        reasons.add("a month has waited to be summarised since " + oldest);
      }
      if ("FAILED".equals(freshness.lastNightlyStatus())) {
        reasons.add("the last nightly job has failed");
      }
      var details =
          new Performance.DatabasePerformance(
              figures.size(),
              figures.connections(),
              pool,
              figures.largestTables(),
              figures.indexes(),
              figures.slowestStatements());
      return new Performance(
          reasons.isEmpty() ? "healthy" : "degraded",
          reasons,
          details,
          cache,
          pool,
          freshness,
          figures.lag(),
          clock.instant());
    } catch (DataAccessException _) {
      return unhealthy(reasons, cache, pool);
    }
  }

  private Performance unhealthy(
      List<String> reasons, @Nullable CacheStatistics cache, PoolStatus pool) {
    reasons.add("the database does not answer");
    return new Performance(
        "unhealthy", reasons, null, cache, pool, null, List.of(), clock.instant());
  }

  @Operation(summary = "The cache, over all instances")
  @GetMapping("/health/cache")
  ResponseEntity<Cache> cache() {
    var statistics = cacheStatistics();
    var found =
        new Cache(
            statistics == null ? "degraded" : "healthy",
            statistics == null ? "away" : "operational",
            statistics,
            clock.instant());
    return answer(found.status(), found);
  }

  @Operation(summary = "The database's answer and the connections to it")
  @GetMapping("/health/database")
  ResponseEntity<Database> database() {
    var found =
        database.get(
            () -> {
              var start = System.nanoTime();
              var connected = probe.answers();
              var millis = Math.round((System.nanoTime() - start) / 1e4) / 100.0;
              return new Database(
                  connected ? "healthy" : "unhealthy",
                  new Database.Connected(
                      connected ? "connected" : "disconnected",
                      connected ? millis : null,
                      PoolStatus.of(dataSource)),
                  clock.instant());
            });
    return answer(found.status(), found);
  }

  private @Nullable CacheStatistics cacheStatistics() {
    return counts.fleet().map(fleet -> CacheStatistics.of(fleet, counts.here())).orElse(null);
  }

  private static <T> ResponseEntity<T> answer(String status, T body) {
    return ResponseEntity.status(
            status.equals("unhealthy") ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
        .cacheControl(CacheControl.noStore())
        .body(body);
  }
}
