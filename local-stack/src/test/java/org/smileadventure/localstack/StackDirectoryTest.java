package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
@RealServers
@Tag("slow")
class StackDirectoryTest {
  @TempDir Path directory;

  static StackOptions options(Path directory) {
    return StackOptions.in(directory)
        .withBinariesIn(LocalStack.SHARED_BINARIES)
        .keepingData()
        .withKafkaInOwnProcess();
  }

  @Test
  void throwAwayStackLeavesNoDataAndSaysWhatIsUp() throws IOException {
    Files.writeString(directory.resolve("from-an-earlier-run"), "");
    var lines = Collections.synchronizedList(new ArrayList<String>());
    var options =
        StackOptions.in(directory)
            .withBinariesIn(LocalStack.SHARED_BINARIES)
            .reportingTo(lines::add);
    try (var stack = LocalStack.open(options)) {
      assertThat(directory.resolve("from-an-earlier-run")).doesNotExist();
      assertThat(stack.jdbcUrl("x")).startsWith("jdbc:postgresql://127.0.0.1:");
    }
    assertThat(lines)
        .hasSize(3)
        .anyMatch(line -> line.matches("postgres 18\\S* up on 127\\.0\\.0\\.1:\\d+ in \\d+ ms"))
        .anyMatch(line -> line.matches("redis 7\\S* up on 127\\.0\\.0\\.1:\\d+ in \\d+ ms"))
        .anyMatch(line -> line.matches("kafka 4\\S* up on 127\\.0\\.0\\.1:\\d+ in \\d+ ms"));
    assertThat(directory).isDirectoryNotContaining(path -> !path.endsWith("lock"));
  }

  /** A demo's or a benchmark's; the one that tests share is not. */
  @Test
  void stackIsDurableUnlessAskedOtherwise() {
    var options = StackOptions.in(directory).withBinariesIn(LocalStack.SHARED_BINARIES);
    try (var stack = LocalStack.open(options)) {
      for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(Sql.value(stack.jdbcUrl("postgres"), "SHOW " + setting))
            .as(setting)
            .isEqualTo("on");
      }
    }
  }

  @Test
  void serverThatEndsEarlyLeavesItsLogAndNoOtherServers() throws IOException {
    var binaries = Files.createDirectory(directory.resolve("broken-bin"));
    var postgres = Binaries.postgres(LocalStack.SHARED_BINARIES);
    Files.createSymbolicLink(binaries.resolve(postgres.getFileName()), postgres);
    var redis = Binaries.redis(LocalStack.SHARED_BINARIES);
    var script = binaries.resolve(redis.getFileName());
    Files.writeString(script, "#!/bin/sh\necho out of order\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    var data = directory.resolve("data");
    var log = data.resolve("redis/redis.log");
    assertThatThrownBy(() -> LocalStack.open(StackOptions.in(data).withBinariesIn(binaries)))
        .isInstanceOf(StackException.class)
        .hasMessage("redis ended while starting: out of order (see %s)".formatted(log));
    assertThat(log).exists();
    assertThat(Owners.serversIn(data)).isEmpty();
    FileTree.delete(binaries); // JUnit would warn of the link
  }

  /** One story, as each start costs seconds. */
  @Test
  void killedOwnersServersAreReplacedAndItsDataIsKept() throws IOException, InterruptedException {
    var owner = Owners.start(StackOwner.class, directory);
    assertThatThrownBy(() -> LocalStack.open(options(directory)))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "%s is in use by process %d; stop it or choose another directory"
                .formatted(directory, owner.pid()));

    owner.destroyForcibly().waitFor();
    var orphans = Owners.serversIn(directory);
    assertThat(orphans).as("postgres, redis and kafka").hasSize(3).allMatch(ProcessHandle::isAlive);

    String topic;
    try (var stack = LocalStack.open(options(directory))) {
      assertThat(Owners.serversIn(directory)).hasSize(3).doesNotContainAnyElementsOf(orphans);
      assertThat(Sql.value(stack.jdbcUrl("postgres"), "SELECT answer FROM t")).isEqualTo("42");
      assertThat(Redis.command(stack.redis(), "PING")).isEqualTo("+PONG");
      topic = stack.newTopic("kept", 1);
      Records.produce(stack.bootstrapServers(), topic, "before");
    }
    assertThat(Owners.serversIn(directory)).isEmpty();

    try (var kafka = KafkaServer.inThisProcess(directory.resolve("kafka"), 0)) {
      kafka.start();
      assertThat(Records.consume(kafka.bootstrapServers(), topic, 1)).containsExactly("before");
    }
  }
}
