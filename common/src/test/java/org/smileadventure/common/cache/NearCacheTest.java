package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.cache.CacheFixture.TIMEOUT;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.csc.CacheEntry;
import redis.clients.jedis.csc.CacheKey;

@RealServers
class NearCacheTest {
  private static final Pattern HGET_CALLS = Pattern.compile("cmdstat_hget:calls=(\\d+)");

  private final CacheFixture near = fixture(100);
  private final CacheFixture other = fixture(0);

  @AfterEach
  void close() {
    near.close();
    other.close();
  }

  @Test
  void answerThatWasJustReadIsServedWithoutAskingRedis() {
    near.read(near.computing("good"));
    near.read(notComputing());
    var before = hgets();
    var begun = System.nanoTime();
    var served = 0;
    while (served < 1_000 || System.nanoTime() - begun < NearCache.LONGEST.toNanos() / 4) {
      assertThat(near.read(notComputing()).answer()).hasToString("good");
      served++;
    }
    var asked = hgets() - before;
    var longest = Duration.ofNanos(System.nanoTime() - begun).dividedBy(NearCache.LONGEST) + 1;
    assertThat(asked).isLessThanOrEqualTo(longest).isLessThan(served / 100);
  }

  @Test
  void withoutItEveryAnswerIsAskedFor() {
    other.read(other.computing("good"));
    var before = hgets();
    for (int i = 0; i < 100; i++) {
      other.read(notComputing());
    }
    assertThat(hgets() - before).isEqualTo(100);
  }

  @Test
  void answerInvalidatedByAnotherClientIsNotServedOnceThatIsHeard() {
    other.child = near.child;
    for (int i = 0; i < 200; i++) {
      var old = "old" + i;
      var fresh = "new" + i;
      near.read(near.computing(old));
      assertThat(near.read(notComputing()).answer()).hasToString(old);
      assertThat(near.read(notComputing()).answer()).hasToString(old);

      other.cache.invalidate(List.of(near.child));

      // far below the second after which it would be gone anyway
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(NearCache.LONGEST.dividedBy(2))
          .until(() -> near.read(near.computing(fresh)).answer().toString().equals(fresh));
      assertThat(near.read(notComputing()).answer()).hasToString(fresh);
      near.cache.invalidate(List.of(near.child));
      awaitGone();
    }
  }

  @Test
  void invalidationThatIsNeverHeardOfIsMadeUpForAfterASecond() {
    other.child = near.child;
    near.read(near.computing("old"));
    near.read(notComputing());
    near.read(notComputing());
    other.redis.executeCommand(
        new CommandArguments(Command.CLIENT).addObjects("KILL", "TYPE", "normal", "SKIPME", "yes"));
    other.cache.invalidate(List.of(near.child));

    await()
        .pollDelay(NearCache.LONGEST)
        .untilAsserted(
            () -> assertThat(near.read(near.computing("new")).answer()).hasToString("new"));
  }

  @Test
  void answerThatWasHeardToBeOutWhileItWasReadIsNotKept() {
    var cache = new NearCache(10);
    var key =
        new CacheKey<byte[]>(new CommandObjects().hget("a".getBytes(UTF_8), "f".getBytes(UTF_8)));
    assertThat(cache.get(key)).isNull(); // so it is read from Redis
    cache.deleteByRedisKey("a"); // heard by another thread
    cache.set(key, new CacheEntry<>(key, new byte[] {1}, null));
    assertThat(cache.get(key)).isNull();

    cache.set(key, new CacheEntry<>(key, new byte[] {2}, null));
    assertThat(cache.get(key)).isNotNull();
  }

  @Test
  void noMoreIsKeptThanItMay() {
    try (var small = fixture(10)) {
      for (int i = 0; i < 100; i++) {
        small.child = CacheFixture.newChild();
        small.read(small.computing("good"));
        small.read(notComputing());
      }
      assertThat(small.redis.getCache().getSize()).isPositive().isLessThanOrEqualTo(10);
    }
  }

  private void awaitGone() {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(NearCache.LONGEST.multipliedBy(2))
        .until(() -> near.redis.hget(near.answersKey(), "progress") == null);
  }

  private long hgets() {
    var stats = HGET_CALLS.matcher(other.redis.info("commandstats"));
    return stats.find() ? Long.parseLong(stats.group(1)) : 0;
  }

  private static CacheFixture fixture(int nearSize) {
    return new CacheFixture(
        new CacheProperties(List.of(LocalStack.shared().redis()), TIMEOUT, 0, nearSize, null));
  }
}
