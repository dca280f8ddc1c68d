package org.smileadventure.ingest.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
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
   * Sends these records again and notes it, when Kafka has acknowledged all of them.
   *
   * @param by the subject who asks for it
   */
  void send(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> records,
      Instant now,
      String by) {
    var sent = records.stream().map(r -> kafka.send(asItCame(r))).toList();
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    jdbc.sql(
            """
            INSERT INTO quarantine_replay (topic_id, id, replayed_at, replayed_by)
            SELECT :topic_id, id, :replayed_at, :replayed_by FROM unnest(:ids::bigint[]) AS id
            ON CONFLICT (topic_id, id) DO NOTHING
            """)
        .param("topic_id", topicId)
        .param("ids", records.stream().mapToLong(ConsumerRecord::offset).toArray())
        .param("replayed_at", Timestamp.from(now))
        .param("replayed_by", by)
        .update();
    for (var kafkaRecord : records) {
      var reason = QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.REASON);
      meters.counter("smile.quarantine.replayed", "reason", String.valueOf(reason)).increment();
    }
  }

  private ProducerRecord<byte[], byte[]> asItCame(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var headers = new RecordHeaders();
    for (var header : kafkaRecord.headers()) {
      if (QuarantineHeaders.goesAlong(header.key())) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(topic, null, kafkaRecord.key(), kafkaRecord.value(), headers);
  }
}
