package org.smileadventure.benchmarks.query;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.play.OriginWay;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.QueryService;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;

/** How fast a parent is answered: from the cache, from the database, and as the origin would. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "Cached answers against the same bytes from memory; cold ones against reading alone and"
            + " against loading all rows.")
public final class QueryRate implements Callable<Integer> {
  private static final double BAR_CACHED = 0.75;
  private static final double BAR_P99 = 1.6;
  private static final double BAR_ORIGIN = 2.5;
  private static final double SHARE_OF_FULL_LOAD = 0.5;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int DAYS = 365;

  /** So many times as many cold answers as are measured, until what answers them is compiled. */
  private static final int WARM_UP_TIMES = 3;

  /** So many children have between them what the heavy child is given. */
  private static final int SESSIONS_OF_ONE = 400;

  @Option(names = "--sessions", description = "of the heavy child (default: ${DEFAULT-VALUE})")
  private int sessions = 2_000;

  @Option(names = "--typical", description = "sessions of the other (default: ${DEFAULT-VALUE})")
  private int typical = 60;

  @Option(names = "--rounds", description = "of each measurement (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--seconds", description = "of each round (default: ${DEFAULT-VALUE})")
  private double seconds = 6;

  @Option(names = "--cold", description = "cold answers of each kind (default: ${DEFAULT-VALUE})")
  private int cold = 300;

  private final Clock clock = new Clock();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("query")) {
      var children = play(testbed);
      var bytes = testbed.directory("query-api").resolve("answer.json");
      try (var service = new QueryService(testbed, "query-api", testbed.jdbcUrl(), bytes);
          var redis = testbed.redisClient()) {
        measure(testbed, service, redis, children.getFirst(), children.getLast(), bytes);
      }
    }
    return 0;
  }

  /** The heavy child first, the typical one last; the months of yesterday and today are dirty. */
  private List<ChildId> play(Testbed testbed) {
    clock.phase("play");
    testbed.migrate();
    var jdbc = testbed.jdbc();
    var children = Testbed.makeChildren(jdbc, Math.max(2, sessions / SESSIONS_OF_ONE) + 1);
    var many = history(testbed, children.subList(0, children.size() - 1), sessions);
    // By chance it might be less.
    var few = history(testbed, children.subList(children.size() - 1, children.size()), 2 * typical);
    many.grow(DAYS);
    for (var table : List.of("game_sessions", "activities")) {
      jdbc.update("UPDATE %s SET child_id = ?".formatted(table), children.getFirst().value());
    }
    few.grow(DAYS);
    keep(jdbc, children.getFirst(), sessions);
    keep(jdbc, children.getLast(), typical);
    many.summarise();
    few.summarise();
    // As ingest leaves it: what was played yesterday and today is in no summary yet.
    jdbc.execute(
        """
        SELECT mark_months(array_agg(c.id), array_agg(d.day))
        FROM children c CROSS JOIN (VALUES (current_date - 1), (current_date)) AS d (day)
        """);
    jdbc.execute("VACUUM (ANALYZE)");
    jdbc.query(
        "SELECT child_id, count(*) AS sessions FROM game_sessions GROUP BY child_id ORDER BY child_id",
        row -> {
          System.out.printf(
              "  child %d: %,d sessions%n", row.getLong("child_id"), row.getLong("sessions"));
        });
    return children;
  }

  /** Keeps so many of a child's sessions, drawn by chance. */
  private static void keep(JdbcTemplate jdbc, ChildId child, int sessions) {
    jdbc.update(
        """
        DELETE FROM game_sessions
        WHERE child_id = ? AND id IN (
          SELECT id FROM game_sessions WHERE child_id = ? ORDER BY random() OFFSET ?)
        """,
        child.value(),
        child.value(),
        sessions);
  }

  private PlayHistory history(Testbed testbed, List<ChildId> children, int played) {
    return new PlayHistory(testbed.jdbcUrl(), children, played, DAYS, today);
  }

  private void measure(
      Testbed testbed,
      QueryService service,
      RedisClient redis,
      ChildId heavy,
      ChildId usual,
      Path bytes) {
    var ofHeavy = request(testbed, service, heavy, "analytics?window=365d");
    var ofBytes = request(testbed, service, heavy, "bytes");
    var ofUsual = request(testbed, service, usual, "analytics?window=365d");
    var body = service.send(ofHeavy).body();
    write(bytes, body);
    System.out.printf("  an answer of %,d bytes%n", body.length);

    clock.phase("cold");
    var cache = new AnswerCache(redis, 0, InstantSource.system(), new SimpleMeterRegistry());
    var connection = new SingleConnectionDataSource(testbed.jdbcUrl(), true);
    try {
      var template = new JdbcTemplate(connection);
      var self = ProcessHandle.current();
      var coldHeavy =
          new Series(
              testbed,
              "cold over HTTP, heavy child",
              service.process(),
              () -> miss(service, cache, heavy, ofHeavy));
      var coldUsual =
          new Series(
              testbed,
              "cold over HTTP, typical child",
              service.process(),
              () -> miss(service, cache, usual, ofUsual));
      var reader = new WindowReader(JdbcClient.create(template));
      var window = List.of(new DayRange(heavy, today.minusDays(DAYS - 1L), today));
      var reading =
          new Series(
              testbed,
              "its reading alone, over JDBC",
              self,
              () -> 1e3 * Clock.seconds(() -> reader.read(window)));
      var origin =
          new Series(
              testbed,
              "all rows loaded and computed",
              self,
              () -> 1e3 * Clock.seconds(() -> OriginWay.ofChild(template, heavy.value())));
      var all = List.of(coldHeavy, coldUsual, reading, origin);
      all.forEach(series -> series.warmUp(WARM_UP_TIMES * cold, Math.max(1, cold / 5)));
      for (int round = 0; round < rounds; round++) {
        all.forEach(series -> series.round(Math.max(1, cold / rounds)));
      }
      clock.phase("under load");
      var fromMemory =
          new FullLoad(
              testbed,
              "the same bytes from memory",
              service.process(),
              seconds,
              () -> service.send(ofBytes));
      var fromCache =
          new FullLoad(
              testbed,
              "from the cache",
              service.process(),
              seconds,
              () -> expect(service, ofHeavy, "hit"));
      underLoad(fromMemory, fromCache);

      tell(service, fromMemory, fromCache, all);
      new Bars()
          .atLeast("cached_ratio", fromCache.perSecond() / fromMemory.perSecond(), BAR_CACHED)
          .atMost("p99_ratio", fromCache.p99Millis() / fromMemory.p99Millis(), BAR_P99)
          .figure("cold_first_ms", coldHeavy.firstMedianMillis(), 1)
          .figure("cold_ratio", coldHeavy.medianMillis() / reading.medianMillis(), 2)
          .figure("cold_typical_ms", coldUsual.medianMillis(), 1)
          .figure("vs_origin_first", origin.firstMedianMillis() / coldHeavy.firstMedianMillis(), 2)
          .atLeast("vs_origin", origin.medianMillis() / coldHeavy.medianMillis(), BAR_ORIGIN)
          .tell();
    } finally {
      connection.destroy();
    }
  }

  private static HttpRequest request(
      Testbed testbed, QueryService service, ChildId child, String what) {
    var parent =
        JdbcClient.create(testbed.jdbc())
            .sql("SELECT parent_id FROM children WHERE id = ?")
            .param(child.value())
            .query(Long.class)
            .single();
    return service.request("/api/v1/children/%s/%s".formatted(child, what), service.token(parent));
  }

  private void underLoad(FullLoad fromMemory, FullLoad fromCache) {
    // Until the service and the clients are compiled.
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      fromCache.warmUp();
      fromMemory.warmUp();
    }
    for (int round = 0; round < rounds; round++) {
      fromMemory.round();
      fromCache.round();
    }
    var offered = SHARE_OF_FULL_LOAD * Math.min(fromMemory.perSecond(), fromCache.perSecond());
    for (int round = 0; round < rounds; round++) {
      fromMemory.steadyRound(offered);
      fromCache.steadyRound(offered);
    }
  }

  private static void tell(
      QueryService service, FullLoad fromMemory, FullLoad fromCache, List<Series> all) {
    System.out.printf(
        """

          %-32s %,8.0f/s   p99 at half load %6.2f ms
          %-32s %,8.0f/s   p99 at half load %6.2f ms
        """,
        "from the cache",
        fromCache.perSecond(),
        fromCache.p99Millis(),
        "the same bytes from memory",
        fromMemory.perSecond(),
        fromMemory.p99Millis());
    for (var series : all) {
      System.out.printf(
          "  %-32s %8.2f ms   the first ones %6.2f ms%n",
          series.measured().contender(), series.medianMillis(), series.firstMedianMillis());
    }
    System.out.printf(
        "  query-api: heap 256 MB, %s in all%n",
        Testbed.peakMegabytes(service.process()).map("%,d MB"::formatted).orElse("unknown"));
    Measured.tell(
        "answers",
        Stream.concat(
                Stream.of(fromCache.measured(), fromMemory.measured()),
                all.stream().map(Series::measured))
            .toList());
  }

  private static double miss(
      QueryService service, AnswerCache cache, ChildId child, HttpRequest request) {
    cache.invalidate(List.of(child));
    return 1e3 * Clock.seconds(() -> expect(service, request, "miss"));
  }

  /** It has to come from where it is said to come from. */
  private static void expect(QueryService service, HttpRequest request, String source) {
    var status = service.send(request).headers().firstValue("Cache-Status").orElse("");
    if (!status.endsWith(source)) {
      throw new BenchmarkFailure("a %s was expected, and it was: %s".formatted(source, status));
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
