package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * One Kafka node that is broker and controller (KRaft). Topics must be created; they are kept from
 * one start to the next.
 */
public final class KafkaServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final boolean ownProcess;
  private int controllerPort;

  private KafkaServer(Path home, int port, boolean ownProcess) {
    super("kafka", home, port, "kafka.pid", StopSignal.TERM);
    this.ownProcess = ownProcess;
  }

  /**
   * Kafka in this JVM: quick to start, cannot be {@linkplain #kill killed}, and logs with the
   * application.
   *
   * @param port 0 for any free port
   */
  public static KafkaServer inThisProcess(Path home, int port) {
    return new KafkaServer(home, port, false);
  }

  /**
   * Kafka in a JVM of its own, with the class path of this one.
   *
   * @param port 0 for any free port
   */
  public static KafkaServer inOwnProcess(Path home, int port) {
    return new KafkaServer(home, port, true);
  }

  public String bootstrapServers() {
    return Ports.HOST + ":" + port();
  }

  @Override
  RunningServer launch() {
    if (controllerPort == 0 || !Ports.isFree(controllerPort)) {
      controllerPort = Ports.anyFree();
    }
    KafkaNode.formatIfNew(data());
    return ownProcess ? launchProcess() : KafkaNode.start(properties());
  }

  private Path data() {
    return home().resolve("data");
  }

  private ServerProcess launchProcess() {
    var propertiesFile = home().resolve("server.properties");
    var temporary = home().resolve("tmp");
    try (var out = Files.newOutputStream(propertiesFile)) {
      properties().store(out, null);
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=" + home().resolve("hs_err_%p.log"),
            "-Djava.io.tmpdir=" + temporary,
            "-Dlogback.configurationFile=org/smileadventure/localstack/kafka-logback.xml",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.Kafka",
            propertiesFile.toString());
    var kafka = ServerProcess.launch(command, stopSignal(), log());
    kafka.writePid(pidFile());
    kafka.awaitReady("kafka", log(), START_LIMIT, () -> Ports.accepts(port()));
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      kafka.awaitReady("kafka", log(), START_LIMIT, () -> answers(admin));
    }
    return kafka;
  }

  private static boolean answers(Admin admin) {
    try {
      var options = new DescribeClusterOptions().timeoutMs(2_000);
      return !admin.describeCluster(options).nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // noticed by the caller's next sleep
      return false;
    }
  }

  private Properties properties() {
    var controller = Ports.HOST + ":" + controllerPort;
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(KafkaNode.ID),
            "controller.quorum.voters",
            KafkaNode.ID + "@" + controller,
            "controller.listener.names",
            KafkaNode.CONTROLLER_LISTENER,
            "listeners",
            "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller,
            "advertised.listeners",
            "PLAINTEXT://" + bootstrapServers(),
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs",
            data().toString(),
            "auto.create.topics.enable",
            "false"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0",
            // its default of 128 MB is a quarter of the heap of a process of its own
            "log.cleaner.dedupe.buffer.size", "16777216"));
    // What is to go goes soon: somebody waits for it, in a test or at a demo.
    properties.putAll(
        Map.of(
            "log.cleaner.backoff.ms", "1000",
            "log.retention.check.interval.ms", "1000",
            "log.segment.delete.delay.ms", "1000"));
    return properties;
  }

  @Override
  String version() {
    return AppInfoParser.getVersion();
  }
}
