package org.smileadventure.ingest.quarantine;

import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;

/**
 * Sends to Kafka and waits for its answers, with a producer of its own that gives up before the
 * database ends the transaction that waits meanwhile.
 */
@Component
class ReplaySender {
  private final KafkaTemplate<byte[], byte[]> kafka;

  ReplaySender(ProducerFactory<byte[], byte[]> producers) {
    kafka =
        new KafkaTemplate<>(
            producers,
            Map.of(
                DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                MAX_BLOCK_MS_CONFIG,
                5_000));
    // The default one logs keys and payloads.
    kafka.setProducerListener(new ProducerListener<>() {});
  }

  /**
   * What became of records.
   *
   * @param taken the places of those that Kafka has taken, in order
   * @param failure why it has not taken all others that are not too large; null: it has
   */
  record Answer(List<Integer> taken, @Nullable CompletionException failure) {}

  /** Returns when Kafka has answered for all of them, or for those up to one that fails at once. */
  Answer send(List<ProducerRecord<byte[], byte[]>> records) {
    var answers = new ArrayList<CompletableFuture<Boolean>>(records.size());
    for (var kafkaRecord : records) {
      var isTaken = sent(kafkaRecord);
      answers.add(isTaken);
      if (isTaken.isCompletedExceptionally()) {
        // To go on would be to wait as long for each of the others.
        break;
      }
    }
    var taken = new ArrayList<Integer>(answers.size());
    @Nullable CompletionException failure = null;
    for (int i = 0; i < answers.size(); i++) {
      try {
        if (answers.get(i).join()) {
          taken.add(i);
        }
      } catch (CompletionException e) {
        failure = e;
      }
    }
    return new Answer(taken, failure);
  }

  /** Whether Kafka has taken it; false if it is too large. */
  private CompletableFuture<Boolean> sent(ProducerRecord<byte[], byte[]> kafkaRecord) {
    return Quarantine.send(kafka, kafkaRecord)
        .thenApply(_ -> true)
        .exceptionallyCompose(
            failure ->
                Quarantine.tooLarge(failure)
                    ? CompletableFuture.completedFuture(false)
                    : CompletableFuture.failedFuture(failure));
  }

  @PreDestroy
  void close() {
    kafka.destroy();
  }
}
