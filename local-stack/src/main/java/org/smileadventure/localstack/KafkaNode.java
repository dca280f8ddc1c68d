package org.smileadventure.localstack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Kafka running in this JVM, and the format of its data directory. The server classes are not
 * Kafka's public API and change between its releases, so nothing else here uses them.
 */
final class KafkaNode implements RunningServer {
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private final KafkaRaftServer server;
  private boolean running = true;

  private KafkaNode(KafkaRaftServer server) {
    this.server = server;
  }

  static void formatIfNew(Path data, int id, String clusterId) {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    try (var quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(id)
          .setClusterId(clusterId)
          .setControllerListenerName(CONTROLLER_LISTENER)
          .setMetadataLogDirectory(data.toString())
          .addDirectory(data.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new StackException("cannot format %s for kafka: %s".formatted(data, e.getMessage()), e);
    }
  }

  static String newClusterId() {
    return Uuid.randomUuid().toString();
  }

  static KafkaNode start(Properties properties) {
    var server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      server.shutdown();
      throw e;
    }
    return new KafkaNode(server);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
    running = false;
  }

  @Override
  public void kill() {
    throw new UnsupportedOperationException("Kafka in this JVM cannot be killed alone");
  }
}
