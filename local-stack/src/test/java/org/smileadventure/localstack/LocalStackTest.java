package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealServers
class LocalStackTest {
  private final LocalStack stack = LocalStack.shared();

  @Test
  void postgresAnswers() {
    var database = stack.newDatabase();
    Sql.execute(database, "CREATE TABLE t AS SELECT 42 AS answer");
    assertThat(Sql.value(database, "SELECT answer FROM t")).isEqualTo("42");
  }

  @Test
  void redisAnswers() {
    assertThat(Redis.command(stack.redis(), "PING")).isEqualTo("+PONG");
  }

  @Test
  void kafkaDeliversWhatWasProduced() {
    var topic = stack.newTopic("greetings", 1);
    Records.produce(stack.bootstrapServers(), topic, "hello");
    assertThat(Records.consume(stack.bootstrapServers(), topic, 1)).containsExactly("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, off",
    "synchronous_commit, on",
    "full_page_writes, off",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "max_connections, 200",
    "shared_buffers, 256MB",
    "log_timezone, UTC",
    "server_encoding, UTF8",
    "shared_preload_libraries, pg_stat_statements"
  })
  void postgresHasItsSettings(String setting, String value) {
    assertThat(Sql.value(stack.jdbcUrl("postgres"), "SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void postgresIsVersion18WithTheSameSortOrderEverywhere() {
    assertThat(Sql.value(stack.jdbcUrl("postgres"), "SHOW server_version")).startsWith("18");
    var locale =
        "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()";
    assertThat(Sql.value(stack.newDatabase(), locale)).isEqualTo("b C.UTF-8");
  }

  /** All of 127/8 is local on Linux, so a server on all addresses would answer there. */
  @Test
  void listensOnItsOneAddressOnly() {
    var postgres = URI.create(stack.jdbcUrl("postgres").substring("jdbc:".length())).getPort();
    var kafka = URI.create("kafka://" + stack.bootstrapServers()).getPort();
    for (var port : new int[] {postgres, stack.redis().getPort(), kafka}) {
      assertThat(Ports.accepts(port)).isTrue();
      assertThatThrownBy(
              () -> {
                try (var socket = new Socket()) {
                  socket.connect(new InetSocketAddress("127.0.0.2", port), 500);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void databaseCopiedFromATemplateHasItsTables() {
    var copy =
        stack.newDatabase("with table t", url -> Sql.execute(url, "CREATE TABLE t (id int)"));
    assertThat(Sql.value(copy, "SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void copiesOfATemplateAreApartAndItIsPreparedOnce() throws Exception {
    var preparations = new AtomicInteger();
    Callable<String> copying =
        () ->
            stack.newDatabase(
                "counted",
                url -> {
                  preparations.incrementAndGet();
                  Sql.execute(url, "CREATE TABLE t AS SELECT 1 AS id");
                });
    try (var executor = Executors.newFixedThreadPool(4)) {
      var copies = executor.invokeAll(IntStream.range(0, 8).mapToObj(_ -> copying).toList());
      Sql.execute(copies.getFirst().get(), "DELETE FROM t");
      for (var copy : copies.subList(1, 8)) {
        assertThat(Sql.value(copy.get(), "SELECT count(*) FROM t")).isEqualTo("1");
      }
    }
    assertThat(preparations).hasValue(1);
  }

  @Test
  void failedPreparationIsReportedToAllWhoAskForTheTemplate() {
    for (var attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(
              () ->
                  stack.newDatabase(
                      "broken",
                      _ -> {
                        throw new IllegalStateException("migration 3 failed");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("migration 3 failed");
    }
  }

  @Test
  void topicsOfOnePrefixAreDifferent() {
    assertThat(stack.newTopic("events", 3)).isNotEqualTo(stack.newTopic("events", 3));
  }
}
