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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * One Kafka node that is broker and controller (KRaft), alone or in a {@link KafkaCluster}. Topics
 * must be created; they are kept from one start to the next.
 */
public final class KafkaServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /**
   * Which nodes are one cluster.
   *
   * @param controllerPorts of the nodes, in the order of their ids, the first of which is 1
   */
  record Quorum(String clusterId, List<Integer> controllerPorts) {
    int size() {
      return controllerPorts.size();
    }

    String voters() {
      return IntStream.rangeClosed(1, size())
          .mapToObj(id -> id + "@" + Ports.HOST + ":" + controllerPorts.get(id - 1))
          .collect(Collectors.joining(","));
    }
  }

  private final boolean ownProcess;
  private final int id;
  private Quorum quorum;

  private KafkaServer(Path home, int port, boolean ownProcess) {
    this(home, port, ownProcess, 1, new Quorum(KafkaNode.newClusterId(), List.of(0)));
  }

  private KafkaServer(Path home, int port, boolean ownProcess, int id, Quorum quorum) {
    super("kafka", home, port, "kafka.pid", StopSignal.TERM);
    this.ownProcess = ownProcess;
    this.id = id;
    this.quorum = quorum;
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

  /** One of several nodes, which answers once most of them run; see {@link KafkaCluster}. */
  static KafkaServer member(Path home, int id, Quorum quorum) {
    return new KafkaServer(home, Ports.anyFree(), true, id, quorum);
  }

  public String bootstrapServers() {
    return Ports.HOST + ":" + port();
  }

  @Override
  RunningServer launch() {
    // Alone, it may move: nobody else has to find it.
    if (quorum.size() == 1 && (controllerPort() == 0 || !Ports.isFree(controllerPort()))) {
      quorum = new Quorum(quorum.clusterId(), List.of(Ports.anyFree()));
    }
    KafkaNode.formatIfNew(data(), id, quorum.clusterId());
    return ownProcess ? launchProcess() : KafkaNode.start(properties());
  }

  private int controllerPort() {
    return quorum.controllerPorts().get(id - 1);
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
            // Nobody measures one of several, and they start side by side.
            quorum.size() > 1 ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
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
    var controller = Ports.HOST + ":" + controllerPort();
    var copies = Integer.toString(quorum.size());
    var copiesToAcknowledge = Integer.toString(Math.max(1, quorum.size() - 1));
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(id),
            "controller.quorum.voters",
            quorum.voters(),
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
            "offsets.topic.replication.factor", copies,
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", copies,
            "transaction.state.log.min.isr", copiesToAcknowledge,
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", copies,
            "share.coordinator.state.topic.min.isr", copiesToAcknowledge,
            "group.initial.rebalance.delay.ms", "0",
            // its default of 128 MB is a quarter of the heap of a process of its own
            "log.cleaner.dedupe.buffer.size", "16777216"));
    properties.putAll(
        Map.of(
            "default.replication.factor", copies,
            "min.insync.replicas", copiesToAcknowledge));
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
