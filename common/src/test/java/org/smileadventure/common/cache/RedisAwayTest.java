package org.smileadventure.common.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;

@RealServers
class RedisAwayTest {
  @TempDir Path home;

  @Test
  void answersComeFromTheDatabaseWhileRedisIsAwayAndFromRedisAfterwards() {
    try (var server = new RedisServer(home, LocalStack.SHARED_BINARIES, 0)) {
      server.start();
      try (var fixture = new CacheFixture(server.uri(), 0)) {
        fixture.read(fixture.computing("before"));
        assertThat(fixture.cache.isUp()).isTrue();
        assertThat(breakerStates(fixture)).containsExactly("closed");

        server.stop();

        assertThat(fixture.cache.isUp()).isFalse();
        for (int i = 0; i < 20; i++) {
          var served = fixture.read(fixture.computing("away"));
          assertThat(served.source()).isEqualTo(Source.AWAY);
          assertThat(served.answer()).hasToString("away");
        }
        assertThat(fixture.count("smile.cache.requests", "away")).isEqualTo(20);
        assertThat(breakerStates(fixture)).containsExactly("open");

        server.start();

        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> fixture.read(fixture.computing("back")).source() != Source.AWAY);
        assertThat(fixture.cache.isUp()).isTrue();
        assertThat(fixture.read(notComputing()).answer()).hasToString("back");
        assertThat(breakerStates(fixture)).containsExactly("closed");
      }
    }
  }

  private static Stream<String> breakerStates(CacheFixture fixture) {
    return fixture.meters.get("smile.cache.breaker").gauges().stream()
        .filter(gauge -> gauge.value() == 1)
        .map(gauge -> Objects.requireNonNull(gauge.getId().getTag("state")));
  }

  @Test
  void redisThatGoesAwayDuringTheComputationSpoilsNothing() {
    try (var server = new RedisServer(home, LocalStack.SHARED_BINARIES, 0)) {
      server.start();
      try (var fixture = new CacheFixture(server.uri(), 0)) {
        var slow = SlowReader.started(fixture.computing("good"), fixture::read);
        server.kill();
        assertThat(slow.goOn().answer()).hasToString("good");
      }
    }
  }

  @Test
  void answersAboutSeveralChildrenComeFromTheDatabaseToo() {
    var children = List.of(CacheFixture.newChild(), CacheFixture.newChild());
    try (var server = new RedisServer(home, LocalStack.SHARED_BINARIES, 0)) {
      server.start();
      try (var fixture = new CacheFixture(server.uri(), 0)) {
        server.stop();
        for (int i = 0; i < 20; i++) { // before the breaker opens and after
          assertThat(fixture.readAll(children, _ -> "away"))
              .containsOnly(entry(children.getFirst(), "away"), entry(children.getLast(), "away"));
        }
        assertThat(fixture.count("smile.cache.requests", "away")).isEqualTo(40);
      }
    }
  }

  @Test
  void invalidationThatRedisDoesNotConfirmIsAnError() {
    try (var server = new RedisServer(home, LocalStack.SHARED_BINARIES, 0)) {
      server.start();
      try (var fixture = new CacheFixture(server.uri(), 0)) {
        fixture.cache.invalidate(List.of(fixture.child));
        server.stop();
        for (int i = 0; i < 20; i++) { // before the breaker opens and after
          assertThatThrownBy(() -> fixture.cache.invalidate(List.of(fixture.child)))
              .isInstanceOf(CacheAwayException.class)
              .hasMessageStartingWith("Redis does not answer: ");
        }
        assertThatCode(() -> fixture.cache.invalidate(List.of())).doesNotThrowAnyException();
        assertThat(fixture.meters.get("smile.cache.invalidations").counter().count()).isEqualTo(1);
      }
    }
  }

  @Test
  void afterAFewFailuresRedisIsNotAskedForAMoment() throws IOException {
    try (var server = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"))) {
      var calls = new AtomicInteger();
      Thread.ofPlatform().daemon().start(() -> hangUp(server, calls));
      try (var fixture = new CacheFixture(uri(server), 0)) {
        for (int i = 0; i < 500; i++) {
          assertThat(fixture.read(fixture.computing("away")).source()).isEqualTo(Source.AWAY);
        }
        // Five until the breaker opens, each perhaps with a second try, and some if this took long.
        assertThat(calls.get()).isBetween(5, 50);
      }
    }
  }

  private static URI uri(ServerSocket server) {
    return URI.create("redis://127.0.0.1:" + server.getLocalPort());
  }

  private static void hangUp(ServerSocket server, AtomicInteger calls) {
    try {
      while (!server.isClosed()) {
        server.accept().close();
        calls.incrementAndGet();
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
