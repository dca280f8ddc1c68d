package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.cache.CacheFixture.TIMEOUT;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three real servers that share the slots among them. */
@RealServers
@Tag("slow")
class RedisClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SLOTS = 16_384;

  @TempDir Path home;
  private final List<RedisServer> nodes = new ArrayList<>();
  private final List<Integer> busPorts = new ArrayList<>();

  @BeforeEach
  void start() {
    for (int i = 0; i < 3; i++) {
      var busPort = freePort();
      var node =
          new RedisServer(
              home.resolve("node-" + i),
              LocalStack.SHARED_BINARIES,
              0,
              "--cluster-enabled",
              "yes",
              "--cluster-port",
              Integer.toString(busPort),
              "--cluster-node-timeout",
              "2000");
      node.start();
      nodes.add(node);
      busPorts.add(busPort);
    }
    for (int i = 0; i < 3; i++) {
      cluster(i, "ADDSLOTSRANGE", "" + firstSlot(i), "" + (firstSlot(i + 1) - 1));
      cluster(0, "MEET", "127.0.0.1", "" + nodes.get(i).port(), "" + busPorts.get(i));
    }
    awaitWhole();
  }

  @AfterEach
  void stop() {
    nodes.forEach(RedisServer::close);
  }

  @Test
  void answersAreSharedOutAmongTheNodesAndInvalidatedOnAllOfThemAtOnce() {
    var children = Stream.generate(CacheFixture::newChild).limit(60).toList();
    try (var fixture = fixture(0)) {
      for (var child : children) {
        fixture.child = child;
        fixture.read(fixture.computing("old"));
        assertThat(fixture.read(notComputing()).answer()).hasToString("old");
      }
      for (int i = 0; i < 3; i++) {
        assertThat(keys(i)).as("keys of node %d", i).isPositive();
      }

      fixture.cache.invalidate(children);

      for (var child : children) {
        fixture.child = child;
        assertThat(fixture.read(fixture.computing("new")).answer()).hasToString("new");
        assertThat(fixture.read(notComputing()).answer()).hasToString("new");
      }
      assertThat(fixture.cache.isUp()).isTrue();
    }
  }

  @Test
  void answerFromBeforeAWriteIsNotStoredAfterIt() {
    try (var fixture = fixture(0)) {
      var slow = SlowReader.started(fixture.computing("old"), fixture::read);
      fixture.cache.invalidate(List.of(fixture.child));
      slow.goOn();
      assertThat(fixture.read(fixture.computing("new")).answer()).hasToString("new");
      assertThat(fixture.count("smile.cache.fills", "outdated")).isEqualTo(1);
    }
  }

  @Test
  void answersAreKeptNearAndInvalidatedByAnotherClient() {
    try (var near = fixture(100);
        var other = fixture(0)) {
      near.read(near.computing("old"));
      near.read(notComputing());
      assertThat(near.redis.getCache().getSize()).isPositive();
      other.cache.invalidate(List.of(near.child));
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(NearCache.LONGEST.dividedBy(2))
          .until(() -> near.read(near.computing("new")).answer().toString().equals("new"));
    }
  }

  @Test
  void invalidationFollowsASlotThatHasMoved() {
    try (var fixture = fixture(0)) {
      fixture.cache.invalidate(List.of(fixture.child)); // learns where the slot is
      var slot = slot(fixture.child);
      var owner = slot < firstSlot(1) ? 0 : slot < firstSlot(2) ? 1 : 2;
      var newOwner = (owner + 1) % 3;
      var id = new String((byte[]) cluster(newOwner, "MYID"), UTF_8);
      for (var node : List.of(newOwner, owner, (owner + 2) % 3)) {
        cluster(node, "SETSLOT", "" + slot, "NODE", id);
      }
      awaitWhole();
      try (var moved = fixture(0)) {
        moved.child = fixture.child;
        moved.read(moved.computing("old"));

        fixture.cache.invalidate(List.of(fixture.child, CacheFixture.newChild()));

        assertThat(moved.read(moved.computing("new")).answer()).hasToString("new");
      }
    }
  }

  @Test
  void whileANodeIsAwayItsChildrensInvalidationsFailAndTheOthersAreAnswered() {
    try (var fixture = fixture(0)) {
      var onFirst = childOn(0);
      var onSecond = childOn(1);
      fixture.cache.invalidate(List.of(onFirst, onSecond));
      nodes.get(1).kill();

      fixture.child = onSecond;
      assertThat(fixture.read(fixture.computing("away")).source()).isEqualTo(Source.AWAY);
      assertThat(fixture.cache.isUp()).isFalse();
      assertThatThrownBy(() -> fixture.cache.invalidate(List.of(onFirst, onSecond)))
          .isInstanceOf(CacheAwayException.class);

      nodes.get(1).start();
      awaitWhole();
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(CacheAwayException.class)
          .until(
              () -> {
                fixture.cache.invalidate(List.of(onFirst, onSecond));
                return true;
              });
      assertThat(fixture.read(fixture.computing("back")).source()).isEqualTo(Source.MISS);
      assertThat(fixture.read(notComputing()).answer()).hasToString("back");
    }
  }

  @Test
  void clusterThatIsAwayDoesNotKeepAServiceFromStarting() {
    nodes.forEach(RedisServer::kill);
    try (var fixture = fixture(0)) {
      assertThat(fixture.read(fixture.computing("away")).source()).isEqualTo(Source.AWAY);
      assertThat(fixture.cache.isUp()).isFalse();
      assertThatThrownBy(() -> fixture.cache.invalidate(List.of(fixture.child)))
          .isInstanceOf(CacheAwayException.class);

      nodes.forEach(RedisServer::start);
      awaitWhole();

      await()
          .atMost(PATIENCE)
          .until(() -> fixture.read(fixture.computing("back")).source() != Source.AWAY);
      assertThat(fixture.read(notComputing()).answer()).hasToString("back");
    }
  }

  private CacheFixture fixture(int nearSize) {
    return new CacheFixture(
        new CacheProperties(
            nodes.stream().map(RedisServer::uri).toList(), TIMEOUT, 0, nearSize, null));
  }

  private static ChildId childOn(int node) {
    return Stream.generate(CacheFixture::newChild)
        .filter(child -> slot(child) >= firstSlot(node) && slot(child) < firstSlot(node + 1))
        .findFirst()
        .orElseThrow();
  }

  private static int slot(ChildId child) {
    return JedisClusterCRC16.getSlot("{child:" + child + "}:answers");
  }

  private static int firstSlot(int node) {
    return SLOTS * node / 3;
  }

  private void awaitWhole() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (int i = 0; i < 3; i++) {
                var info = new String((byte[]) cluster(i, "INFO"), UTF_8);
                if (!info.contains("cluster_state:ok") || !info.contains("cluster_size:3")) {
                  return false;
                }
              }
              return true;
            });
  }

  private Object cluster(int node, String... arguments) {
    try (var client = client(node)) {
      return client.executeCommand(
          new CommandArguments(Command.CLUSTER).addObjects((Object[]) arguments));
    }
  }

  private long keys(int node) {
    try (var client = client(node)) {
      return client.dbSize();
    }
  }

  private RedisClient client(int node) {
    return RedisClient.builder().hostAndPort("127.0.0.1", nodes.get(node).port()).build();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
