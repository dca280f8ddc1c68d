package org.smileadventure.ingest.quarantine;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of the quarantine after one, each by its key, as they come: what is deleted later
 * goes again. Not thread-safe.
 */
final class UnseenRecords {
  private final int most;
  private final Map<String, Unseen> records = new LinkedHashMap<>();
  private long after;
  private long next;
  private boolean leftOut;

  private record Unseen(long id, long takenAt) {}

  /**
   * @param after the last one that was seen
   * @param most how many are known at a time
   */
  UnseenRecords(long after, int most) {
    this.after = after;
    this.next = after + 1;
    this.most = most;
  }

  /** What is to be read next. */
  long next() {
    return next;
  }

  /**
   * Forgets what was seen, and what Kafka has not any more. Back to the beginning if there is much
   * room for what was left out.
   *
   * @param seen the last one that was seen
   * @param begin the first one that Kafka has
   */
  void dropUpTo(long seen, long begin) {
    after = Math.max(after, seen);
    records.values().removeIf(unseen -> unseen.id() <= after || unseen.id() < begin);
    next = Math.max(next, Math.max(after + 1, begin));
    if (leftOut && records.size() < most / 2) {
      records.clear();
      next = Math.max(after + 1, begin);
      leftOut = false;
    }
  }

  /**
   * Takes what comes next.
   *
   * @param shown leaves those that may be shown
   */
  void take(
      List<ConsumerRecord<byte[], byte @Nullable []>> all,
      UnaryOperator<List<ConsumerRecord<byte[], byte @Nullable []>>> shown) {
    var visible = new HashSet<Long>();
    shown.apply(all).forEach(kafkaRecord -> visible.add(kafkaRecord.offset()));
    for (var kafkaRecord : all) {
      var key = QuarantineKey.text(kafkaRecord);
      records.remove(key);
      if (visible.contains(kafkaRecord.offset())) {
        if (records.size() < most) {
          records.put(key, new Unseen(kafkaRecord.offset(), kafkaRecord.timestamp()));
        } else {
          leftOut = true;
        }
      }
    }
  }

  /** All before this one have been read. */
  void readUpTo(long position) {
    next = Math.max(next, position);
  }

  int count() {
    return leftOut ? most : records.size();
  }

  /** When the oldest of them was set aside; null without one. */
  @Nullable Instant oldest() {
    var oldest = records.values().stream().mapToLong(Unseen::takenAt).min();
    return oldest.isEmpty() ? null : Instant.ofEpochMilli(oldest.getAsLong());
  }
}
