package org.smileadventure.ingest.collector;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many events the devices of one household may send: many at once after months without a
 * network, and far more in the long run than anybody plays. Each instance counts for itself.
 */
@Component
class DeviceRate {
  private static final int HOUSEHOLDS = 100_000;

  private final LoadingCache<String, Bucket> buckets;
  private final Counter refused;

  DeviceRate(CollectorProperties properties, MeterRegistry meters) {
    buckets =
        Caffeine.newBuilder()
            .maximumSize(HOUSEHOLDS)
            .expireAfterAccess(
                Duration.ofSeconds(
                    1 + properties.maxEventsAtOnce() / properties.maxEventsPerSecond()))
            .build(
                _ ->
                    Bucket.builder()
                        .addLimit(
                            limit ->
                                limit
                                    .capacity(properties.maxEventsAtOnce())
                                    .refillGreedy(
                                        properties.maxEventsPerSecond(), Duration.ofSeconds(1)))
                        .build());
    refused = meters.counter("smile.collector.throttled");
  }

  /**
   * Lets these events pass.
   *
   * @param sender as its token names it
   * @throws RefusedRequestException if the sender has to wait
   */
  void require(String sender, int events) {
    var probe = buckets.get(sender).tryConsumeAndReturnRemaining(Math.max(events, 1));
    if (!probe.isConsumed()) {
      refused.increment();
      throw RefusedRequestException.tooFast(
          Math.ceilDiv(probe.getNanosToWaitForRefill(), Duration.ofSeconds(1).toNanos()));
    }
  }
}
