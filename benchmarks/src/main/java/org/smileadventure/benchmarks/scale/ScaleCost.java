package org.smileadventure.benchmarks.scale;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.ingest.EventCost;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.BatchService;
import org.smileadventure.benchmarks.services.QueryService;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.SessionPacking;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;

/** What a child, an event and an answer cost at four sizes: docs/scale.md reckons with it. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description =
        "What an event, a child's night, an answer and a child's year cost as there are more children.")
public final class ScaleCost implements Callable<Integer> {
  private static final String STEPS = SqlFile.read(ScaleCost.class, "steps.sql");
  private static final int SIZES = 4;
  private static final int YEAR = 365;
  private static final double MOST_PER_PACKED_EVENT = 40;

  /** Steps that take less are of the time that it takes to note them. */
  private static final double WORTH_TELLING = 0.2;

  @Option(
      names = "--children",
      description =
          "at the largest size, of which each one before is half (default: ${DEFAULT-VALUE})")
  private int largest = 20_000;

  @Option(
      names = "--days",
      description = "that each child has played in (default: ${DEFAULT-VALUE})")
  private int days = 45;

  @Option(
      names = "--sessions",
      description = "of a child in these days, about (default: ${DEFAULT-VALUE})")
  private int sessions = 20;

  @Option(names = "--events", description = "measured at each size (default: ${DEFAULT-VALUE})")
  private int events = 150_000;

  @Option(
      names = "--answers",
      description = "of each kind at each size (default: ${DEFAULT-VALUE})")
  private int answers = 400;

  private final Clock clock = new Clock();
  private final Cost perEvent = Cost.each("processor: an event, µs");
  private final Cost perNight = Cost.each("processor: a child's night, µs");
  private final Cost perPacked = Cost.each("processor: packing a session, µs");
  private final Cost perAnswer = Cost.each("processor: an answer from the database, µs");
  private final Cost perCached = Cost.each("processor: an answer from the cache, µs");
  private final Cost plainEvent = Cost.each("bytes: an event before it is packed");
  private final Cost packedEvent = Cost.each("bytes: an event when it is packed");
  private final Cost session = Cost.each("bytes: a session's row and activities");
  private final Cost month = Cost.each("bytes: a child's month");
  private final Cost windows = Cost.each("bytes: a child's windows");
  private final Cost population = Cost.each("bytes: a child's part in the population");
  private final Cost perYear = Cost.each("bytes: a child's year");
  private final Cost cutting = Cost.ofAll("seconds: cutting steps into ranges, in all");
  private final Map<String, Cost> steps = new LinkedHashMap<>();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("scale");
        var ingest = new EventCost(testbed);
        var batch = new BatchService(testbed, 2, null)) {
      batch.start();
      try (var query =
              new QueryService(
                  testbed, "query-api", testbed.jdbcUrl(), testbed.directory("query-api"));
          var redis = testbed.redisClient()) {
        for (int size = 1; size <= SIZES; size++) {
          measure(testbed, ingest, batch, query, redis, largest >> (SIZES - size));
        }
      }
    }
    clock.phase("done");
    tell();
    return 0;
  }

  private void measure(
      Testbed testbed,
      EventCost ingest,
      BatchService batch,
      QueryService query,
      RedisClient redis,
      int size) {
    clock.phase("%,d children".formatted(size));
    var jdbc = JdbcClient.create(testbed.jdbc());
    var before = jdbc.sql("SELECT count(*) FROM children").query(Integer.class).single();
    var children = Testbed.makeChildren(testbed.jdbc(), size - before);
    var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    new PlayHistory(
            testbed.jdbcUrl(),
            children.subList(before, size),
            sessions * (size - before),
            days,
            yesterday)
        .grow(days);
    jdbc.sql(
            """
            INSERT INTO dirty_child_months (child_id, month)
            SELECT DISTINCT child_id, date_trunc('month', day) FROM game_sessions
            ON CONFLICT DO NOTHING
            """)
        .update();
    var taken = ingest.measure(children, events / 2, events);
    perEvent.at(size, taken.microsPerUnit());
    testbed.jdbc().execute("VACUUM (ANALYZE)");
    var plain = Sizes.of(jdbc);
    plainEvent.at(size, plain.perPlainEvent());
    perPacked.at(size, pack(testbed, jdbc).microsPerUnit());
    // What there is for the first time.
    batch.measureWhole("", size, "nightly");
    night(testbed, batch, jdbc, size);
    bytes(testbed, jdbc, size);
    answers(testbed, query, redis, jdbc, children, size);
  }

  /** All sessions that have ended. */
  private static Measured pack(Testbed testbed, JdbcClient jdbc) {
    var connection = new SingleConnectionDataSource(testbed.jdbcUrl(), true);
    try {
      var own = JdbcClient.create(connection);
      var transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
      var due =
          jdbc.sql("DELETE FROM unpacked_sessions RETURNING child_id, session_id")
              .query(
                  (row, _) ->
                      new SessionPacking.Key(
                          new ChildId(row.getLong(1)), new SessionId(row.getObject(2, UUID.class))))
              .list();
      return testbed.measure(
          "packing",
          () -> {
            var packed = transaction.execute(_ -> new SessionPacking(own).pack(due));
            return packed == null ? 0 : packed.packed();
          });
    } finally {
      connection.destroy();
    }
  }

  /** One after a day on which each child has played. */
  private void night(Testbed testbed, BatchService batch, JdbcClient jdbc, int size) {
    jdbc.sql(
            "SELECT mark_months(array_agg(id), array_agg((now() AT TIME ZONE 'UTC')::date - 1)) FROM children")
        .query(_ -> {});
    testbed.jdbc().execute("VACUUM (ANALYZE)");
    testbed.jdbc().execute("CHECKPOINT");
    var night = batch.measureWhole("a night", size, "nightly");
    perNight.at(size, night.microsPerUnit());
    var cut = new double[1];
    jdbc.sql(STEPS)
        .query(
            row -> {
              steps
                  .computeIfAbsent(
                      row.getString("step_name"), name -> Cost.ofAll("seconds: step " + name))
                  .at(size, row.getDouble("seconds"));
              cut[0] += row.getDouble("cutting");
            });
    cutting.at(size, cut[0]);
    System.out.printf("  a night: %.1f s%n", night.seconds());
  }

  private void bytes(Testbed testbed, JdbcClient jdbc, int size) {
    testbed.jdbc().execute("VACUUM (ANALYZE)");
    var sizes = Sizes.of(jdbc);
    packedEvent.at(size, sizes.perPackedEvent());
    session.at(size, sizes.perSession());
    month.at(size, sizes.perMonth());
    windows.at(size, sizes.ofWindows());
    population.at(size, sizes.ofPopulation());
    perYear.at(size, sizes.perChildAndYear(sessionsAYear(), eventsASession(sizes)));
  }

  private double sessionsAYear() {
    return (double) sessions / days * YEAR;
  }

  private static double eventsASession(Sizes sizes) {
    return (double) (sizes.plainEvents() + sizes.packedEvents()) / sizes.toldSessions();
  }

  /** Of children drawn by chance, each asked once and then once more. */
  private void answers(
      Testbed testbed,
      QueryService query,
      RedisClient redis,
      JdbcClient jdbc,
      List<ChildId> children,
      int size) {
    var drawn = new ArrayList<>(children);
    Collections.shuffle(drawn, new Random(size));
    var cache = new AnswerCache(redis, 0, InstantSource.system(), new SimpleMeterRegistry());
    ask(testbed, query, jdbc, drawn.subList(0, Math.min(answers, size / 2)), cache);
    var asked = drawn.subList(size / 2, Math.min(size, size / 2 + answers));
    perAnswer.at(size, ask(testbed, query, jdbc, asked, cache).microsPerUnit());
    perCached.at(size, ask(testbed, query, jdbc, asked, null).microsPerUnit());
  }

  private static Measured ask(
      Testbed testbed,
      QueryService query,
      JdbcClient jdbc,
      List<ChildId> children,
      @Nullable AnswerCache emptied) {
    if (emptied != null) {
      emptied.invalidate(children);
    }
    var requests =
        children.stream()
            .map(
                child ->
                    query.request(
                        "/api/v1/children/%s/analytics?window=30d".formatted(child),
                        query.token(
                            jdbc.sql("SELECT parent_id FROM children WHERE id = ?")
                                .param(child.value())
                                .query(Long.class)
                                .single())))
            .toList();
    var before = testbed.used(query.process());
    var begin = System.nanoTime();
    for (var request : requests) {
      var status = query.send(request).headers().firstValue("Cache-Status").orElse("");
      if (!status.endsWith(emptied == null ? "hit" : "miss")) {
        throw new BenchmarkFailure("an answer came from elsewhere than it should: " + status);
      }
    }
    return new Measured(
        "answers",
        requests.size(),
        Clock.seconds(begin),
        testbed.used(query.process()).since(before));
  }

  private void tell() {
    var header = new StringBuilder("%n  %-46s".formatted("children"));
    for (int size = 1; size <= SIZES; size++) {
      header.append(" %,12d".formatted(largest >> (SIZES - size)));
    }
    System.out.println(header + "   all grows by");
    var worth =
        new ArrayList<>(
            List.of(
                perEvent,
                perNight,
                perPacked,
                perAnswer,
                perCached,
                plainEvent,
                packedEvent,
                session,
                month,
                windows,
                population,
                perYear));
    steps.values().stream().filter(step -> step.last() >= WORTH_TELLING).forEach(worth::add);
    worth.add(cutting);
    worth.forEach(Cost::tell);
    new Bars()
        .figure("cpu_us_per_event", perEvent.last(), 1)
        .figure("cpu_us_per_child_night", perNight.last(), 0)
        .figure("cpu_us_per_answer", perAnswer.last(), 0)
        .figure("bytes_per_child_year", perYear.last(), 0)
        .atMost("bytes_per_event_packed", packedEvent.last(), MOST_PER_PACKED_EVENT)
        .figure("growth_max", worth.stream().mapToDouble(Cost::growth).max().orElseThrow(), 2)
        .tell();
  }
}
