package org.smileadventure.common.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * How the cache is used, over all instances of all services: each adds what it counted to one hash
 * in Redis, every few seconds. What an instance counted last is lost if it is killed. Thread-safe.
 */
public class CacheCounts {
  private static final String KEY = "smile:cache:counts";
  private static final Pattern INFO = Pattern.compile("^([a-z_]+):([^\r\n]*)", Pattern.MULTILINE);

  private final UnifiedJedis redis;
  private final MeterRegistry meters;
  private Counts told = new Counts(0, 0, 0, 0, 0);

  CacheCounts(UnifiedJedis redis, MeterRegistry meters) {
    this.redis = redis;
    this.meters = meters;
  }

  /**
   * What was counted.
   *
   * @param bypasses requests while the cache was away
   * @param deletes children whose answers were removed
   */
  public record Counts(long hits, long misses, long bypasses, long sets, long deletes) {}

  /**
   * All instances together, and what Redis tells of itself.
   *
   * @param memory as Redis writes it; null if it does not tell
   */
  public record Fleet(
      Counts counts, long keys, long expired, long evicted, @Nullable String memory) {}

  /** Since this instance has started. */
  public Counts here() {
    return new Counts(
        count("smile.cache.requests", "hit"),
        count("smile.cache.requests", "miss"),
        count("smile.cache.requests", "away"),
        count("smile.cache.fills", "stored"),
        count("smile.cache.invalidations", null));
  }

  private long count(String meter, @Nullable String result) {
    var search = meters.find(meter);
    var counter = (result == null ? search : search.tag("result", result)).counter();
    return counter == null ? 0 : (long) counter.count();
  }

  @Scheduled(fixedDelay = 2_000)
  synchronized void tell() {
    var now = here();
    var added = new LinkedHashMap<String, Long>();
    added.put("hits", now.hits() - told.hits());
    added.put("misses", now.misses() - told.misses());
    added.put("bypasses", now.bypasses() - told.bypasses());
    added.put("sets", now.sets() - told.sets());
    added.put("deletes", now.deletes() - told.deletes());
    added.values().removeIf(count -> count == 0);
    if (added.isEmpty()) {
      return;
    }
    try (var pipeline = redis.pipelined()) {
      added.forEach((name, count) -> pipeline.hincrBy(KEY, name, count));
      pipeline.sync();
      told = now;
    } catch (JedisException _) {
      // told with what is counted next
    }
  }

  /** Empty if Redis does not answer. */
  public Optional<Fleet> fleet() {
    try {
      var counts = redis.hgetAll(KEY);
      var info = new LinkedHashMap<String, String>();
      INFO.matcher(redis.info())
          .results()
          .forEach((MatchResult line) -> info.put(line.group(1), line.group(2)));
      return Optional.of(
          new Fleet(
              new Counts(
                  number(counts, "hits"),
                  number(counts, "misses"),
                  number(counts, "bypasses"),
                  number(counts, "sets"),
                  number(counts, "deletes")),
              redis.dbSize(),
              number(info, "expired_keys"),
              number(info, "evicted_keys"),
              info.get("used_memory_human")));
    } catch (JedisException _) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
