package org.smileadventure.ingest.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class IngestMetersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final IngestMeters meters = new IngestMeters(registry, InstantSource.fixed(NOW));

  @Test
  void eventIsFreshForTenSecondsAfterKafkaTookIt() {
    meters.answered(taken(0, 9_999, 10_000, 10_001, 60_000), true);
    assertThat(counted("fresh")).isEqualTo(3);
    assertThat(counted("late")).isEqualTo(2);
  }

  @Test
  void eventWhoseInvalidationWaitsIsLate() {
    meters.answered(taken(0, 1_000), false);
    assertThat(counted("fresh")).isZero();
    assertThat(counted("late")).isEqualTo(2);
  }

  private double counted(String how) {
    return registry.get("smile.ingest." + how).counter().count();
  }

  /** Records that Kafka took so many milliseconds ago. */
  private static List<ConsumerRecord<byte[], byte[]>> taken(long... millisAgo) {
    return LongStream.of(millisAgo)
        .mapToObj(
            millis ->
                new ConsumerRecord<>(
                    "events",
                    0,
                    0,
                    NOW.minus(Duration.ofMillis(millis)).toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    new byte[0],
                    new byte[0],
                    new RecordHeaders(),
                    Optional.empty()))
        .toList();
  }
}
