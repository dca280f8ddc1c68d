package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.cache.AnswerCache.Served;
import org.smileadventure.common.event.ChildId;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import redis.clients.jedis.UnifiedJedis;

/** A cache on its own connection pool, with a clock that stands still, and one fresh child. */
final class CacheFixture implements AutoCloseable {
  static final Duration TTL = Duration.ofMinutes(15);
  static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final AtomicLong CHILDREN = new AtomicLong();

  final UnifiedJedis redis;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final AnswerCache cache;
  ChildId child = newChild();
  volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

  CacheFixture(URI redis, double jitter) {
    this(new CacheProperties(List.of(redis), TIMEOUT, jitter, 0, null));
  }

  CacheFixture(CacheProperties properties) {
    this(properties, new DefaultSslBundleRegistry());
  }

  CacheFixture(CacheProperties properties, SslBundles sslBundles) {
    InstantSource clock = () -> now;
    this.redis = new CacheConfiguration().redisClient(properties, sslBundles);
    this.cache = new CacheConfiguration().answerCache(this.redis, properties, clock, meters);
  }

  static ChildId newChild() {
    return new ChildId(CHILDREN.incrementAndGet());
  }

  /** An answer that may be served for a day. */
  Supplier<Optional<Computed>> computing(String body) {
    return computing(body, now.plus(Duration.ofDays(1)));
  }

  Supplier<Optional<Computed>> computing(String body, Instant validUntil) {
    return () -> Optional.of(new Computed(Answer.of(body.getBytes(UTF_8), now), validUntil));
  }

  static Supplier<Optional<Computed>> notComputing() {
    return () -> {
      throw new AssertionError("computed, though it should have been there");
    };
  }

  Served read(Supplier<Optional<Computed>> compute) {
    return read("progress", compute);
  }

  Served read(String name, Supplier<Optional<Computed>> compute) {
    return cache.answer(child, name, TTL, compute).orElseThrow();
  }

  /**
   * What is answered about each of these children.
   *
   * @param compute for those that are missing
   */
  Map<ChildId, String> readAll(List<ChildId> children, Function<Set<ChildId>, String> compute) {
    return cache
        .answers(
            children.stream().collect(toMap(child -> child, _ -> "glance")),
            TTL,
            missing -> {
              var computed = computing(compute.apply(missing)).get().orElseThrow();
              return missing.stream().collect(toMap(child -> child, _ -> computed));
            })
        .entrySet()
        .stream()
        .collect(toMap(Map.Entry::getKey, answer -> answer.getValue().toString()));
  }

  double count(String meter, String result) {
    return meters.get(meter).tag("result", result).counter().count();
  }

  /** How long after {@code start} the child's answer will be served. */
  Duration life(ChildId child, Instant start) {
    var key = "{child:" + child + "}:answers";
    var bytes = redis.hget(key.getBytes(UTF_8), "progress".getBytes(UTF_8));
    var cached = Objects.requireNonNull(CachedAnswer.parse(bytes));
    return Duration.between(start, cached.expiresAt());
  }

  String answersKey() {
    return "{child:" + child + "}:answers";
  }

  String generationKey() {
    return "{child:" + child + "}:generation";
  }

  @Override
  public void close() {
    redis.close();
  }
}
