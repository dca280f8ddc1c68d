package org.smileadventure.ingest.quarantine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.ingest.quarantine.Quarantine.Rejected;
import org.smileadventure.ingest.store.EventStore.Refused;

/** Records as they came: those that hold an event, and those that hold none. */
public final class ReceivedBatch {
  private final List<DecodedEvent> events;
  private final List<ConsumerRecord<byte[], byte @Nullable []>> origins;
  private final List<Rejected> unreadable = new ArrayList<>();

  private ReceivedBatch(int size) {
    events = new ArrayList<>(size);
    origins = new ArrayList<>(size);
  }

  public static ReceivedBatch read(
      List<ConsumerRecord<byte[], byte @Nullable []>> records, EventCodec codec) {
    var batch = new ReceivedBatch(records.size());
    for (var kafkaRecord : records) {
      try {
        batch.events.add(codec.decode(kafkaRecord));
        batch.origins.add(kafkaRecord);
      } catch (InvalidEventException e) {
        batch.unreadable.add(
            new Rejected(kafkaRecord, ClaimedChild.of(kafkaRecord), e.reason(), e.detail()));
      }
    }
    return batch;
  }

  /** In the order in which they came. */
  public List<DecodedEvent> events() {
    return events;
  }

  /** Those that hold no event, and those of events that the store has refused. */
  public List<Rejected> rejected(Collection<Refused> refused) {
    var rejected = new ArrayList<>(unreadable);
    for (var one : refused) {
      rejected.add(
          new Rejected(
              origin(one.decoded()), one.decoded().event().childId(), one.reason(), one.detail()));
    }
    return rejected;
  }

  /** The record of one of these events. */
  ConsumerRecord<byte[], byte @Nullable []> origin(DecodedEvent event) {
    return origins.get(events.indexOf(event));
  }
}
