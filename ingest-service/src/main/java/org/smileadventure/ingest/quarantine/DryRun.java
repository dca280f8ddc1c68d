package org.smileadventure.ingest.quarantine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.ingest.store.EventStore;
import org.springframework.stereotype.Component;

/**
 * Tells what would become of records of the quarantine if they were sent again now. They take the
 * way of all events, and at its end the transaction is rolled back.
 */
@Component
class DryRun {
  private final Replays replays;
  private final RecordLimit limit;
  private final EventCodec codec;
  private final EventStore store;
  private final Quarantine quarantine;

  DryRun(
      Replays replays,
      RecordLimit limit,
      EventCodec codec,
      EventStore store,
      Quarantine quarantine) {
    this.replays = replays;
    this.limit = limit;
    this.codec = codec;
    this.store = store;
    this.quarantine = quarantine;
  }

  /**
   * What would become of a record.
   *
   * @param outcome {@code stored}, {@code duplicate}, {@code too_large}, {@code without_value},
   *     {@code already_replayed}, or why it would be refused, as in {@link
   *     org.smileadventure.common.event.Rejection#wireName}
   * @param detail the same in words; null where there is no more to say
   */
  record Verdict(long id, String outcome, @Nullable String detail) {}

  /** In the order of the records. */
  List<Verdict> of(String topicId, List<ConsumerRecord<byte[], byte @Nullable []>> records) {
    var verdicts = new HashMap<Long, Verdict>();
    var due = notSent(topicId, records, verdicts);
    var batch = ReceivedBatch.read(due.stream().map(QuarantinedRecord::asItCame).toList(), codec);
    var outcome = store.check(batch.events());
    for (var rejected : quarantine.keptNowhere(batch.rejected(outcome.refused()))) {
      var id = rejected.kafkaRecord().offset();
      verdicts.put(id, new Verdict(id, rejected.reason().wireName(), rejected.detail()));
    }
    for (var duplicate : outcome.duplicates()) {
      var id = batch.origin(duplicate).offset();
      verdicts.put(id, new Verdict(id, "duplicate", null));
    }
    return records.stream()
        .map(ConsumerRecord::offset)
        .map(id -> verdicts.getOrDefault(id, new Verdict(id, "stored", null)))
        .toList();
  }

  /** Those that would be sent. Of the others it is told why not. */
  private List<ConsumerRecord<byte[], byte @Nullable []>> notSent(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> records,
      Map<Long, Verdict> verdicts) {
    var replayed = replays.of(topicId, records.stream().map(ConsumerRecord::offset).toList());
    var most = limit.get();
    var due = new ArrayList<ConsumerRecord<byte[], byte @Nullable []>>();
    for (var kafkaRecord : records) {
      var id = kafkaRecord.offset();
      var before = replayed.get(id);
      if (before != null) {
        verdicts.put(id, new Verdict(id, "already_replayed", "it was sent again at " + before));
      } else if (QuarantinedRecord.isWithoutItsValue(kafkaRecord)) {
        verdicts.put(
            id,
            new Verdict(
                id,
                "without_value",
                "the value was too large to be set aside; it stands at "
                    + QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.ORIGIN)));
      } else {
        var bytes = bytes(kafkaRecord);
        if (bytes > most) {
          verdicts.put(
              id,
              new Verdict(
                  id,
                  "too_large",
                  "it has %,d bytes when compressed, and the event topic takes %,d"
                      .formatted(bytes, most)));
        } else {
          due.add(kafkaRecord);
        }
      }
    }
    return due;
  }

  private int bytes(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var came = QuarantinedRecord.asItCame(kafkaRecord);
    return limit.size(came.key(), came.value(), came.headers().toArray());
  }
}
