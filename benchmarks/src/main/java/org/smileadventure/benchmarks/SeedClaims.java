package org.smileadventure.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * What the origin claimed of its indexes, pages, pool and cache, each measured before and after.
 */
@Command(
    name = "seed",
    mixinStandardHelpOptions = true,
    description = "The origin's claims about performance, each measured before and after.")
final class SeedClaims implements Callable<Integer> {
  private static final int CHILDREN_A_SESSION = 50;
  private static final int DAYS = 180;
  private static final int SIBLINGS = 50;
  private static final int THINK_MILLIS = 200;
  private static final double BOUND_P95_MILLIS = 100;
  private static final int MOST_USERS = 1_600;

  @ParentCommand Benchmarks benchmarks = new Benchmarks();

  @Option(names = "--sessions", description = "at least (default: ${DEFAULT-VALUE})")
  int sessions = 1_000_000;

  @Option(names = "--rounds", description = "of each measurement (default: ${DEFAULT-VALUE})")
  int rounds = 5;

  @Option(names = "--seconds", description = "of each load (default: ${DEFAULT-VALUE})")
  double seconds = 5;

  private final List<Claim> claims = new ArrayList<>();
  private long began;

  /**
   * A claim.
   *
   * @param low of what was claimed: percent less, or times as many
   * @param unit what is measured
   */
  private record Claim(
      String what,
      double low,
      double high,
      double before,
      double after,
      double measured,
      String unit) {
    boolean held() {
      return measured >= low;
    }
  }

  @Override
  public Integer call() {
    began = System.nanoTime();
    phase("servers");
    var directory = benchmarks.directory().resolve("seed");
    try (var testbed = Testbed.open(directory, benchmarks.binaries());
        var service = new QueryService(testbed, directory.resolve("none"))) {
      measure(testbed, service);
    }
    System.out.printf("%n  %-52s %10s %22s %10s%n", "claim", "claimed", "measured", "");
    for (var claim : claims) {
      System.out.printf(
          "  %-52s %4.0f–%2.0f %-4s %8.2f → %8.2f %-4s %7.1f %-4s %s%n",
          claim.what(),
          claim.low(),
          claim.high(),
          claim.unit().equals("times") ? "x" : "%",
          claim.before(),
          claim.after(),
          claim.unit().equals("times") ? "" : claim.unit(),
          claim.measured(),
          claim.unit().equals("times") ? "x" : "%",
          claim.held() ? "held" : "NOT held");
    }
    System.out.printf(
        "%nRESULT claims_held=%d of=%d%n",
        claims.stream().filter(Claim::held).count(), claims.size());
    return 0;
  }

  private void measure(Testbed testbed, QueryService service) {
    var jdbc = testbed.jdbc();
    phase("%,d sessions".formatted(sessions));
    var children = Testbed.makeChildren(jdbc, sessions / CHILDREN_A_SESSION);
    var span = new PlayHistory(testbed.jdbcUrl(), children.size(), sessions, DAYS).grow(DAYS);
    phase("their summaries");
    new DaySummaries(testbed.jdbcUrl()).insert(span);
    // A family of fifty, as large as a professional's list.
    var parent = jdbc.queryForObject("SELECT min(parent_id) FROM children", Long.class);
    jdbc.update(
        "UPDATE children SET parent_id = ? WHERE id IN (SELECT id FROM children ORDER BY id LIMIT ?)",
        parent,
        SIBLINGS);
    jdbc.execute("VACUUM (ANALYZE)");
    System.out.printf(
        "  %,d sessions of %,d children; fsync=%s, synchronous_commit=%s%n",
        jdbc.queryForObject("SELECT count(*) FROM game_sessions", Long.class),
        children.size(),
        jdbc.queryForObject("SHOW fsync", String.class),
        jdbc.queryForObject("SHOW synchronous_commit", String.class));

    phase("statements");
    statements(testbed, parent == null ? 0 : parent);
    phase("pools");
    pools(testbed);
    phase("cache");
    var some = children.subList(SIBLINGS, Math.min(children.size(), SIBLINGS + 500));
    cache(testbed, service, some.stream().mapToLong(child -> child.value()).toArray());
  }

