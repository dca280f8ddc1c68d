package org.smileadventure.demo.fleet;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A primary and its streaming replica. A commit is acknowledged when both have it. What an operator
 * does by hand is a method.
 */
final class PostgresPair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATABASE = "postgres";

  private final PostgresServer first;
  private final PostgresServer second;
  private PostgresServer primary;
  private PostgresServer replica;

  PostgresPair(Path home) {
    first = new PostgresServer(home.resolve("first"), LocalStack.SHARED_BINARIES, 0);
    second = new PostgresServer(home.resolve("second"), LocalStack.SHARED_BINARIES, 0);
    primary = first;
    replica = second;
  }

  void start() {
    primary.start();
    rebuildReplica();
  }

  /** The address of both, which leads to whichever is the primary. */
  String url(String login) {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary&user=%s"
        .formatted(first.port(), second.port(), DATABASE, login);
  }

  /** The primary goes as if its machine lost power; the replica takes its place. */
  void failOver() {
    primary.kill();
    replica.promote();
    var killed = primary;
    primary = replica;
    replica = killed;
  }

  /** Makes the one that is not the primary its replica, from a new copy. */
  void rebuildReplica() {
    replica.copy(primary);
    replica.start();
    awaitReplica();
    commitOnBoth(true);
  }

  void killReplica() {
    replica.kill();
  }

  /** What lets writers go on while there is no replica. */
  void goOnAlone() {
    commitOnBoth(false);
  }

  void returnReplica() {
    replica.start();
    awaitReplica();
    commitOnBoth(true);
  }

  private void awaitReplica() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Objects.equals(
                    jdbc()
                        .queryForObject(
                            "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'",
                            Integer.class),
                    1));
  }

  private void commitOnBoth(boolean both) {
    var jdbc = jdbc();
    jdbc.execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(both ? "*" : ""));
    jdbc.execute("SELECT pg_reload_conf()");
  }

  /** Of the primary, without a pool. */
  JdbcTemplate jdbc() {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(primary.jdbcUrl(DATABASE));
    return new JdbcTemplate(dataSource);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
