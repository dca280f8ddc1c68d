package org.smileadventure.query.health;

import org.jspecify.annotations.Nullable;
import org.smileadventure.common.cache.CacheCounts;

/**
 * The cache, over all instances of all services since its memory was last emptied.
 *
 * @param cleanups keys that Redis removed as they had expired, or for want of memory
 * @param hitRatePercent 0 without a request
 * @param cacheSize keys
 * @param evictions of the cleanups those for want of memory
 */
record CacheStatistics(
    long hits,
    long misses,
    long bypasses,
    long sets,
    long deletes,
    long cleanups,
    long evictions,
    long totalRequests,
    double hitRatePercent,
    long cacheSize,
    @Nullable String memoryUsageEstimate,
    CacheCounts.Counts thisInstance) {

  static CacheStatistics of(CacheCounts.Fleet fleet, CacheCounts.Counts here) {
    var counts = fleet.counts();
    var total = counts.hits() + counts.misses() + counts.bypasses();
    return new CacheStatistics(
        counts.hits(),
        counts.misses(),
        counts.bypasses(),
        counts.sets(),
        counts.deletes(),
        fleet.expired() + fleet.evicted(),
        fleet.evicted(),
        total,
        total == 0 ? 0 : Math.round(10_000.0 * counts.hits() / total) / 100.0,
        fleet.keys(),
        fleet.memory(),
        here);
  }
}
