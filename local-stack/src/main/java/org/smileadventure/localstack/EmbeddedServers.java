package org.smileadventure.localstack;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The three servers in one directory. */
record EmbeddedServers(PostgresServer postgres, RedisServer redis, KafkaServer kafka) {

  static EmbeddedServers of(StackOptions options) {
    var directory = options.directory();
    var kafkaHome = directory.resolve("kafka");
    return new EmbeddedServers(
        new PostgresServer(
            directory.resolve("postgres"),
            options.binaries(),
            options.postgresPort(),
            options.postgresBuffers(),
            options.durable()),
        new RedisServer(directory.resolve("redis"), options.binaries(), options.redisPort()),
        options.kafkaInOwnProcess()
            ? KafkaServer.inOwnProcess(kafkaHome, options.kafkaPort())
            : KafkaServer.inThisProcess(kafkaHome, options.kafkaPort()));
  }

  /** Ends what a JVM that was killed left running. */
  void stopOrphans() {
    all().forEach(LocalServer::stopOrphan);
  }

  void start(Consumer<String> progress) {
    Together.run(
        all().stream().<Callable<Void>>map(server -> () -> start(server, progress)).toList());
  }

  private Void start(LocalServer server, Consumer<String> progress) {
    var begin = System.nanoTime();
    server.start();
    var line =
        "%s %s up on %s:%d in %d ms"
            .formatted(
                server.name(),
                server.version(),
                Ports.HOST,
                server.port(),
                (System.nanoTime() - begin) / 1_000_000);
    synchronized (this) {
      progress.accept(line);
    }
    return null;
  }

  /** Stops them all, even if one fails to stop. */
  void stop() {
    RuntimeException failure = null;
    for (var server : all()) {
      try {
        server.stop();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private List<LocalServer> all() {
    return List.of(kafka, redis, postgres);
  }
}
