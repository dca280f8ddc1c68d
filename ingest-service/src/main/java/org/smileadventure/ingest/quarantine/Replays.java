package org.smileadventure.ingest.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Sends records of the quarantine again, as they came, and keeps account of it: a record is sent
 * once, however often that is asked for. A crash before it is noted sends it twice, and the store
 * ignores the second one.
 */
@Component
class Replays {
  private final KafkaTemplate<byte[], byte[]> kafka;
  private final JdbcClient jdbc;
  private final String topic;
  private final MeterRegistry meters;

  Replays(
      KafkaTemplate<byte[], byte[]> kafka,
      JdbcClient jdbc,
      IngestProperties properties,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.jdbc = jdbc;
    this.topic = properties.topic();
    this.meters = meters;
    // Known before the first one, so that a rate sees it.
    for (var reason : Rejection.values()) {
      count(reason.wireName(), 0);
    }
  }

  /** When those of these records were sent again that have been. */
  Map<Long, Instant> of(String topicId, List<Long> ids) {
    var replayed = new HashMap<Long, Instant>();
    jdbc.sql(
            """
            SELECT id, replayed_at FROM quarantine_replay
            WHERE topic_id = :topic_id AND id = ANY (:ids::bigint[])
            """)
        .param("topic_id", topicId)
        .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .query(
            row -> {
              replayed.put(row.getLong("id"), row.getTimestamp("replayed_at").toInstant());
            });
    return replayed;
  }

  /**
   * Sends these records again and notes it, when Kafka has answered for all of them. Returns those
   * that it has taken: it may take none of a size that it took when they were compressed.
   *
   * @param by the subject who asks for it
   */
  List<ConsumerRecord<byte[], byte @Nullable []>> send(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> records,
      Instant now,
      String by) {
    var sent = records.stream().map(this::sent).toList();
    var taken = new ArrayList<ConsumerRecord<byte[], byte @Nullable []>>();
    for (int i = 0; i < records.size(); i++) {
      if (sent.get(i).join()) {
        taken.add(records.get(i));
      }
    }
    note(topicId, taken, now, by);
    return taken;
  }

  /** Whether Kafka has taken it; false if it is too large. */
  private CompletableFuture<Boolean> sent(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    return send(asItCame(kafkaRecord))
        .thenApply(_ -> true)
        .exceptionallyCompose(
            failure ->
                Quarantine.tooLarge(failure)
                    ? CompletableFuture.completedFuture(false)
                    : CompletableFuture.failedFuture(failure));
  }

  // What fails at once is thrown by the template, what fails later is told by its future.
  private CompletableFuture<?> send(ProducerRecord<byte[], byte[]> again) {
    try {
      return kafka.send(again);
    } catch (KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void note(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> taken,
      Instant now,
      String by) {
    var noted =
        jdbc.sql(
                """
                INSERT INTO quarantine_replay (topic_id, id, replayed_at, replayed_by)
                SELECT :topic_id, id, :replayed_at, :replayed_by FROM unnest(:ids::bigint[]) AS id
                ON CONFLICT (topic_id, id) DO NOTHING
                RETURNING id
                """)
            .param("topic_id", topicId)
            .param("ids", taken.stream().mapToLong(ConsumerRecord::offset).toArray())
            .param("replayed_at", Timestamp.from(now))
            .param("replayed_by", by)
            .query(Long.class)
            .set();
    taken.stream()
        .filter(kafkaRecord -> noted.contains(kafkaRecord.offset()))
        .map(r -> String.valueOf(QuarantineHeaders.text(r.headers(), QuarantineHeaders.REASON)))
        .forEach(reason -> count(reason, 1));
  }

  private void count(String reason, int records) {
    meters.counter("smile.quarantine.replayed", "reason", reason).increment(records);
  }

  private ProducerRecord<byte[], byte[]> asItCame(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var headers = QuarantineHeaders.withoutOurs(kafkaRecord.headers());
    return new ProducerRecord<>(topic, null, kafkaRecord.key(), kafkaRecord.value(), headers);
  }
}
