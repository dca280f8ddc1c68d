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
import redis.clients.jedis.RedisClient;

/** What breaks first when many ask at once. */
@Command(
    name = "crowd",
    mixinStandardHelpOptions = true,
    description =
        "So many requests a second of one query-api: from the cache, and on the morning after a"
            + " night that left nothing in it; and what a dashboard costs, which is never cached.")
public final class Crowd implements Callable<Integer> {
  /** More than wait for each other while all is well. */
  private static final int CLIENTS = 200;

  private static final int DASHBOARD_CLIENTS = 8;

  @Option(names = "--rate", description = "requests a second (default: ${DEFAULT-VALUE})")
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

  @Option(names = "--morning", description = "seconds of the morning (default: ${DEFAULT-VALUE})")
  private int morning = 60;

  private static final int DAYS = 45;

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
          var redis =
              RedisClient.builder()
                  .hostAndPort(testbed.stack().redis().getHost(), testbed.stack().redis().getPort())
                  .build()) {
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

    clock.phase("each is answered once");
    analytics.forEach(service::send);
    Load.steady(CLIENTS, rate, seconds, _ -> service.send(any(analytics)));

    clock.phase("all from the cache");
    var answers = new Tally();
    var before = testbed.used(service.process());
    var cached = Load.steady(CLIENTS, rate, seconds, _ -> answers.ask(service, any(analytics)));
    var cachedUse = testbed.used(service.process()).since(before);
    answers.tell(cached);

    clock.phase("the morning after a night: nothing is in the cache");
    var first = new Tally();
    cache.invalidate(children);
    before = testbed.used(service.process());
    var overrun = Load.steady(CLIENTS, rate, morning, _ -> first.ask(service, any(analytics)));
    var morningUse = testbed.used(service.process()).since(before);
    first.tell(overrun);

    clock.phase("dashboards");
    Load.users(DASHBOARD_CLIENTS, seconds, 0, _ -> service.send(any(dashboards)));
    before = testbed.used(service.process());
    var looks = Load.users(DASHBOARD_CLIENTS, seconds, 0, _ -> service.send(any(dashboards)));
    var looksUse = testbed.used(service.process()).since(before);

    var ofCache = new Measured("from the cache", cached.answers(), seconds, cachedUse);
    var ofDashboards = new Measured("dashboards, 8 clients", looks.answers(), seconds, looksUse);
    Measured.tell(
        "answers",
        List.of(
            ofCache,
            new Measured("the morning", overrun.answers(), morning, morningUse),
            ofDashboards));
    new Bars()
        .figure("rate", rate, 0)
        .figure("cached_p99_ms", cached.p99Millis(), 1)
        .figure("cached_refused", (double) answers.refused(), 0)
        .figure("cpu_us_per_cached", ofCache.microsPerUnit(), 0)
        .figure("morning_s", first.wellAgainSeconds(), 1)
        .figure("morning_refused", (double) first.refused(), 0)
        .figure("morning_p99_ms", overrun.p99Millis(), 0)
        .figure("cpu_us_per_dashboard", ofDashboards.microsPerUnit(), 0)
        .tell();
  }

  private static HttpRequest any(List<HttpRequest> requests) {
    return requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }
}
