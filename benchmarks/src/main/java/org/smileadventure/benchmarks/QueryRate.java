package org.smileadventure.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.QueryApi;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import redis.clients.jedis.RedisClient;

/** How fast a parent is answered: from the cache, from the database, and as the origin would. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "Cached answers against the same bytes from memory; cold ones against the bare SQL and"
            + " against loading all rows.")
final class QueryRate implements Callable<Integer> {
  private static final double BAR_CACHED = 0.7;
  private static final double BAR_P99 = 2;
  private static final double BAR_COLD = 1.5;
  private static final int THREADS = 8;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int DAYS = 365;
  private static final double SHARE_OF_FULL_LOAD = 0.5;
  private static final String ANALYTICS = SqlFile.read(QueryApi.class, "analytics/analytics.sql");

  @ParentCommand Benchmarks benchmarks = new Benchmarks();

  @Option(names = "--sessions", description = "of the child (default: ${DEFAULT-VALUE})")
  int sessions = 2_000;

  @Option(names = "--rounds", description = "of each measurement (default: ${DEFAULT-VALUE})")
  int rounds = 5;

  @Option(names = "--seconds", description = "of each round (default: ${DEFAULT-VALUE})")
  double seconds = 6;

  @Option(names = "--cold", description = "cold answers of each kind (default: ${DEFAULT-VALUE})")
  int cold = 300;

  @Override
  public Integer call() {
    var directory = benchmarks.directory().resolve("query");
    System.out.println("servers");
    try (var testbed = Testbed.open(directory, benchmarks.binaries())) {
      var bytes = directory.resolve("answer.json");
      try (var service = new QueryService(testbed, bytes);
          var redis =
              RedisClient.builder()
                  .hostAndPort(testbed.stack().redis().getHost(), testbed.stack().redis().getPort())
                  .build()) {
        var child = play(testbed);
        System.out.printf(
            "a child with %,d sessions%n",
            testbed
                .jdbc()
                .queryForObject(
                    "SELECT count(*) FROM game_sessions WHERE child_id = ?", Long.class, child));
        measure(testbed, service, redis, child, bytes);
      }
    }
    return 0;
  }

  /** One child's play in its day, as dense as it takes, with three of its days dirty. */
  private long play(Testbed testbed) {
    var jdbc = testbed.jdbc();
    var children = Testbed.makeChildren(jdbc, Math.max(2, sessions / 400));
    new PlayHistory(testbed.jdbcUrl(), children.size(), sessions, DAYS).grow(DAYS);
    var child = children.getFirst().value();
    jdbc.update("UPDATE game_sessions SET child_id = ?", child);
    jdbc.update("UPDATE activities SET child_id = ?", child);
    jdbc.query(
        "SELECT materialise_child_days(ARRAY[?]::bigint[], ARRAY['-infinity']::date[], ARRAY['infinity']::date[])",
        _ -> {},
        child);
    jdbc.execute("DELETE FROM dirty_child_days");
    jdbc.update(
        "INSERT INTO dirty_child_days (child_id, day) SELECT DISTINCT child_id, day FROM game_sessions WHERE child_id = ? ORDER BY day DESC LIMIT 3",
        child);
    jdbc.execute("VACUUM (ANALYZE)");
    return child;
  }

  private void measure(
      Testbed testbed, QueryService service, RedisClient redis, long child, Path bytes) {
    var parent =
        testbed
            .jdbc()
            .queryForObject("SELECT parent_id FROM children WHERE id = ?", Long.class, child);
    var token = service.token(parent == null ? 0 : parent);
    var cached = service.request("/api/v1/children/" + child + "/analytics?window=365d", token);
    var same = service.request(SameBytes.PATH.replace("{id}", Long.toString(child)), token);
    var body = service.send(cached).body();
    write(bytes, body);
    System.out.printf("an answer of %,d bytes%n", body.length);
    // Until the service and the clients are compiled.
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      Load.users(THREADS, seconds, 0, _ -> service.send(cached));
      Load.users(THREADS, seconds, 0, _ -> service.send(same));
    }

    var cachedRates = new ArrayList<Double>();
    var sameRates = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      sameRates.add(Load.users(THREADS, seconds, 0, _ -> service.send(same)).perSecond());
      cachedRates.add(Load.users(THREADS, seconds, 0, _ -> hit(service, cached)).perSecond());
      System.out.printf(
          "  from memory %,.0f/s, from the cache %,.0f/s%n",
          sameRates.getLast(), cachedRates.getLast());
    }
    var offered = SHARE_OF_FULL_LOAD * Math.min(Median.of(cachedRates), Median.of(sameRates));
    var cachedP99 = new ArrayList<Double>();
    var sameP99 = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      sameP99.add(Load.steady(THREADS, offered, seconds, _ -> service.send(same)).p99Millis());
      cachedP99.add(Load.steady(THREADS, offered, seconds, _ -> hit(service, cached)).p99Millis());
      System.out.printf(
          "  at %,.0f/s: p99 from memory %.2f ms, from the cache %.2f ms%n",
          offered, sameP99.getLast(), cachedP99.getLast());
    }

    var cache = new AnswerCache(redis, 0, InstantSource.system(), new SimpleMeterRegistry());
    var coldMillis = new ArrayList<Double>();
    var bareMillis = new ArrayList<Double>();
    var originMillis = new ArrayList<Double>();
    var connection = new SingleConnectionDataSource(testbed.jdbcUrl(), true);
    try {
      var bare = JdbcClient.create(connection);
      var template = new JdbcTemplate(connection);
      for (int i = -cold / 5; i < cold; i++) {
        cache.invalidate(List.of(new ChildId(child)));
        var begin = System.nanoTime();
        var answered = service.send(cached);
        var coldTime = (System.nanoTime() - begin) / 1e6;
        if (!answered.headers().firstValue("Cache-Status").orElse("").endsWith("miss")) {
          throw new BenchmarkFailure("not computed, though it was invalidated");
        }
        var bareTime = millis(() -> statement(bare, child, parent == null ? 0 : parent));
        var originTime = i % 10 == 0 ? millis(() -> OriginWay.ofChild(template, child)) : -1;
        if (i >= 0) {
          coldMillis.add(coldTime);
          bareMillis.add(bareTime);
          if (originTime >= 0) {
            originMillis.add(originTime);
          }
        }
      }
    } finally {
      connection.destroy();
    }
    var cachedRatio = Median.of(cachedRates) / Median.of(sameRates);
    var p99Ratio = Median.of(cachedP99) / Median.of(sameP99);
    var coldRatio = Median.of(coldMillis) / Median.of(bareMillis);
    var originFactor = Median.of(originMillis) / Median.of(coldMillis);
    System.out.printf(
        """

          from the cache                          %,8.0f/s   p99 at half load %6.2f ms
          the same bytes from memory              %,8.0f/s                    %6.2f ms
          cold, over HTTP, live days included     %8.2f ms
          its statement alone, over JDBC          %8.2f ms
          all rows loaded and computed            %8.2f ms
          query-api: heap 256 MB, %s in all

        """,
        Median.of(cachedRates),
        Median.of(cachedP99),
        Median.of(sameRates),
        Median.of(sameP99),
        Median.of(coldMillis),
        Median.of(bareMillis),
        Median.of(originMillis),
        Testbed.peakMegabytes(service.process()).map("%,d MB"::formatted).orElse("unknown"));
    System.out.printf(
        "RESULT cached_ratio=%.2f p99_ratio=%.2f cold_ratio=%.2f vs_origin=%.2f%n",
        cachedRatio, p99Ratio, coldRatio, originFactor);
    missed("cached_ratio", cachedRatio, cachedRatio >= BAR_CACHED, BAR_CACHED);
    missed("p99_ratio", p99Ratio, p99Ratio <= BAR_P99, BAR_P99);
    missed("cold_ratio", coldRatio, coldRatio <= BAR_COLD, BAR_COLD);
  }

  private static void missed(String name, double value, boolean held, double bar) {
    if (!held) {
      System.out.printf("bar missed: %s %.2f, bar %.1f%n", name, value, bar);
    }
  }

  /** The cache has to be what it comes from. */
  private static void hit(QueryService service, HttpRequest request) {
    var status = service.send(request).headers().firstValue("Cache-Status").orElse("");
    if (!status.endsWith("hit")) {
      throw new BenchmarkFailure("not from the cache: " + status);
    }
  }

  private static double millis(Runnable work) {
    var begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void statement(JdbcClient bare, long child, long viewer) {
    var moments =
        bare.sql(ANALYTICS)
            .param("now", Instant.now().toString())
            .param("child", child)
            .param("viewer", viewer)
            .param("window", "365d")
            .param("days", DAYS)
            .param("from", null, Types.DATE)
            .param("to", null, Types.DATE)
            .query((row, _) -> row.getString("moments"))
            .single();
    if (moments.isEmpty()) {
      throw new BenchmarkFailure("the statement found nothing");
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
