package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@RealServers
@Tag("slow")
@EnabledIfSystemProperty(named = "smile.long", matches = "true")
class ReplicatedServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path home;

  @Test
  void replicaOfPostgresTakesThePlaceOfAKilledPrimaryWhichBecomesItsReplica() {
    try (var first = postgres("first");
        var second = postgres("second")) {
      first.start();
      Sql.execute(url(first), "CREATE TABLE t AS SELECT 1 AS n");
      second.copy(first);
      second.start();
      Sql.execute(url(first), "ALTER SYSTEM SET synchronous_standby_names = '*'");
      Sql.execute(url(first), "SELECT pg_reload_conf()");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Sql.value(
                          url(first),
                          "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                      .equals("1"));
      Sql.execute(url(first), "INSERT INTO t VALUES (2)");

      first.kill();
      second.promote();

      assertThat(Sql.value(url(second), "SELECT sum(n) FROM t")).isEqualTo("3");
      first.copy(second);
      first.start();
      Sql.execute(url(second), "INSERT INTO t VALUES (4)");
      await()
          .atMost(PATIENCE)
          .until(() -> Sql.value(url(first), "SELECT sum(n) FROM t").equals("7"));
    }
  }

  @Test
  void replicaOfARedisTakesThePlaceOfItsKilledPrimary() {
    try (var cluster = new RedisCluster(home, LocalStack.SHARED_BINARIES, 3)) {
      cluster.start();
      var before = cluster.primaries();
      assertThat(before).hasSize(3);
      var killed = before.getFirst();

      killed.kill();

      await().atMost(PATIENCE).until(() -> cluster.primaries().size() == 3);
      killed.start();
      cluster.awaitWhole();
      assertThat(cluster.primaries()).hasSize(3).doesNotContain(killed);
    }
  }

  @Test
  void kafkaTakesRecordsWithOneOfThreeNodesAway() throws Exception {
    try (var cluster = new KafkaCluster(home, 3)) {
      cluster.start();
      try (var topics = new Topics(cluster::bootstrapServers);
          var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
        await().atMost(PATIENCE).until(() -> admin.describeCluster().nodes().get().size() == 3);
        var topic = topics.create("copied", 3, (short) 3);
        cluster.nodes().getFirst().kill();
        Records.produce(cluster.bootstrapServers(), topic, "while it is away");
        assertThat(Records.consume(cluster.bootstrapServers(), topic, 1))
            .containsExactly("while it is away");
        cluster.nodes().getFirst().start();
      }
    }
  }

  private PostgresServer postgres(String name) {
    return new PostgresServer(home.resolve(name), LocalStack.SHARED_BINARIES, 0);
  }

  private static String url(PostgresServer postgres) {
    return postgres.jdbcUrl("postgres");
  }
}
