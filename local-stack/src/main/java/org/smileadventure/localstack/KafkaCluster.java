package org.smileadventure.localstack;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kafka nodes that hold a copy of everything each, in JVMs of their own. A write is acknowledged
 * when all but one have it, so one of them may be away.
 */
public final class KafkaCluster implements AutoCloseable {
  private final List<KafkaServer> nodes;

  /** Nodes that do not run yet, on free ports. */
  public KafkaCluster(Path home, int size) {
    var quorum =
        new KafkaServer.Quorum(
            KafkaNode.newClusterId(), Stream.generate(Ports::anyFree).limit(size).toList());
    nodes =
        IntStream.rangeClosed(1, size)
            .mapToObj(id -> KafkaServer.member(home.resolve("node-" + id), id, quorum))
            .toList();
  }

  /** Starts them together, as none answers alone. */
  public void start() {
    Together.run(
        nodes.stream()
            .<Callable<Void>>map(
                node ->
                    () -> {
                      node.start();
                      return null;
                    })
            .toList());
  }

  public List<KafkaServer> nodes() {
    return nodes;
  }

  /** All of them, with commas between them. */
  public String bootstrapServers() {
    return nodes.stream().map(KafkaServer::bootstrapServers).collect(Collectors.joining(","));
  }

  /** Kills them: two of three could not end in an orderly way without each other. */
  @Override
  public void close() {
    nodes.forEach(KafkaServer::kill);
  }
}
