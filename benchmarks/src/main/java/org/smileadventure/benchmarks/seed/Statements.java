package org.smileadventure.benchmarks.seed;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Median;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What was claimed of single statements, by one client on one connection. */
final class Statements {
  private final int rounds;
  private final SingleConnectionDataSource connection;
  private final JdbcTemplate jdbc;
  private final LocalDate middle = today().minusDays(SeedClaims.DAYS / 2);

  private Statements(String url, int rounds) {
    this.rounds = rounds;
    connection = new SingleConnectionDataSource(url, true);
    jdbc = new JdbcTemplate(connection);
  }

  /**
   * Measures them all.
   *
   * @param parent of fifty children
   */
  static List<Claim> measure(String url, int rounds, long parent) {
    var statements = new Statements(url, rounds);
    try {
      return Stream.of(
              statements.indexes(parent), List.of(statements.pages(), statements.eager(parent)))
          .flatMap(List::stream)
          .toList();
    } finally {
      statements.connection.destroy();
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private List<Claim> indexes(long parent) {
    var child = jdbc.queryForObject("SELECT max(id) FROM children", Long.class);
    Runnable filters =
        () -> {
          rows(
              "SELECT * FROM game_sessions WHERE child_id = ? AND started_at >= ? AND completion_status = 'completed'",
              child,
              middle);
          rows(
              "SELECT * FROM game_sessions WHERE child_id = ? AND score >= 80 ORDER BY started_at DESC LIMIT 20",
              child);
          rows("SELECT * FROM game_sessions WHERE child_id = ? AND parent_rating = 5", child);
          rows(
              "SELECT * FROM game_sessions WHERE session_type = 'dental_visit' AND completion_status = 'abandoned' ORDER BY started_at DESC LIMIT 50");
          rows("SELECT * FROM game_sessions ORDER BY started_at DESC LIMIT 50");
        };
    Runnable join =
        () ->
            rows(
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
    var with = millis(filters);
    var joinWith = millis(join);
    // In a transaction that is taken back they are gone for this one alone.
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
    var without = new double[2];
    transaction.executeWithoutResult(
        status -> {
          jdbc.queryForList(
                  "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ('game_sessions', 'children') AND indexname LIKE 'idx_%'",
                  String.class)
              .forEach(index -> jdbc.execute("DROP INDEX " + index));
          without[0] = millis(filters);
          without[1] = millis(join);
          status.setRollbackOnly();
        });
    return List.of(
        Claim.less("filtered queries: indexes", 50, 80, without[0], with),
        Claim.less("joins: indexes", 60, 90, without[1], joinWith));
  }

  /** The page that begins after a tenth of all sessions. */
  private Claim pages() {
    var sessions = jdbc.queryForObject("SELECT count(*) FROM game_sessions", Long.class);
    var deep = (sessions == null ? 0 : sessions) / 10;
    var last =
        jdbc.queryForMap(
            "SELECT started_at, child_id FROM game_sessions ORDER BY started_at DESC, child_id DESC LIMIT 1 OFFSET ?",
            deep - 1);
    return Claim.less(
        "deep pages: keyset against offset",
        40,
        70,
        millis(
            () ->
                rows(
                    "SELECT * FROM game_sessions ORDER BY started_at DESC, child_id DESC LIMIT 20 OFFSET ?",
                    deep)),
        millis(
            () ->
                rows(
                    "SELECT * FROM game_sessions WHERE (started_at, child_id) < (?, ?) ORDER BY started_at DESC, child_id DESC LIMIT 20",
                    last.get("started_at"),
                    last.get("child_id"))));
  }

  /** A list of fifty children with what each has played in the last thirty days. */
  private Claim eager(long parent) {
    var since = today().minusDays(30);
    return Claim.less(
        "50 children with their sessions: one statement against 51",
        70,
        80,
        millis(
            () -> {
              for (var child :
                  jdbc.queryForList(
                      "SELECT id FROM children WHERE parent_id = ?", Long.class, parent)) {
                rows(
                    "SELECT * FROM game_sessions WHERE child_id = ? AND started_at >= ?",
                    child,
                    since);
              }
            }),
        millis(
            () ->
                rows(
                    "SELECT g.* FROM children c JOIN game_sessions g ON g.child_id = c.id AND g.started_at >= ? WHERE c.parent_id = ?",
                    since,
                    parent)));
  }

  private void rows(String sql, @Nullable Object... parameters) {
    jdbc.queryForList(sql, parameters);
  }

  /** The median of some rounds, after one to warm up. */
  private double millis(Runnable work) {
    work.run();
    var millis = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      millis.add(1e3 * Clock.seconds(work));
    }
    return Median.of(millis);
  }
}
