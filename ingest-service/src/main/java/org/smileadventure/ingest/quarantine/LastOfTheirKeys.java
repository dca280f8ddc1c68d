package org.smileadventure.ingest.quarantine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.springframework.kafka.KafkaException;

/**
 * Which records of a stretch of the quarantine are the last of their keys: a batch that came again
 * after a crash stands there twice, and what is deleted is there until the next compaction. Not
 * thread-safe.
 */
final class LastOfTheirKeys {
  /** How many keys are known at a time. */
  private static final int MOST = 100_000;

  private final Position all;
  private final Map<String, Long> last = new HashMap<>();
  private long to = Long.MAX_VALUE;

  private LastOfTheirKeys(Position all) {
    this.all = all;
  }

  /**
   * Reads all of these records. Those of the first 100,000 keys are known then.
   *
   * @throws KafkaException if Kafka does not give them
   */
  static LastOfTheirKeys among(Position all, QuarantineLog quarantine) {
    var known = new LastOfTheirKeys(all);
    var position = all;
    long before;
    do {
      before = position.next();
      position = quarantine.readAll(position, Integer.MAX_VALUE, known::take);
    } while (!position.atEnd() && position.next() > before);
    if (!position.atEnd()) {
      throw new KafkaException("the quarantine cannot be read to its end");
    }
    return known;
  }

  private int take(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
    for (var kafkaRecord : records) {
      var id = kafkaRecord.offset();
      if (last.size() < MOST) {
        last.put(QuarantineKey.text(kafkaRecord), id);
        to = last.size() == MOST ? id + 1 : to;
      } else {
        last.computeIfPresent(QuarantineKey.text(kafkaRecord), (_, _) -> id);
      }
    }
    return records.size();
  }

  /** Whether the next one of these records is known. */
  boolean reaches(Position records) {
    return records.end() == all.end() && records.next() >= all.next() && records.next() < to;
  }

  /** Those of these records that are known. */
  Position within(Position records) {
    return new Position(records.next(), Math.min(records.end(), to));
  }

  boolean has(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var id = last.get(QuarantineKey.text(kafkaRecord));
    return id != null && id == kafkaRecord.offset();
  }
}
