package org.smileadventure.ingest.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.Deadline;
import org.springframework.stereotype.Component;

/** Looks for events among the newest records of the quarantine. */
@Component
public class QuarantinedEvents {
  private static final int SHOWN = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final QuarantineLog quarantine;
  private final Replays replays;

  QuarantinedEvents(QuarantineLog quarantine, Replays replays) {
    this.quarantine = quarantine;
    this.replays = replays;
  }

  /**
   * A record that was set aside.
   *
   * @param replayedAt when it was sent again; null: not yet
   */
  public record SetAside(
      long id, @Nullable String reason, Instant setAsideAt, @Nullable Instant replayedAt) {}

  /**
   * What was found.
   *
   * @param items the oldest first
   * @param complete whether that is all: all records were looked at, and there are no more such
   *     ones
   * @param first the first of them as it came; null: none was found
   */
  public record Found(
      List<SetAside> items,
      boolean complete,
      @Nullable ConsumerRecord<byte[], byte @Nullable []> first) {}

  /** The first hundred records that are such ones, as they came, of what is read in six seconds. */
  public Found find(Predicate<ConsumerRecord<byte[], byte @Nullable []>> such) {
    var deadline = Deadline.in(PATIENCE);
    var newest = quarantine.newest(QuarantineCounts.MOST, deadline);
    var found = new LinkedHashMap<String, ConsumerRecord<byte[], byte @Nullable []>>();
    var position = newest.position();
    long before;
    do {
      before = position.next();
      position =
          quarantine.readAll(
              position, QuarantineCounts.MOST, deadline, all -> take(all, such, found));
    } while (!position.atEnd()
        && position.next() > before
        && found.size() <= SHOWN
        && !deadline.isOver());
    var shown = quarantine.shown(List.copyOf(found.values())).stream().limit(SHOWN).toList();
    var replayed = replays.of(quarantine.id(), shown.stream().map(ConsumerRecord::offset).toList());
    return new Found(
        shown.stream().map(one -> setAside(one, replayed)).toList(),
        newest.all() && position.atEnd() && found.size() <= SHOWN,
        shown.isEmpty() ? null : QuarantinedRecord.asItCame(shown.getFirst()));
  }

  /** One that is deleted later is none. */
  private static int take(
      List<ConsumerRecord<byte[], byte @Nullable []>> all,
      Predicate<ConsumerRecord<byte[], byte @Nullable []>> such,
      Map<String, ConsumerRecord<byte[], byte @Nullable []>> found) {
    for (var kafkaRecord : all) {
      var key = QuarantineKey.text(kafkaRecord);
      found.remove(key);
      if (kafkaRecord.value() != null
          && found.size() <= SHOWN
          && such.test(QuarantinedRecord.asItCame(kafkaRecord))) {
        found.put(key, kafkaRecord);
      }
    }
    return all.size();
  }

  private static SetAside setAside(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, Map<Long, Instant> replayed) {
    return new SetAside(
        kafkaRecord.offset(),
        Selection.reasonOf(kafkaRecord),
        Instant.ofEpochMilli(kafkaRecord.timestamp()),
        replayed.get(kafkaRecord.offset()));
  }
}
