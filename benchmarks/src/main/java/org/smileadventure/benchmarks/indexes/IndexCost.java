package org.smileadventure.benchmarks.indexes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Home;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.PostgresServer;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the indexes cost that game_sessions has because the seed lists them: the same sets of
 * sessions are inserted into a table with all its indexes and into one with only those that a query
 * here uses, in turns, each set in a transaction of its own with fsync on.
 */
@Command(name = "indexes", description = "The cost on writes of indexes that no query here uses.")
public final class IndexCost implements Callable<Integer> {
  private static final String INSERT = SqlFile.read(IndexCost.class, "insert-sessions.sql");

  /** The primary key comes on top of these. */
  private static final List<String> USED =
      List.of("idx_game_sessions_child_date_range", "idx_game_sessions_child_day");

  @Option(names = "--sessions", description = "a set (default: ${DEFAULT-VALUE})")
  private int sessions = 50_000;

  @Option(names = "--rounds", description = "sets for each table (default: ${DEFAULT-VALUE})")
  private int rounds = 8;

  @Override
  public Integer call() {
    try (var postgres = new PostgresServer(Home.directory("postgres"), Home.binaries(), 0)) {
      postgres.start();
      var dataSource = new PGSimpleDataSource();
      dataSource.setUrl(postgres.jdbcUrl("postgres"));
      Flyway.configure().dataSource(dataSource).cleanDisabled(false).load().clean();
      Flyway.configure()
          .dataSource(dataSource)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return measure(new JdbcTemplate(dataSource));
    }
  }

  private int measure(JdbcTemplate jdbc) {
    jdbc.execute("CREATE TABLE all_indexes (LIKE game_sessions INCLUDING ALL)");
    jdbc.execute(
        "CREATE TABLE used_indexes (LIKE game_sessions INCLUDING ALL EXCLUDING INDEXES, PRIMARY KEY (id, child_id))");
    for (var index : USED) {
      var definition =
          jdbc.queryForObject(
              "SELECT indexdef FROM pg_indexes WHERE indexname = ?", String.class, index);
      jdbc.execute(
          String.valueOf(definition)
              .replace(index, "used_" + index)
              .replace("public.game_sessions", "used_indexes"));
    }
    System.out.printf(
        "fsync=%s synchronous_commit=%s, %,d sessions a set, %d sets for each table%n",
        jdbc.queryForObject("SHOW fsync", String.class),
        jdbc.queryForObject("SHOW synchronous_commit", String.class),
        sessions,
        rounds);

    var all = new ArrayList<Double>();
    var used = new ArrayList<Double>();
    for (int round = 1; round <= rounds; round++) {
      all.add(insertSeconds(jdbc, "all_indexes"));
      used.add(insertSeconds(jdbc, "used_indexes"));
      System.out.printf(
          "  set %d: all %.2f s, used %.2f s%n", round, all.getLast(), used.getLast());
    }
    System.out.printf("%n  %-22s %8s %14s %10s%n", "", "indexes", "sessions/s", "index size");
    row(jdbc, "all_indexes", Median.of(all));
    row(jdbc, "used_indexes", Median.of(used));
    System.out.printf(
        "%nRESULT write_cost_of_unused_indexes=%.2f%n", Median.of(all) / Median.of(used));
    return 0;
  }

  private double insertSeconds(JdbcTemplate jdbc, String table) {
    jdbc.execute("CHECKPOINT");
    return Clock.seconds(() -> jdbc.update(INSERT.formatted(table), sessions, sessions));
  }

  private void row(JdbcTemplate jdbc, String table, double seconds) {
    System.out.printf(
        "  %-22s %8d %,14.0f %10s%n",
        table,
        jdbc.queryForObject(
            "SELECT count(*) FROM pg_indexes WHERE tablename = ?", Long.class, table),
        sessions / seconds,
        jdbc.queryForObject(
            "SELECT pg_size_pretty(pg_indexes_size(?::regclass))", String.class, table));
  }
}
