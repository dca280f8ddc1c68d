package org.smileadventure.benchmarks.seed;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.QueryService;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the origin claimed of its indexes, pages, pool and cache, each measured before and after:
 * with the database on the same machine, and with a network between.
 */
@Command(
    name = "seed",
    mixinStandardHelpOptions = true,
    description = "The origin's claims about performance, each measured before and after.")
public final class SeedClaims implements Callable<Integer> {
  static final int DAYS = 180;
  private static final int SESSIONS_A_CHILD = 50;
  private static final int SIBLINGS = 50;
  private static final int ASKED_FOR = 500;

  @Option(names = "--sessions", description = "at least (default: ${DEFAULT-VALUE})")
  private int sessions = 1_000_000;

  @Option(names = "--rounds", description = "of each measurement (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--seconds", description = "of each load (default: ${DEFAULT-VALUE})")
  private double seconds = 5;

  @Option(
      names = "--delay",
      paramLabel = "MICROSECONDS",
      description = "between service and database, each way (default: ${DEFAULT-VALUE})")
  private int delayMicros = 500;

  private final Clock clock = new Clock();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("seed");
        var link =
            new DelayedLink(testbed.databasePort(), Duration.ofNanos(1_000L * delayMicros))) {
      var children = play(testbed);
      var near = measure(testbed, "loopback", testbed.jdbcUrl(), children);
      var far = measure(testbed, "network", testbed.jdbcUrl(link.port()), children);
      Claim.tell(near, far);
      new Bars()
          .figure("claims_held", Claim.held(far), 0)
          .figure("of", far.size(), 0)
          .figure("on_loopback", Claim.held(near), 0)
          .tell();
    }
    return 0;
  }

  private List<ChildId> play(Testbed testbed) {
    clock.phase("%,d sessions".formatted(sessions));
    testbed.migrate();
    var jdbc = testbed.jdbc();
    var children = Testbed.makeChildren(jdbc, sessions / SESSIONS_A_CHILD);
    var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    var history = new PlayHistory(testbed.jdbcUrl(), children, sessions, DAYS, yesterday);
    history.grow(DAYS);
    // A family of fifty, as large as a professional's list.
    jdbc.update(
        """
        UPDATE children SET parent_id = (SELECT min(parent_id) FROM children)
        WHERE id IN (SELECT id FROM children ORDER BY id LIMIT ?)
        """,
        SIBLINGS);
    jdbc.execute("VACUUM (ANALYZE)");
    clock.phase("their summaries");
    history.summarise();
    jdbc.execute("VACUUM (ANALYZE)");
    System.out.printf(
        "  %,d sessions of %,d children%n",
        jdbc.queryForObject("SELECT count(*) FROM game_sessions", Long.class), children.size());
    return children;
  }

  private List<Claim> measure(Testbed testbed, String link, String url, List<ChildId> children) {
    clock.phase("%s: a round trip takes %.2f ms".formatted(link, roundTripMillis(url)));
    var parent = testbed.jdbc().queryForObject("SELECT min(parent_id) FROM children", Long.class);
    var ids = children.stream().map(ChildId::value).toList();
    var claims = new ArrayList<>(Statements.measure(url, rounds, parent == null ? 0 : parent));
    claims.add(Pools.measure(url, rounds, seconds, ids));
    var others = ids.subList(SIBLINGS, Math.min(ids.size(), SIBLINGS + ASKED_FOR));
    try (var service = new QueryService(testbed, "query-api-" + link, url, Path.of("none"))) {
      claims.addAll(new CachedAnswers(testbed, service, rounds, seconds, others).measure());
    }
    return claims;
  }

  private static double roundTripMillis(String url) {
    var connection = new SingleConnectionDataSource(url, true);
    try {
      var jdbc = new JdbcTemplate(connection);
      var millis = new ArrayList<Double>();
      for (int i = 0; i < 1_000; i++) {
        millis.add(1e3 * Clock.seconds(() -> jdbc.execute("SELECT 1")));
      }
      return Median.of(millis);
    } finally {
      connection.destroy();
    }
  }
}
