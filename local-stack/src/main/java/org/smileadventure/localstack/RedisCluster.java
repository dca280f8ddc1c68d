package org.smileadventure.localstack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Redis Cluster of primaries with a replica each. When a primary has been away for two seconds,
 * its replica takes its place; when it is back, it is the replica.
 */
public final class RedisCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SLOTS = 16_384;

  private final int primaries;
  private final List<RedisServer> nodes = new ArrayList<>();
  private final List<Integer> busPorts;

  /**
   * Nodes that do not run yet, on free ports.
   *
   * @param binaries where Redis is unpacked, once
   */
  public RedisCluster(Path home, Path binaries, int primaries) {
    this.primaries = primaries;
    busPorts = Stream.generate(Ports::anyFree).limit(2L * primaries).toList();
    for (int i = 0; i < 2 * primaries; i++) {
      nodes.add(
          new RedisServer(
              home.resolve("node-" + i),
              binaries,
              0,
              "--cluster-enabled",
              "yes",
              "--cluster-port",
              Integer.toString(busPorts.get(i)),
              "--cluster-node-timeout",
              "2000"));
    }
  }

  /** Starts them, and returns when all slots are served and each replica has its copy. */
  public void start() {
    nodes.forEach(RedisServer::start);
    for (int i = 0; i < nodes.size(); i++) {
      if (i < primaries) {
        demand(i, "CLUSTER ADDSLOTSRANGE %d %d".formatted(firstSlot(i), firstSlot(i + 1) - 1));
      }
      demand(
          0, "CLUSTER MEET %s %d %d".formatted(Ports.HOST, nodes.get(i).port(), busPorts.get(i)));
    }
    await("know each other", () -> each("CLUSTER INFO", "cluster_known_nodes:" + nodes.size()));
    for (int i = 0; i < primaries; i++) {
      var id = reply(i, "CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
      demand(primaries + i, "CLUSTER REPLICATE " + id);
    }
    awaitWhole();
  }

  /** Returns when all slots are served and each primary has a replica with its copy. */
  public void awaitWhole() {
    await("are whole", this::isWhole);
  }

  private boolean isWhole() {
    return each("CLUSTER INFO", "cluster_state:ok")
        && IntStream.range(0, nodes.size()).filter(this::isPrimary).count() == primaries
        && IntStream.range(0, nodes.size())
            .mapToObj(i -> reply(i, "INFO replication"))
            .allMatch(
                info -> info.contains("master_link_status:up") || info.contains("state=online"));
  }

  /** Has all nodes that run take a setting. */
  public void configure(String setting, String value) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isRunning()) {
        demand(i, "CONFIG SET " + setting + " " + value);
      }
    }
  }

  /** Those that take writes now. */
  public List<RedisServer> primaries() {
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).isRunning() && isPrimary(i))
        .mapToObj(nodes::get)
        .toList();
  }

  public List<URI> uris() {
    return nodes.stream().map(RedisServer::uri).toList();
  }

  private boolean isPrimary(int node) {
    return reply(node, "INFO replication").contains("role:master");
  }

  private boolean each(String command, String part) {
    return IntStream.range(0, nodes.size()).allMatch(i -> reply(i, command).contains(part));
  }

  private void demand(int node, String command) {
    var reply = reply(node, command);
    if (!reply.startsWith("+OK")) {
      throw new StackException("redis: %s: %s".formatted(command, reply.strip()));
    }
  }

  /** Nothing if it does not answer. */
  private String reply(int node, String command) {
    try {
      return nodes.get(node).reply(command);
    } catch (IOException away) {
      return "";
    }
  }

  private int firstSlot(int primary) {
    return SLOTS * primary / primaries;
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new StackException("the redis nodes do not %s within %s".formatted(what, PATIENCE));
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while starting redis", e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
