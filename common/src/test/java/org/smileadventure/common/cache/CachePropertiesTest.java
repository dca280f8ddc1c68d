package org.smileadventure.common.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CachePropertiesTest {

  @Test
  void oneNodeIsNoClusterAndHasNothingNearByDefault() {
    var properties = bound(Map.of("smile.cache.url", "rediss://smile:secret@cache:6380/3"));
    assertThat(properties.url()).containsExactly(URI.create("rediss://smile:secret@cache:6380/3"));
    assertThat(properties.isCluster()).isFalse();
    assertThat(properties.nearSize()).isZero();
    assertThat(properties.sslBundle()).isNull();
  }

  @Test
  void severalNodesSeparatedByCommasAreACluster() {
    var properties = bound(Map.of("smile.cache.url", "redis://one:6379, redis://two:6379"));
    assertThat(properties.url())
        .containsExactly(URI.create("redis://one:6379"), URI.create("redis://two:6379"));
    assertThat(properties.isCluster()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://:secret@cache:6379                       | 0  | redis://host:port or rediss",
        "redis://:secret@cache                           | 0  | redis://host:port or rediss",
        "redis://:secret@one:6379,rediss://:secret@two:1 | 0  | the same scheme and credentials",
        "redis://:secret@one:6379,redis://two:6379       | 0  | the same scheme and credentials",
        "redis://:secret@one:1/2,redis://:secret@two:1   | 0  | no numbered databases",
        "rediss://:secret@cache:6380                     | 10 | near-size needs redis://",
      })
  void whatCannotBeIsRefusedWithoutTellingThePassword(
      String url, String nearSize, String expected) {
    assertThatThrownBy(
            () -> bound(Map.of("smile.cache.url", url, "smile.cache.near-size", nearSize)))
        .rootCause()
        .hasMessageStartingWith("smile.cache.url: ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("secret");
  }

  private static CacheProperties bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("smile.cache", CacheProperties.class)
        .get();
  }
}
