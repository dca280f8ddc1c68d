package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Ready answers about children, shared by all instances through Redis.
 *
 * <p>A child has a hash of answers and a generation, a random token, both in one cluster slot. Who
 * misses takes the generation (or starts one) before it reads the database, and its answer is
 * stored only if the generation is still the same. Who has committed a write removes the generation
 * and the answers in one command. So an answer computed before a write can never be stored after
 * it, however slow its reader; and as a token never comes back, this also holds if Redis evicts or
 * expires it in between, which a counter starting anew would not survive.
 *
 * <p>Answers come from the database alone while Redis is away; after a few failures a circuit
 * breaker stops asking it for a moment. Errors and absences are not stored. Thread-safe.
 */
public final class AnswerCache {

  /** How an answer was come by. */
  public enum Source {
    /** Taken from Redis. */
    HIT,
    /** Computed, as Redis did not have it. */
    MISS,
    /** Computed, as Redis did not answer. */
    AWAY
  }

  /** An answer and how it was come by. */
  public record Served(Answer answer, Source source) {}

  /** What a computation yields: the answer, and a moment from which it must not be served. */
  public record Computed(Answer answer, Instant validUntil) {}

  // Longer than any computation may take; a fill that comes later is dropped, which costs a miss.
  private static final Duration GENERATION_TTL = Duration.ofMinutes(2);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration LEASE_WAIT = Duration.ofMillis(250);

  /** It is asked again soon, and then less and less often: most answers take some milliseconds. */
  private static final Duration FIRST_LEASE_POLL = Duration.ofMillis(8);

  private static final Duration LAST_LEASE_POLL = Duration.ofMillis(64);

  private static final byte[] TAKE_LEASE =
      """
      local generation = redis.pcall('GET', KEYS[1])
      if type(generation) ~= 'string' then generation = ARGV[1] end
      redis.call('SET', KEYS[1], generation, 'PX', ARGV[2])
      local lease = redis.call('SET', KEYS[2] .. generation, 1, 'NX', 'PX', ARGV[3])
      return {generation, lease and 1 or 0}
      """
          .getBytes(UTF_8);

  private static final byte[] FILL =
      """
      if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      if redis.call('TYPE', KEYS[2]).ok ~= 'hash' then redis.call('UNLINK', KEYS[2]) end
      redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
      if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
      end
      return 1
      """
          .getBytes(UTF_8);

