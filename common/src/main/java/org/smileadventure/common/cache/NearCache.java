package org.smileadventure.common.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.csc.AbstractCache;
import redis.clients.jedis.csc.CacheEntry;
import redis.clients.jedis.csc.CacheKey;
import redis.clients.jedis.csc.EvictionPolicy;
import redis.clients.jedis.csc.LRUEviction;

/**
 * Answers that this JVM has just read from Redis, served again without asking Redis. Redis tells
 * each connection when something that was read over it has changed (server-assisted client-side
 * caching), and before an answer is served from here, what has been told meanwhile is heeded.
 *
 * <p>What it weakens: without it, an answer is never served by a request that begins after its
 * invalidation was acknowledged. With it this can happen for a moment, as Redis does not wait until
 * those who hold the answer have heard of its invalidation:
 *
 * <ul>
 *   <li>while the message is on its way, which takes about as long as the acknowledgement itself;
 *   <li>while the connection that it came by is in use for another read, at the longest for {@link
 *       CacheProperties#timeout()};
 *   <li>if that connection is dead and nobody has noticed.
 * </ul>
 *
 * <p>In none of these cases for longer than {@link #LONGEST}: after that an answer is read from
 * Redis again, whether or not anything was heard of it.
 */
@SuppressWarnings("rawtypes") // as in the class it extends
final class NearCache extends AbstractCache {
  static final Duration LONGEST = Duration.ofSeconds(1);

  private record Kept(CacheEntry entry, long since) {}

  private final Map<CacheKey, Kept> kept = new ConcurrentHashMap<>();
  private final EvictionPolicy eviction;
  private final AtomicLong heard = new AtomicLong();
  private final ThreadLocal<Long> heardBeforeReading = ThreadLocal.withInitial(() -> -1L);

  NearCache(int size) {
    super(size, (command, _) -> command == Command.HGET);
    eviction = new LRUEviction(size);
    eviction.setCache(this);
  }

  @Override
  protected @Nullable CacheEntry getFromStore(CacheKey key) {
    var found = kept.get(key);
    if (found != null && System.nanoTime() - found.since() < LONGEST.toNanos()) {
      return found.entry();
    }
    heardBeforeReading.set(heard.get());
    return null;
  }

  // Another thread may have heard that an answer is out while this one had just read it: then
  // nobody would hear of it a second time, and it must not be kept.
  @Override
  protected CacheEntry putIntoStore(CacheKey key, CacheEntry entry) {
    if (heardBeforeReading.get() == heard.get()) {
      kept.put(key, new Kept(entry, System.nanoTime()));
    }
    return entry;
  }

  @Override
  public List<CacheKey> deleteByRedisKey(Object key) {
    heard.incrementAndGet();
    return super.deleteByRedisKey(key);
  }

  @Override
  public int flush() {
    heard.incrementAndGet();
    return super.flush();
  }

  @Override
  protected boolean removeFromStore(CacheKey key) {
    return kept.remove(key) != null;
  }

  @Override
  protected void clearStore() {
    kept.clear();
  }

  @Override
  protected boolean containsKeyInStore(CacheKey key) {
    return kept.containsKey(key);
  }

  @Override
  public int getSize() {
    return kept.size();
  }

  @Override
  public Collection<CacheEntry> getCacheEntries() {
    return kept.values().stream().map(Kept::entry).toList();
  }

  @Override
  public EvictionPolicy getEvictionPolicy() {
    return eviction;
  }

  /** Whatever the version: Jedis asks for Redis 7.4, and what is used here is there since 6. */
  @Override
  public boolean compatibilityMode() {
    return true;
  }
}
