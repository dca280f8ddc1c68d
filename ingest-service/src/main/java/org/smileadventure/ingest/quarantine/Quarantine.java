package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Sets aside, on a topic of their own, the records that cannot be stored: key, value and headers as
 * they came, and beside them why, since when, and where from.
 */
@Component
public class Quarantine {
  private final KafkaTemplate<byte[], byte[]> kafka;
  private final String topic;
  private final InstantSource clock;
  private final MeterRegistry meters;

  Quarantine(
      KafkaTemplate<byte[], byte[]> kafka,
      IngestProperties properties,
      InstantSource clock,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.topic = properties.quarantineTopic();
    this.clock = clock;
    this.meters = meters;
  }

  /** A record that cannot be stored, and why. */
  public record Rejected(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, Rejection reason, String detail) {}

  /** Returns when Kafka has acknowledged all of them. */
  public void add(Collection<Rejected> rejected) {
    var sent = rejected.stream().map(r -> kafka.send(quarantined(r))).toList();
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    rejected.forEach(
        r ->
            meters
                .counter("smile.ingest.quarantined", "reason", r.reason().wireName())
                .increment());
  }

  private ProducerRecord<byte[], byte[]> quarantined(Rejected rejected) {
    var origin = rejected.kafkaRecord();
    var headers = new RecordHeaders(origin.headers());
    headers.add("smile-reason", rejected.reason().wireName().getBytes(UTF_8));
    headers.add("smile-detail", rejected.detail().getBytes(UTF_8));
    headers.add("smile-first-seen", clock.instant().toString().getBytes(UTF_8));
    headers.add(
        "smile-origin",
        (origin.topic() + "/" + origin.partition() + "/" + origin.offset()).getBytes(UTF_8));
    return new ProducerRecord<>(topic, null, origin.key(), origin.value(), headers);
  }
}
