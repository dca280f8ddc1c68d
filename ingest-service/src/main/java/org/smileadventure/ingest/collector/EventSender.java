package org.smileadventure.ingest.collector;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import io.micrometer.observation.ObservationRegistry;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.trace.Spans;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;

/**
 * Sends to Kafka and waits until it has acknowledged, with a producer of its own that gives up
 * early: a game waits for the answer, and has the events still.
 */
@Component
class EventSender {
  private static final Logger log = LoggerFactory.getLogger(EventSender.class);

  /** What became of a record. */
  enum Outcome {
    ACKNOWLEDGED,
    TOO_LARGE
  }

  private final KafkaTemplate<byte[], byte[]> kafka;

  EventSender(
      ProducerFactory<byte[], byte[]> producers,
      CollectorProperties properties,
      Spans spans,
      ObservationRegistry observations) {
    var deliveryMs = Math.toIntExact(properties.deliveryTimeout().toMillis());
    kafka =
        new KafkaTemplate<>(
            producers,
            Map.of(
                ACKS_CONFIG,
                "all",
                ENABLE_IDEMPOTENCE_CONFIG,
                true,
                DELIVERY_TIMEOUT_MS_CONFIG,
                deliveryMs,
                REQUEST_TIMEOUT_MS_CONFIG,
                deliveryMs / 2,
                MAX_BLOCK_MS_CONFIG,
                1_000,
                LINGER_MS_CONFIG,
                5,
                COMPRESSION_TYPE_CONFIG,
                "gzip",
                BUFFER_MEMORY_CONFIG,
                32 * 1024 * 1024,
                // The largest record that a topic takes by default.
                MAX_REQUEST_SIZE_CONFIG,
                1_048_576));
    // The default one logs keys and payloads.
    kafka.setProducerListener(new ProducerListener<>() {});
    if (spans.areMade()) {
      // Each record has a span then, and carries its name in a header.
      kafka.setObservationRegistry(observations);
      kafka.setObservationEnabled(true);
    }
  }

  /**
   * Returns what became of each record, in their order, when Kafka has acknowledged all of them but
   * those that are too large.
   *
   * @throws RefusedRequestException if Kafka does not take one of them; others may have been taken
   */
  List<Outcome> send(List<ProducerRecord<byte[], byte[]>> records) {
    var sent = new ArrayList<CompletableFuture<Outcome>>(records.size());
    try {
      for (var kafkaRecord : records) {
        sent.add(send(kafkaRecord));
      }
      return sent.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      log.warn("Kafka does not take events: {}", String.valueOf(e.getCause()));
      throw RefusedRequestException.tryAgain("Kafka does not take the events now");
    }
  }

  private CompletableFuture<Outcome> send(ProducerRecord<byte[], byte[]> kafkaRecord) {
    try {
      return kafka.send(kafkaRecord).handle((_, failure) -> outcome(failure));
    } catch (org.springframework.kafka.KafkaException
        | org.apache.kafka.common.KafkaException failure) {
      // Known at once; to go on would be to wait as long for each of the others.
      return CompletableFuture.completedFuture(outcome(failure));
    }
  }

  private static Outcome outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return Outcome.ACKNOWLEDGED;
    }
    var root = NestedExceptionUtils.getMostSpecificCause(failure);
    if (root instanceof RecordTooLargeException) {
      return Outcome.TOO_LARGE;
    }
    // Kafka's own words, which name topic and times; those around them may quote the record.
    throw new CompletionException(root);
  }

  @PreDestroy
  void close() {
    kafka.destroy();
  }
}
