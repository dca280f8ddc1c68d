package org.smileadventure.ingest.quarantine;

import static org.smileadventure.ingest.quarantine.QuarantineHeaders.ATTEMPTS;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.DETAIL;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.FIRST_SEEN;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.KEY;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.NO_VALUE;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.ORIGIN;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.REASON;
import static org.smileadventure.ingest.quarantine.QuarantineHeaders.VALUE_BYTES;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.store.KeptNowhere;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Sets aside, on a topic of their own, the records that cannot be stored: key, value and headers as
 * they came, and beside them why, since when, and where from. Of a record that is larger than the
 * topic takes, all but the value is kept; where it came from tells where that is. Of children of
 * whom nothing may be kept records are only counted.
 */
@Component
public class Quarantine {
  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private static final int KEPT_OF_A_RECORD_TOO_LARGE = 64 * 1024;
  private static final int OVERHEAD_OF_A_HEADER = 16;
  private static final byte[] NOTHING = {};

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final String topic;
  private final KeptNowhere keptNowhere;
  private final InstantSource clock;
  private final MeterRegistry meters;

  Quarantine(
      KafkaTemplate<byte[], byte[]> kafka,
      KeptNowhere keptNowhere,
      IngestProperties properties,
      InstantSource clock,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.topic = properties.quarantineTopic();
    this.keptNowhere = keptNowhere;
    this.clock = clock;
    this.meters = meters;
    // Known before the first one, so that a rate sees it.
    for (var reason : Rejection.values()) {
      count(reason, 0);
    }
  }

  /**
   * A record that cannot be stored, and why.
   *
   * @param child whose it is, as far as anybody can tell
   */
  public record Rejected(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord,
      @Nullable ChildId child,
      Rejection reason,
      String detail) {

    Rejected because(Rejection another) {
      return new Rejected(kafkaRecord, child, another, detail);
    }
  }

  /** Returns when Kafka has acknowledged all of them. */
  public void add(Collection<Rejected> rejected) {
    var sorted = keptNowhere(rejected);
    var kept = sorted.stream().filter(r -> !r.reason().isKeptNowhere()).toList();
    await(kept.stream().map(this::send).toList());
    sorted.forEach(r -> count(r.reason(), 1));
    keptNowhere.refused(
        sorted.stream()
            .filter(r -> r.reason() == Rejection.ERASED_CHILD)
            .map(Rejected::child)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
    // Somebody may have asked for an erasure since, and have looked through the quarantine.
    var since =
        keptNowhere(kept).stream()
            .filter(r -> r.reason().isKeptNowhere())
            .map(r -> QuarantineKey.of(r.child(), r.kafkaRecord()))
            .toList();
    delete(since);
  }

  /** The same, with another reason for those of whom nothing may be kept. */
  List<Rejected> keptNowhere(Collection<Rejected> rejected) {
    var children =
        rejected.stream()
            .filter(r -> !r.reason().isKeptNowhere())
            .map(Rejected::child)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    var reasons = keptNowhere.among(children);
    return rejected.stream()
        .map(
            r -> {
              var reason = r.child() == null ? null : reasons.get(r.child());
              return reason == null ? r : r.because(reason);
            })
        .toList();
  }

  /** Deletes the records with these keys; returns when Kafka has acknowledged it. */
  void delete(Collection<byte[]> keys) {
    await(
        keys.stream()
            .map(
                key ->
                    send(
                        kafka,
                        new ProducerRecord<>(topic, QuarantineLog.PARTITION, key, (byte[]) null)))
            .toList());
  }

  private static void await(List<? extends CompletableFuture<?>> sent) {
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }

  private void count(Rejection reason, int records) {
    meters
        .counter(
            reason.isKeptNowhere() ? "smile.ingest.dropped" : "smile.ingest.quarantined",
            "reason",
            reason.wireName())
        .increment(records);
  }

  private CompletableFuture<SendResult<byte[], byte[]>> send(Rejected rejected) {
    var origin = rejected.kafkaRecord();
    var headers = headers(rejected);
    return send(
            kafka,
            new ProducerRecord<>(
                topic,
                QuarantineLog.PARTITION,
                QuarantineKey.of(rejected.child(), origin),
                origin.value() == null ? NOTHING : origin.value(),
                headers))
        // Not on the producer's own thread, which could wait for itself.
        .exceptionallyComposeAsync(
            failure ->
                tooLarge(failure)
                    ? send(kafka, withoutValue(rejected, headers))
                    : CompletableFuture.failedFuture(failure));
  }

  /** Tells any failure by the future; the template throws what fails at once. */
  static CompletableFuture<SendResult<byte[], byte[]>> send(
      KafkaTemplate<byte[], byte[]> kafka, ProducerRecord<byte[], byte[]> kafkaRecord) {
    try {
      return kafka.send(kafkaRecord);
    } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private RecordHeaders headers(Rejected rejected) {
    var origin = rejected.kafkaRecord();
    var headers = QuarantineHeaders.withoutOurs(origin.headers());
    QuarantineHeaders.set(headers, REASON, rejected.reason().wireName());
    QuarantineHeaders.set(headers, DETAIL, rejected.detail());
    if (origin.key() != null) {
      headers.add(KEY, origin.key());
    }
    if (origin.value() == null) {
      QuarantineHeaders.set(headers, NO_VALUE, "true");
    }
    QuarantineHeaders.set(headers, ATTEMPTS, Integer.toString(1 + attempts(headers)));
    if (headers.lastHeader(FIRST_SEEN) == null || headers.lastHeader(ORIGIN) == null) {
      QuarantineHeaders.set(headers, FIRST_SEEN, clock.instant().toString());
      QuarantineHeaders.set(
          headers, ORIGIN, origin.topic() + "/" + origin.partition() + "/" + origin.offset());
    }
    return headers;
  }

  private static int attempts(Headers headers) {
    var text = QuarantineHeaders.text(headers, ATTEMPTS);
    return text == null ? 0 : Integer.parseInt(text);
  }

  static boolean tooLarge(Throwable failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof RecordTooLargeException;
  }

  private ProducerRecord<byte[], byte[]> withoutValue(Rejected rejected, Headers all) {
    var origin = rejected.kafkaRecord();
    log.warn(
        "a record of partition {} at offset {} is too large to be set aside whole",
        origin.partition(),
        origin.offset());
    var kept = new RecordHeaders();
    var room = KEPT_OF_A_RECORD_TOO_LARGE;
    for (var header : all) {
      var bytes =
          OVERHEAD_OF_A_HEADER
              + header.key().length()
              + (header.value() == null ? 0 : header.value().length);
      // Ours are short, but for the key.
      if ((QuarantineHeaders.isOurs(header.key()) && !header.key().equals(KEY)) || bytes <= room) {
        kept.add(header);
        room -= bytes;
      }
    }
    if (origin.value() != null) {
      QuarantineHeaders.set(kept, VALUE_BYTES, Integer.toString(origin.value().length));
    }
    return new ProducerRecord<>(
        topic, QuarantineLog.PARTITION, QuarantineKey.of(rejected.child(), origin), NOTHING, kept);
  }
}
