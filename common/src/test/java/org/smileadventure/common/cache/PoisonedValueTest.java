package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;

/** What is in Redis is not what we have put there. */
@RealServers
class PoisonedValueTest {
  private static final byte[] FIELD = "progress".getBytes(UTF_8);

  private final CacheFixture fixture = new CacheFixture(LocalStack.shared().redis(), 0);

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "{\"score\":1}", "\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000"})
  void bytesOfAnotherLayoutAreAMissAndReplaced(String poison) {
    assertMissAndReplaced(poison.getBytes(UTF_8));
  }

  @Test
  void answerThatWasCutAnywhereIsAMissAndReplaced() {
    var good = stored();
    for (int length = 0; length < good.length; length++) {
      assertMissAndReplaced(Arrays.copyOf(good, length));
    }
  }

  @Test
  void answerOfWhichAnyByteHasChangedIsAMissAndReplaced() {
    var good = stored();
    for (int i = 0; i < good.length; i++) {
      var changed = good.clone();
      changed[i] ^= 0x10;
      assertMissAndReplaced(changed);
    }
  }

  @Test
  void answerOfAnotherVersionIsAMissAndReplaced() {
    for (int version = 0; version < 256; version++) {
      var other = stored();
      if (other[0] != (byte) version) {
        other[0] = (byte) version;
        assertMissAndReplaced(other);
      }
    }
  }

  enum Type {
    STRING,
    LIST,
    SET
  }

  @ParameterizedTest
  @EnumSource
  void answersOfAnotherTypeAreAMissAndReplaced(Type type) {
    for (int i = 0; i < 20; i++) { // more than the breaker suffers failures
      put(type, fixture.answersKey());
      assertThat(fixture.read(fixture.computing("good")).source()).isEqualTo(Source.MISS);
      assertThat(fixture.read(notComputing()).answer()).hasToString("good");
      fixture.cache.invalidate(List.of(fixture.child));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING") // which is a token like any other
  void generationOfAnotherTypeIsReplaced(Type type) {
    put(type, fixture.generationKey());
    assertThat(fixture.read(fixture.computing("good")).source()).isEqualTo(Source.MISS);
    assertThat(fixture.read(notComputing()).answer()).hasToString("good");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void generationThatHasBecomeAnotherTypeKeepsTheFillOut(Type type) {
    var slow = SlowReader.started(fixture.computing("old"), fixture::read);
    fixture.redis.unlink(fixture.generationKey());
    put(type, fixture.generationKey());
    slow.goOn();
    assertThat(fixture.redis.exists(fixture.answersKey())).isFalse();
    assertThat(fixture.count("smile.cache.fills", "outdated")).isEqualTo(1);
  }

  private byte[] stored() {
    fixture.cache.invalidate(List.of(fixture.child));
    fixture.read(fixture.computing("{\"score\":1}"));
    return fixture.redis.hget(fixture.answersKey().getBytes(UTF_8), FIELD);
  }

  private void assertMissAndReplaced(byte[] poison) {
    fixture.cache.invalidate(List.of(fixture.child));
    fixture.redis.hset(fixture.answersKey().getBytes(UTF_8), FIELD, poison);
    assertThat(fixture.read(fixture.computing("good")).source()).isEqualTo(Source.MISS);
    assertThat(fixture.read(notComputing()).answer()).hasToString("good");
  }

  private void put(Type type, String key) {
    switch (type) {
      case STRING -> fixture.redis.set(key, "poison");
      case LIST -> fixture.redis.rpush(key, "poison");
      case SET -> fixture.redis.sadd(key, "poison");
    }
  }
}
