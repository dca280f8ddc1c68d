package org.smileadventure.ingest.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.smileadventure.common.event.DecodedEvent;
import org.springframework.stereotype.Component;

/** What passes through the listener, in numbers. */
@Component
class IngestMeters {
  private static final Duration[] DELAYS = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofDays(1)
  };

  /** As promised: within it an event is in the answers. */
  private static final long PROMISED_MILLIS = 10_000;

  private final InstantSource clock;
  private final Counter received;
  private final Counter stored;
  private final Counter duplicates;
  private final DistributionSummary batchSize;
  private final Timer sinceOccurred;
  private final Timer sinceKafka;
  private final Counter fresh;
  private final Counter late;

  IngestMeters(MeterRegistry meters, InstantSource clock) {
    this.clock = clock;
    received = meters.counter("smile.ingest.received");
    stored = meters.counter("smile.ingest.stored");
    duplicates = meters.counter("smile.ingest.duplicates");
    batchSize = DistributionSummary.builder("smile.ingest.batch.events").register(meters);
    sinceOccurred = delay("occurred", meters);
    sinceKafka = delay("kafka", meters);
    fresh = meters.counter("smile.ingest.fresh");
    late = meters.counter("smile.ingest.late");
  }

  private static Timer delay(String since, MeterRegistry meters) {
    return Timer.builder("smile.ingest.delay")
        .tag("since", since)
        .description(
            "from when the oldest event of a batch occurred, or was taken by Kafka, to the commit")
        .serviceLevelObjectives(DELAYS)
        .register(meters);
  }

  /** A batch is through: what cannot be stored is set aside, and the rest is committed. */
  void taken(
      List<? extends ConsumerRecord<?, ?>> batch,
      List<DecodedEvent> events,
      int newlyStored,
      int storedBefore) {
    batchSize.record(batch.size());
    received.increment(batch.size());
    stored.increment(newlyStored);
    duplicates.increment(Math.max(0, storedBefore));
    var now = clock.millis();
    var taken = now;
    for (var kafkaRecord : batch) {
      taken = Math.min(taken, kafkaRecord.timestamp());
    }
    sinceKafka.record(now - taken, TimeUnit.MILLISECONDS);
    var occurred = now;
    for (var decoded : events) {
      occurred = Math.min(occurred, decoded.event().occurredAt().toEpochMilli());
    }
    if (!events.isEmpty()) {
      sinceOccurred.record(now - occurred, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * What of a batch is stored now, each event with the time at which Kafka took it.
   *
   * @param invalidated whether no cached answer is without it. Else it counts as late: nobody knows
   *     when it will be in the answers
   */
  void answered(List<? extends ConsumerRecord<?, ?>> events, boolean invalidated) {
    var oldest = clock.millis() - PROMISED_MILLIS;
    var inTime =
        invalidated ? events.stream().filter(event -> event.timestamp() >= oldest).count() : 0;
    fresh.increment((double) inTime);
    late.increment((double) (events.size() - inTime));
  }
}