  private final UnifiedJedis redis;
  private final double jitter;
  private final InstantSource clock;
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "redis",
          CircuitBreakerConfig.custom()
              .slidingWindowSize(10)
              .minimumNumberOfCalls(5)
              .waitDurationInOpenState(Duration.ofSeconds(1))
              .permittedNumberOfCallsInHalfOpenState(1)
              .recordExceptions(JedisException.class)
              .build());
  private final Counter hits;
  private final Counter misses;
  private final Counter away;
  private final Counter fills;
  private final Counter refusedFills;
  private final Counter invalidations;

  public AnswerCache(UnifiedJedis redis, double jitter, InstantSource clock, MeterRegistry meters) {
    this.redis = redis;
    this.jitter = jitter;
    this.clock = clock;
    hits = meters.counter("smile.cache.requests", "result", "hit");
    misses = meters.counter("smile.cache.requests", "result", "miss");
    away = meters.counter("smile.cache.requests", "result", "away");
    fills = meters.counter("smile.cache.fills", "result", "stored");
    refusedFills = meters.counter("smile.cache.fills", "result", "outdated");
    invalidations = meters.counter("smile.cache.invalidations");
    for (var state : List.of(State.CLOSED, State.OPEN, State.HALF_OPEN)) {
      Gauge.builder("smile.cache.breaker", breaker, b -> b.getState() == state ? 1 : 0)
          .description("1 for the state that the circuit breaker in front of Redis is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
  }

  /**
   * The answer of this name about this child, from Redis if it is there, else computed and stored.
   * If another instance is just computing it, this waits for that a quarter of a second at most.
   *
   * @param name must tell apart whatever the answer depends on, also who asks
   * @param ttl how long it may be served, before jitter
   * @param compute reads the database; empty if there is nothing to be answered
   */
  public Optional<Served> answer(
      ChildId child, String name, Duration ttl, Supplier<Optional<Computed>> compute) {
    try {
      var cached = breaker.executeSupplier(() -> get(child, name));
      if (cached != null) {
        hits.increment();
        return Optional.of(new Served(cached, Source.HIT));
      }
      var miss = breaker.executeSupplier(() -> takeLease(child, name));
      if (!miss.leased()) {
        var computedElsewhere = breaker.executeSupplier(() -> await(child, name));
        if (computedElsewhere != null) {
          hits.increment();
          return Optional.of(new Served(computedElsewhere, Source.HIT));
        }
      }
      misses.increment();
      Optional<Computed> computed = Optional.empty();
      try {
        computed = compute.get();
      } finally {
        if (miss.leased() && computed.isEmpty()) {
          release(child, name, miss);
        }
      }
      computed.ifPresent(answer -> fill(child, name, miss.generation(), answer, ttl));
      return computed.map(c -> new Served(c.answer(), Source.MISS));
    } catch (JedisException | CallNotPermittedException _) {
      away.increment();
      return compute.get().map(c -> new Served(c.answer(), Source.AWAY));
    }
  }

  /**
   * Answers about several children, those that Redis has from there; the others are computed
   * together and stored. Who misses does not wait for another instance.
   *
   * @param names of the answers, by child, as for {@link #answer}
   * @param ttl how long each may be served, before jitter
   * @param compute reads the database, once, for the children that are missing; those for whom
   *     there is nothing to be answered are not in what it returns, nor in what this returns
   */
  public Map<ChildId, Answer> answers(
      Map<ChildId, String> names,
      Duration ttl,
      Function<Set<ChildId>, Map<ChildId, Computed>> compute) {
    var answers = new HashMap<ChildId, Answer>();
    var generations = new HashMap<ChildId, byte[]>();
    try {
      for (var each : names.entrySet()) {
        var child = each.getKey();
        var cached = breaker.executeSupplier(() -> get(child, each.getValue()));
        if (cached != null) {
          answers.put(child, cached);
        } else {
          var miss = breaker.executeSupplier(() -> takeLease(child, each.getValue()));
          generations.put(child, miss.generation());
        }
      }
    } catch (JedisException | CallNotPermittedException _) {
      away.increment(names.size() - answers.size() - generations.size());
    }
    hits.increment(answers.size());
    misses.increment(generations.size());
    var missing = new HashSet<>(names.keySet());
    missing.removeAll(answers.keySet());
    if (!missing.isEmpty()) {
      compute
          .apply(missing)
          .forEach(
              (child, computed) -> {
                answers.put(child, computed.answer());
                var generation = generations.get(child);
                if (generation != null) {
                  fill(child, Objects.requireNonNull(names.get(child)), generation, computed, ttl);
                }
              });
    }
    return answers;
  }

  /**
   * Removes what is cached about these children, in one round trip for each node of Redis. To be
   * called after the commit of the write that changed them.
   *
   * @throws CacheAwayException if Redis did not confirm it: the caller has to try again later
   */
  public void invalidate(Collection<ChildId> children) {
    if (children.isEmpty()) {
      return;
    }
    try {
      breaker.executeRunnable(() -> remove(children));
    } catch (JedisException | CallNotPermittedException e) {
      throw new CacheAwayException(e);
    }
    invalidations.increment(children.size());
  }

  private record Removal(ChildId child, Response<Long> reply) {}

  private void remove(Collection<ChildId> children) {
    try (AbstractPipeline pipeline = redis.pipelined()) {
      var removals =
          children.stream()
              .map(
                  child ->
                      new Removal(child, pipeline.unlink(answersKey(child), generationKey(child))))
              .toList();
      pipeline.sync();
      removals.forEach(this::confirm);
    }
  }

  private void confirm(Removal removal) {
    try {
      removal.reply().get();
    } catch (JedisRedirectionException _) {
      // The slot has moved to another node of the cluster, which a pipeline does not follow.
      redis.unlink(answersKey(removal.child()), generationKey(removal.child()));
    } catch (IllegalStateException e) {
      throw new JedisConnectionException("a node of the cluster has not replied", e);
    }
  }

  /** Whether Redis answers now. */
  public boolean isUp() {
    try {
      return "PONG".equals(redis.ping());
    } catch (JedisException _) {
      return false;
    }
  }

  private @Nullable Answer get(ChildId child, String name) {
    var bytes = read(answersKey(child), name.getBytes(UTF_8));
    var cached = bytes == null ? null : CachedAnswer.parse(bytes);
    return cached == null || !clock.instant().isBefore(cached.expiresAt()) ? null : cached.answer();
  }

  private byte @Nullable [] read(byte[] key, byte[] field) {
    try {
      return redis.hget(key, field);
    } catch (JedisDataException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("WRONGTYPE")) {
        return null; // what somebody else has left there; a fill replaces it
      }
      throw e;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a token that goes back to Redis as it came
  private record Miss(byte[] generation, boolean leased) {}

  private Miss takeLease(ChildId child, String name) {
    var reply =
        (List<?>)
            redis.eval(
                TAKE_LEASE,
                List.of(generationKey(child), leaseKeyPrefix(child, name)),
                List.of(
                    UUID.randomUUID().toString().getBytes(UTF_8),
                    millis(GENERATION_TTL),
                    millis(LEASE)));
    return new Miss((byte[]) reply.get(0), ((Long) reply.get(1)) == 1);
  }

  // Not to keep others waiting for an answer that there will not be. Where there is one the lease
  // stays: else who had missed just before it was stored would compute it once more.
  private void release(ChildId child, String name, Miss miss) {
    var generation = new String(miss.generation(), UTF_8);
    try {
      breaker.executeSupplier(
          () -> redis.unlink(new String(leaseKeyPrefix(child, name), UTF_8) + generation));
    } catch (JedisException | CallNotPermittedException _) {
      // it ends by itself
    }
  }

  private @Nullable Answer await(ChildId child, String name) {
    var deadline = System.nanoTime() + LEASE_WAIT.toNanos();
    var pause = FIRST_LEASE_POLL;
    try {
      while (System.nanoTime() < deadline) {
        Thread.sleep(pause);
        pause = pause.compareTo(LAST_LEASE_POLL) < 0 ? pause.multipliedBy(2) : pause;
        var answer = get(child, name);
        if (answer != null) {
          return answer;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private void fill(
      ChildId child, String name, byte[] generation, Computed computed, Duration ttl) {
    var spread = 1 + jitter * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    var expiresAt = clock.instant().plusMillis(Math.round(ttl.toMillis() * spread));
    if (computed.validUntil().isBefore(expiresAt)) {
      expiresAt = computed.validUntil();
    }
    var life = Duration.between(clock.instant(), expiresAt);
    if (!life.isPositive()) {
      return;
    }
    var value = new CachedAnswer(computed.answer(), expiresAt).toBytes();
    try {
      var stored =
          breaker.executeSupplier(
              () ->
                  redis.eval(
                      FILL,
                      List.of(generationKey(child), answersKey(child)),
                      List.of(generation, name.getBytes(UTF_8), value, millis(life))));
      (Long.valueOf(1).equals(stored) ? fills : refusedFills).increment();
    } catch (JedisException | CallNotPermittedException _) {
      away.increment();
    }
  }

  private static byte[] millis(Duration duration) {
    return Long.toString(Math.max(1, duration.toMillis())).getBytes(UTF_8);
  }

  // The braces make Redis Cluster put all keys of one child into one slot.
  private static byte[] answersKey(ChildId child) {
    return ("{child:" + child + "}:answers").getBytes(UTF_8);
  }

  private static byte[] generationKey(ChildId child) {
    return ("{child:" + child + "}:generation").getBytes(UTF_8);
  }

  private static byte[] leaseKeyPrefix(ChildId child, String name) {
    return ("{child:" + child + "}:lease:" + name + ":").getBytes(UTF_8);
  }
}