  private void statements(Testbed testbed, long parent) {
    var connection = new SingleConnectionDataSource(testbed.jdbcUrl(), true);
    try {
      var jdbc = new JdbcTemplate(connection);
      var child = jdbc.queryForObject("SELECT max(id) FROM children", Long.class);
      var middle = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS / 2);
      var filters =
          List.<Runnable>of(
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? AND started_at >= ? AND completion_status = 'completed'",
                      child,
                      middle),
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? AND score >= 80 ORDER BY started_at DESC LIMIT 20",
                      child),
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? AND parent_rating = 5",
                      child),
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE session_type = 'dental_visit' AND completion_status = 'abandoned' ORDER BY started_at DESC LIMIT 50"),
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions ORDER BY started_at DESC LIMIT 50"));
      Runnable allFilters = () -> filters.forEach(Runnable::run);
      var with = median(allFilters);
      Runnable join =
          () ->
              jdbc.queryForList(
                  """
                  SELECT u.full_name, c.name, count(*), avg(g.score)
                  FROM auth_users u
                  JOIN children c ON c.parent_id = u.id AND c.is_active
                  JOIN game_sessions g ON g.child_id = c.id AND g.started_at >= ?
                  WHERE u.id = ?
                  GROUP BY u.full_name, c.name
                  """,
                  middle,
                  parent);
      var joinWith = median(join);
      // In a transaction that is taken back they are gone for this one alone.
      var transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
      var without = new double[2];
      transaction.executeWithoutResult(
          status -> {
            jdbc.queryForList(
                    "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND (tablename IN ('game_sessions', 'children') AND indexname LIKE 'idx_%')",
                    String.class)
                .forEach(index -> jdbc.execute("DROP INDEX " + index));
            without[0] = median(allFilters);
            without[1] = median(join);
            status.setRollbackOnly();
          });
      less("filtered queries: indexes", 50, 80, without[0], with);
      less("joins: indexes", 60, 90, without[1], joinWith);

      var deep = sessions / 10;
      var last =
          jdbc.queryForMap(
              "SELECT started_at, child_id, id FROM game_sessions ORDER BY started_at DESC, child_id DESC LIMIT 1 OFFSET ?",
              deep - 1);
      var offset =
          median(
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions ORDER BY started_at DESC, child_id DESC LIMIT 20 OFFSET ?",
                      deep));
      var keyset =
          median(
              () ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE (started_at, child_id) < (?, ?) ORDER BY started_at DESC, child_id DESC LIMIT 20",
                      last.get("started_at"),
                      last.get("child_id")));
      less("deep pages: keyset against offset", 40, 70, offset, keyset);

      var severally =
          median(
              () -> {
                for (var one :
                    jdbc.queryForList(
                        "SELECT id FROM children WHERE parent_id = ?", Long.class, parent)) {
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? AND started_at >= ?",
                      one,
                      middle);
                }
              });
      var eager =
          median(
              () ->
                  jdbc.queryForList(
                      "SELECT g.* FROM children c JOIN game_sessions g ON g.child_id = c.id AND g.started_at >= ? WHERE c.parent_id = ?",
                      middle,
                      parent));
      less("sessions of 50 children: one statement against 51", 70, 80, severally, eager);
    } finally {
      connection.destroy();
    }
  }

  private void pools(Testbed testbed) {
    var most = testbed.jdbc().queryForObject("SELECT max(id) FROM children", Long.class);
    var ids = most == null ? 1 : most;
    var millis = new double[2];
    var sizes = new int[] {10, 50};
    var medians = List.of(new ArrayList<Double>(), new ArrayList<Double>());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 2; i++) {
        try (var pool = new HikariDataSource()) {
          pool.setJdbcUrl(testbed.jdbcUrl());
          pool.setMaximumPoolSize(sizes[i]);
          var jdbc = new JdbcTemplate(pool);
          IntConsumer call =
              _ ->
                  jdbc.queryForList(
                      "SELECT * FROM game_sessions WHERE child_id = ? ORDER BY started_at DESC LIMIT 20",
                      ThreadLocalRandom.current().nextLong(1, ids + 1));
          Load.users(50, 1, 0, call);
          medians.get(i).add(Load.users(50, seconds / 2, 0, call).medianMillis());
        }
      }
    }
    millis[0] = Median.of(medians.get(0));
    millis[1] = Median.of(medians.get(1));
    less("50 clients: pool of 50 against one of 10", 20, 40, millis[0], millis[1]);
  }

  private void cache(Testbed testbed, QueryService service, long[] children) {
    var jdbc = testbed.jdbc();
    var tokens = new String[children.length];
    for (int i = 0; i < children.length; i++) {
      var parent =
          jdbc.queryForObject(
              "SELECT parent_id FROM children WHERE id = ?", Long.class, children[i]);
      tokens[i] = service.token(parent == null ? 0 : parent);
    }
    var to = LocalDate.now(ZoneOffset.UTC);
    // The same figures of the same days; those of a period of one's own are not cached.
    var windows = List.of("window=30d", "from=" + to.minusDays(29) + "&to=" + to);
    IntConsumer cached = _ -> any(service, children, tokens, windows.get(0));
    IntConsumer uncached = _ -> any(service, children, tokens, windows.get(1));
    for (int i = 0; i < children.length; i++) {
      service.send(
          service.request(
              "/api/v1/children/" + children[i] + "/analytics?" + windows.get(0), tokens[i]));
    }
    Load.users(4, seconds, 0, uncached);
    Load.users(4, seconds, 0, cached);
    less(
        "an answer: cached against computed",
        90,
        95,
        Load.users(1, seconds, 0, uncached).medianMillis(),
        Load.users(1, seconds, 0, cached).medianMillis());

    // What parents do: each looks a few times within the life of an answer.
    var rate = 50;
    var before = testbed.used(service.process());
    Load.steady(8, rate, seconds * 2, uncached);
    var between = testbed.used(service.process());
    Load.steady(8, rate, seconds * 2, cached);
    var after = testbed.used(service.process());
    less(
        "the database's work at %d requests/s: cache".formatted(rate),
        40,
        60,
        between.since(before).postgres() * 1e3,
        after.since(between).postgres() * 1e3);

    var without = users(uncached);
    var with = users(cached);
    claims.add(
        new Claim(
            "users with p95 below %.0f ms: cache".formatted(BOUND_P95_MILLIS),
            2,
            3,
            without,
            with,
            with / (double) without,
            "times"));
  }

  private static void any(QueryService service, long[] children, String[] tokens, String window) {
    var i = ThreadLocalRandom.current().nextInt(children.length);
    service.send(
        service.request("/api/v1/children/" + children[i] + "/analytics?" + window, tokens[i]));
  }

  /**
   * Who think for a fifth of a second between answers: as many as there may be, in steps of a
   * quarter.
   */
  private int users(IntConsumer call) {
    var most = 1;
    for (double users = 8; users <= MOST_USERS; users *= 1.25) {
      var taken = Load.users((int) users, seconds, THINK_MILLIS, call);
      if (taken.p95Millis() > BOUND_P95_MILLIS) {
        break;
      }
      most = (int) users;
    }
    System.out.printf("  %d users%n", most);
    return most;
  }

  private double median(Runnable work) {
    work.run();
    var millis = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      var begin = System.nanoTime();
      work.run();
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return Median.of(millis);
  }

  private void less(String what, double low, double high, double before, double after) {
    claims.add(new Claim(what, low, high, before, after, 100 * (1 - after / before), "ms"));
    System.out.printf("  %s: %.2f → %.2f ms%n", what, before, after);
  }

  private void phase(String what) {
    System.out.printf("[%3.0f s] %s%n", (System.nanoTime() - began) / 1e9, what);
  }
}
