package org.smileadventure.ingest.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.LoneConsumers;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Reads the quarantine, which has one partition: the id of a record is its offset. */
@Component
class QuarantineLog {
  static final int PARTITION = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopicPartition partition;
  private final LoneConsumers consumers;
  private final KafkaAdmin admin;

  QuarantineLog(LoneConsumers consumers, KafkaAdmin admin, IngestProperties properties) {
    partition = new TopicPartition(properties.quarantineTopic(), PARTITION);
    this.consumers = consumers;
    this.admin = admin;
  }

  /**
   * Where a reading goes on, and where all of it ends: what comes in meanwhile, perhaps because of
   * what was read, is not for this one.
   */
  record Position(long next, long end) {
    static final Position START = new Position(0, Long.MAX_VALUE);

    boolean atEnd() {
      return next >= end;
    }
  }

  /**
   * Gives records in order, as they come from Kafka, about a megabyte at a time, until the reader
   * has had enough, so many have been looked at, or the end is reached.
   *
   * @param reader takes records and tells how many of them it has used: fewer than given means it
   *     has had enough
   */
  Position read(Position from, int most, Reader reader) {
    try (var consumer = consumers.open(Map.of())) {
      var end = Math.min(from.end(), ours(consumer.endOffsets(List.of(partition), PATIENCE)));
      long begin = ours(consumer.beginningOffsets(List.of(partition), PATIENCE));
      consumer.assign(List.of(partition));
      var position = Math.max(from.next(), begin);
      consumer.seek(partition, position);
      var looked = 0;
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (position < end && looked < most && System.nanoTime() < deadline) {
        var records =
            consumer.poll(Duration.ofMillis(500)).records(partition).stream()
                .filter(r -> r.offset() < end)
                .limit(most - looked)
                .toList();
        var used = reader.take(records);
        looked += used;
        if (used < records.size()) {
          return new Position(records.get(used).offset(), end);
        }
        position =
            records.isEmpty() ? consumer.position(partition) : records.getLast().offset() + 1;
      }
      return new Position(position, end);
    }
  }

  /** Takes records in order, and tells how many of them it has used. */
  interface Reader {
    int take(List<ConsumerRecord<byte[], byte @Nullable []>> records);
  }

  Optional<ConsumerRecord<byte[], byte @Nullable []>> find(long id) {
    var found = new AtomicReference<@Nullable ConsumerRecord<byte[], byte @Nullable []>>();
    read(
        new Position(id, Long.MAX_VALUE),
        1,
        records -> {
          records.stream().filter(r -> r.offset() == id).findFirst().ifPresent(found::set);
          return records.size();
        });
    return Optional.ofNullable(found.get());
  }

  /** The id that Kafka has given the topic; another one if the topic was made anew. */
  String id() {
    return Objects.requireNonNull(admin.describeTopics(partition.topic()).get(partition.topic()))
        .topicId()
        .toString();
  }

  private long ours(Map<TopicPartition, Long> offsets) {
    return Objects.requireNonNull(offsets.get(partition));
  }
}
