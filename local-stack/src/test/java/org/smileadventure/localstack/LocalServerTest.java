package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealServers
class LocalServerTest {
  @TempDir Path home;

  @Test
  void redisComesBackEmptyOnTheSamePort() {
    try (var redis = redis(0)) {
      redis.start();
      var port = redis.port();
      assertThat(Redis.command(redis.uri(), "SET k v")).isEqualTo("+OK");

      redis.stop();
      assertThat(redis.isRunning()).isFalse();
      assertThat(Ports.accepts(port)).isFalse();

      redis.start();
      assertThat(redis.port()).isEqualTo(port);
      assertThat(Redis.command(redis.uri(), "GET k")).isEqualTo("$-1");
    }
  }

  @Test
  void killedRedisStartsAgain() {
    try (var redis = redis(0)) {
      redis.start();
      redis.kill();
      assertThat(redis.isRunning()).isFalse();
      redis.start();
      assertThat(Redis.command(redis.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void redisTakesSettings() {
    try (var redis = new RedisServer(home, LocalStack.SHARED_BINARIES, 0, "--maxmemory", "4mb")) {
      redis.start();
      assertThat(Redis.command(redis.uri(), "CONFIG GET maxmemory"))
          .endsWith(Integer.toString(4 * 1024 * 1024));
    }
  }

  @Test
  void refusedSettingIsReportedWithTheServersLastWords() {
    try (var redis = new RedisServer(home, LocalStack.SHARED_BINARIES, 0, "--no-such", "1")) {
      assertThatThrownBy(redis::start)
          .isInstanceOf(StackException.class)
          .hasMessageStartingWith("redis ended while starting: ")
          .hasMessageEndingWith("(see " + home.resolve("redis.log") + ")")
          .hasMessageNotContainingAny("\n");
    }
  }

  @Test
  void busyPortIsOneClearError() throws IOException {
    try (var stranger = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var redis = redis(stranger.getLocalPort())) {
      assertThatThrownBy(redis::start)
          .isInstanceOf(StackException.class)
          .hasMessage(
              "port %d is taken by another process; choose another or stop it"
                  .formatted(stranger.getLocalPort()));
    }
  }

  @Test
  void secondServerInTheSameHomeIsRefused() {
    try (var first = redis(0);
        var second = redis(0)) {
      first.start();
      assertThatThrownBy(second::start)
          .isInstanceOf(StackException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(Redis.command(first.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void strangerThatGotThePidIsLeftAlone() throws IOException {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try (var redis = redis(0)) {
      Files.writeString(home.resolve("redis.pid"), Long.toString(stranger.pid()));
      redis.start();
      assertThat(Redis.command(redis.uri(), "PING")).isEqualTo("+PONG");
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void serverOfADirectoryWhoseNameOnlyBeginsTheSameIsLeftAlone() throws IOException {
    var other = home.resolve("stack-12");
    var mine = Files.createDirectories(home.resolve("stack-1"));
    try (var theirs = new RedisServer(other, LocalStack.SHARED_BINARIES, 0);
        var ours = new RedisServer(mine, LocalStack.SHARED_BINARIES, 0)) {
      theirs.start();
      Files.copy(other.resolve("redis.pid"), mine.resolve("redis.pid"));
      ours.start();
      assertThat(theirs.isRunning()).isTrue();
    }
  }

  @Test
  void killedPostgresKeepsWhatWasCommittedThoughAStrangerGotItsPid() throws IOException {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try (var postgres = new PostgresServer(home, LocalStack.SHARED_BINARIES, 0)) {
      postgres.start();
      var port = postgres.port();
      var url = postgres.jdbcUrl("postgres");
      assertThat(Sql.value(url, "SHOW fsync")).isEqualTo("on");
      Sql.execute(url, "CREATE TABLE t AS SELECT 42 AS answer");

      postgres.kill();
      var pidFile = home.resolve("data/postmaster.pid");
      var lines = Files.readAllLines(pidFile);
      lines.set(0, Long.toString(stranger.pid()));
      Files.write(pidFile, lines);
      postgres.start();

      assertThat(postgres.port()).isEqualTo(port);
      assertThat(Sql.value(url, "SELECT answer FROM t")).isEqualTo("42");
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void kafkaInThisProcessKeepsItsTopicsOverAStop() {
    try (var kafka = KafkaServer.inThisProcess(home, 0)) {
      kafka.start();
      String topic;
      try (var topics = new Topics(kafka::bootstrapServers)) {
        topic = topics.create("kept", 1);
      }
      Records.produce(kafka.bootstrapServers(), topic, "before");
      kafka.stop();
      kafka.start();
      assertThat(Records.consume(kafka.bootstrapServers(), topic, 1)).containsExactly("before");
    }
  }

  private RedisServer redis(int port) {
    return new RedisServer(home, LocalStack.SHARED_BINARIES, port);
  }
}
