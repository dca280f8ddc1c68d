package org.smileadventure.ingest.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.Deadline;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Counts what is in quarantine, by reason. As all of it is read for that, one caller at a time
 * counts, those who come meanwhile get the same answer, and it is kept for some seconds, or until
 * somebody has seen more.
 */
@Component
class QuarantineCounts {
  /** How many of the newest records are looked at. */
  static final int MOST = 100_000;

  /** What is not read by then is not looked at. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final QuarantineLog quarantine;
  private final Replays replays;
  private final Seen seen;
  private final Duration keptFor;
  private final ReentrantLock counting = new ReentrantLock();
  private @Nullable Kept kept;

  /**
   * @param keptFor 0: each caller gets a new answer
   */
  QuarantineCounts(
      QuarantineLog quarantine,
      Replays replays,
      Seen seen,
      @Value("${smile.quarantine.counts-kept:15s}") Duration keptFor) {
    this.quarantine = quarantine;
    this.replays = replays;
    this.seen = seen;
    this.keptFor = keptFor;
  }

  /**
   * An answer.
   *
   * @param nanos when it was made, as {@link System#nanoTime()} tells
   */
  private record Kept(Counts counts, String topicId, long nanos) {}

  /**
   * What is there. A record that was deleted counts for nothing.
   *
   * @param counted how many of the newest records were looked at, at most 100,000
   * @param complete whether these are all that there are; false, too, if Kafka took too long
   * @param firstId where that began
   * @param nextId the id of the next record to come
   * @param seenUpTo the last record that somebody has seen; null: none
   * @param unseen how many of those that are counted come after it
   * @param reasons the most frequent one first
   */
  record Counts(
      int counted,
      boolean complete,
      long firstId,
      long nextId,
      @Nullable Long seenUpTo,
      int unseen,
      @Nullable Instant oldestUnseenAt,
      List<OfReason> reasons) {}

  /**
   * @param replayed how many of them were sent again
   */
  record OfReason(
      @Nullable String reason, int records, int replayed, Instant oldestAt, Instant newestAt) {}

  private record Counted(long id, @Nullable String reason, Instant at, boolean replayed) {}

  Counts count() {
    counting.lock();
    try {
      var last = kept;
      if (last != null && isFresh(last)) {
        return last.counts();
      }
      var topicId = quarantine.id();
      var counts = count(topicId);
      kept = new Kept(counts, topicId, System.nanoTime());
      return counts;
    } finally {
      counting.unlock();
    }
  }

  /** On whichever instance somebody has said that they have seen more. */
  private boolean isFresh(Kept last) {
    return System.nanoTime() - last.nanos() < keptFor.toNanos()
        && Objects.equals(seen.upTo(last.topicId()).orElse(null), last.counts().seenUpTo());
  }

  private Counts count(String topicId) {
    var deadline = Deadline.in(LONGEST);
    var newest = quarantine.newest(MOST);
    var byKey = new HashMap<String, Counted>();
    var position = newest.position();
    long before;
    do {
      before = position.next();
      position = quarantine.readAll(position, MOST, deadline, all -> take(all, topicId, byKey));
    } while (!position.atEnd() && position.next() > before && !deadline.isOver());
    return counts(newest.position(), newest.all() && position.atEnd(), topicId, byKey);
  }

  /** The last record with a key is the one that stays. */
  private int take(
      List<ConsumerRecord<byte[], byte @Nullable []>> all,
      String topicId,
      Map<String, Counted> byKey) {
    var shown = new HashMap<Long, ConsumerRecord<byte[], byte @Nullable []>>();
    quarantine.shown(all).forEach(kafkaRecord -> shown.put(kafkaRecord.offset(), kafkaRecord));
    var replayed = replays.of(topicId, List.copyOf(shown.keySet())).keySet();
    for (var kafkaRecord : all) {
      var id = kafkaRecord.offset();
      var key = QuarantineKey.text(kafkaRecord);
      byKey.remove(key);
      if (shown.containsKey(id)) {
        byKey.put(
            key,
            new Counted(
                id,
                Selection.reasonOf(kafkaRecord),
                Instant.ofEpochMilli(kafkaRecord.timestamp()),
                replayed.contains(id)));
      }
    }
    return all.size();
  }

  private Counts counts(
      Position looked, boolean complete, String topicId, Map<String, Counted> byKey) {
    var seenUpTo = seen.upTo(topicId).orElse(null);
    var reasons = new HashMap<String, OfReason>();
    var unseen = 0;
    @Nullable Instant oldestUnseen = null;
    for (var one : byKey.values()) {
      var name = Objects.requireNonNullElse(one.reason(), "");
      reasons.merge(
          name,
          new OfReason(one.reason(), 1, one.replayed() ? 1 : 0, one.at(), one.at()),
          QuarantineCounts::together);
      if (seenUpTo == null || one.id() > seenUpTo) {
        unseen++;
        oldestUnseen = oldestUnseen == null ? one.at() : earlier(oldestUnseen, one.at());
      }
    }
    return new Counts(
        byKey.size(),
        complete,
        looked.next(),
        looked.end(),
        seenUpTo,
        unseen,
        oldestUnseen,
        reasons.values().stream()
            .sorted(
                Comparator.comparingInt(OfReason::records)
                    .reversed()
                    .thenComparing(of -> Objects.requireNonNullElse(of.reason(), "")))
            .toList());
  }

  private static OfReason together(OfReason some, OfReason others) {
    return new OfReason(
        some.reason(),
        some.records() + others.records(),
        some.replayed() + others.replayed(),
        earlier(some.oldestAt(), others.oldestAt()),
        some.newestAt().isAfter(others.newestAt()) ? some.newestAt() : others.newestAt());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
