package org.smileadventure.benchmarks.crowd;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Load;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.QueryService;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.event.ChildId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What breaks first when many ask at once. */
@Command(
    name = "crowd",
    mixinStandardHelpOptions = true,
    description =
        "So many requests a second of one query-api from the cache, a quarter of them on the morning"
            + " after a night that left nothing in it, and what a dashboard costs.")
public final class Crowd implements Callable<Integer> {
  /** More than wait for each other while all is well. */
  private static final int CLIENTS = 200;

  private static final int FEW_CLIENTS = 8;
  private static final int DAYS = 45;

  /** A quarter of the rate, half of it, and all. */
  private static final List<Integer> SHARES = List.of(4, 2, 1);

  @Option(names = "--rate", description = "requests a second at most (default: ${DEFAULT-VALUE})")
  private int rate = 1_000;

  @Option(
      names = "--children",
      description = "each with a parent who asks (default: ${DEFAULT-VALUE})")
  private int size = 2_000;

  @Option(
      names = "--sessions",
      description = "of a child in 45 days, about (default: ${DEFAULT-VALUE})")
  private int sessions = 20;

  @Option(names = "--seconds", description = "of each measurement (default: ${DEFAULT-VALUE})")
  private int seconds = 20;

  @Option(names = "--warm-up", description = "seconds (default: ${DEFAULT-VALUE})")
  private int warmUp = 120;

  private final Clock clock = new Clock();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("crowd")) {
      clock.phase("play");
      testbed.migrate();
      var children = Testbed.makeChildren(testbed.jdbc(), size);
      var play =
          new PlayHistory(
              testbed.jdbcUrl(),
              children,
              sessions * size,
              DAYS,
              LocalDate.now(ZoneOffset.UTC).minusDays(1));
      play.grow(DAYS);
      play.summarise();
      testbed.jdbc().execute("VACUUM (ANALYZE)");
      try (var service =
              new QueryService(
                  testbed, "query-api", testbed.jdbcUrl(), testbed.directory("query-api"));
          var redis = testbed.redisClient()) {
        measure(
            testbed,
            service,
            children,
            new AnswerCache(redis, 0, InstantSource.system(), new SimpleMeterRegistry()));
      }
    }
    return 0;
  }

  private void measure(
      Testbed testbed, QueryService service, List<ChildId> children, AnswerCache cache) {
    var analytics = new ArrayList<HttpRequest>();
    var dashboards = new ArrayList<HttpRequest>();
    testbed
        .jdbc()
        .query(
            "SELECT id, parent_id FROM children",
            row -> {
              var token = service.token(row.getLong("parent_id"));
              analytics.add(
                  service.request(
                      "/api/v1/children/%d/analytics?window=30d".formatted(row.getLong("id")),
                      token));
              dashboards.add(service.request("/api/v1/dashboard", token));
            });

    clock.phase("each is answered once, then as the service warms up");
    analytics.forEach(service::send);
    Load.users(FEW_CLIENTS, warmUp, 0, _ -> service.send(any(analytics)));

    var rows = new ArrayList<Measured>();
    var figures = new Bars().figure("rate", rate, 0);
    for (var share : SHARES) {
      clock.phase("from the cache, %d a second".formatted(rate / share));
      var taken = steady(testbed, service, rate / share, analytics, seconds, rows);
      figures
          .figure("p99_ms_at_" + rate / share, taken.p99Millis(), 1)
          .figure("cpu_us_at_" + rate / share, rows.getLast().microsPerUnit(), 0);
    }

    clock.phase("the morning after a night: nothing is in the cache");
    cache.invalidate(children);
    var morning = new Tally();
    var quarter = rate / SHARES.getFirst();
    var overrun = Load.steady(CLIENTS, quarter, seconds, _ -> morning.ask(service, any(analytics)));
    morning.tell(overrun);

    clock.phase("each dashboard once, with nothing in the cache, and then again and again");
    cache.invalidate(children);
    var begin = System.nanoTime();
    var before = testbed.used(service.process());
    dashboards.forEach(service::send);
    var first = Clock.seconds(begin);
    var between = testbed.used(service.process());
    var looks = Load.users(FEW_CLIENTS, seconds, 0, _ -> service.send(any(dashboards)));
    var again =
        new Measured(
            "dashboards from the cache, %d clients".formatted(FEW_CLIENTS),
            looks.answers(),
            seconds,
            testbed.used(service.process()).since(between));
    var computed =
        new Measured(
            "dashboards computed, 1 client", dashboards.size(), first, between.since(before));
    rows.add(computed);
    rows.add(again);

    Measured.tell("answers", rows);
    figures
        .figure("morning_s", morning.wellAgainSeconds(), 1)
        .figure("morning_refused", (double) morning.refused(), 0)
        .figure("cpu_us_per_dashboard", again.microsPerUnit(), 0)
        .figure("dashboard_cached_to_computed", again.microsPerUnit() / computed.microsPerUnit(), 2)
        .tell();
  }

  private static Load.Taken steady(
      Testbed testbed,
      QueryService service,
      int perSecond,
      List<HttpRequest> requests,
      int seconds,
      List<Measured> rows) {
    var answers = new Tally();
    var before = testbed.used(service.process());
    var begin = System.nanoTime();
    var taken = Load.steady(CLIENTS, perSecond, seconds, _ -> answers.ask(service, any(requests)));
    rows.add(
        new Measured(
            "from the cache, %d/s offered".formatted(perSecond),
            taken.answers(),
            Clock.seconds(begin),
            testbed.used(service.process()).since(before)));
    answers.tell(taken);
    return taken;
  }

  private static HttpRequest any(List<HttpRequest> requests) {
    return requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }
}
