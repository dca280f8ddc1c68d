package org.smileadventure.localstack;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How {@link LocalStack#open} sets up its servers; start from {@link #in}.
 *
 * @param directory holds everything the servers write; has one live owner at a time
 * @param binaries where PostgreSQL and Redis are unpacked, once; may be shared by many stacks
 * @param keep whether data outlives the stack; if not, everything in {@code directory} is deleted
 *     before the servers start and after they stop
 * @param kafkaInOwnProcess whether Kafka gets a JVM of its own, so that its memory and processor
 *     time can be told apart from the application's
 * @param postgresPort 0 for any free port
 * @param redisPort 0 for any free port
 * @param kafkaPort 0 for any free port
 * @param postgresBuffers megabytes of memory in which PostgreSQL keeps what it has read
 * @param durable whether PostgreSQL has a commit on the disk before it acknowledges it
 * @param progress receives one short line for each server that is up, never two at once
 */
public record StackOptions(
    Path directory,
    Path binaries,
    boolean keep,
    boolean kafkaInOwnProcess,
    int postgresPort,
    int redisPort,
    int kafkaPort,
    int postgresBuffers,
    boolean durable,
    Consumer<String> progress) {

  public StackOptions {
    directory = directory.toAbsolutePath().normalize();
    binaries = binaries.toAbsolutePath().normalize();
  }

  /**
   * A throw-away stack with Kafka in this JVM, on free ports, binaries unpacked into the directory.
   */
  public static StackOptions in(Path directory) {
    return new StackOptions(
        directory,
        directory.resolve("bin"),
        false,
        false,
        0,
        0,
        0,
        PostgresServer.BUFFERS,
        true,
        _ -> {});
  }

  public StackOptions withBinariesIn(Path cache) {
    return new StackOptions(
        directory,
        cache,
        keep,
        kafkaInOwnProcess,
        postgresPort,
        redisPort,
        kafkaPort,
        postgresBuffers,
        durable,
        progress);
  }

  public StackOptions keepingData() {
    return new StackOptions(
        directory,
        binaries,
        true,
        kafkaInOwnProcess,
        postgresPort,
        redisPort,
        kafkaPort,
        postgresBuffers,
        durable,
        progress);
  }

  public StackOptions withKafkaInOwnProcess() {
    return new StackOptions(
        directory,
        binaries,
        keep,
        true,
        postgresPort,
        redisPort,
        kafkaPort,
        postgresBuffers,
        durable,
        progress);
  }

  public StackOptions withPorts(int postgres, int redis, int kafka) {
    return new StackOptions(
        directory,
        binaries,
        keep,
        kafkaInOwnProcess,
        postgres,
        redis,
        kafka,
        postgresBuffers,
        durable,
        progress);
  }

  public StackOptions withPostgresBuffers(int megabytes) {
    return new StackOptions(
        directory,
        binaries,
        keep,
        kafkaInOwnProcess,
        postgresPort,
        redisPort,
        kafkaPort,
        megabytes,
        durable,
        progress);
  }

  public StackOptions reportingTo(Consumer<String> lines) {
    return new StackOptions(
        directory,
        binaries,
        keep,
        kafkaInOwnProcess,
        postgresPort,
        redisPort,
        kafkaPort,
        postgresBuffers,
        durable,
        lines);
  }

  /** For a stack whose machine nobody takes away; a commit does not wait for the disk. */
  StackOptions withoutDurability() {
    return new StackOptions(
        directory,
        binaries,
        keep,
        kafkaInOwnProcess,
        postgresPort,
        redisPort,
        kafkaPort,
        postgresBuffers,
        false,
        progress);
  }
}
