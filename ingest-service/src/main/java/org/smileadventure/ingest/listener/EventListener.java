package org.smileadventure.ingest.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.trace.Spans;
import org.smileadventure.ingest.invalidation.Invalidation;
import org.smileadventure.ingest.quarantine.Quarantine;
import org.smileadventure.ingest.quarantine.Quarantine.Rejected;
import org.smileadventure.ingest.quarantine.ReceivedBatch;
import org.smileadventure.ingest.quarantine.RefusedEvents;
import org.smileadventure.ingest.store.EventStore;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Takes a batch of records through the service. The offsets are committed after it has returned, so
 * a crash anywhere brings the whole batch again; each step stands that.
 */
@Component
class EventListener {
  private final EventCodec codec;
  private final EventStore store;
  private final Quarantine quarantine;
  private final RefusedEvents refusedEvents;
  private final Invalidation invalidation;
  private final IngestMeters meters;
  private final BatchSpan span;
  private final Spans spans;
  private final Retries retries = new Retries();

  EventListener(
      EventCodec codec,
      EventStore store,
      Quarantine quarantine,
      RefusedEvents refusedEvents,
      Invalidation invalidation,
      IngestMeters meters,
      BatchSpan span,
      Spans spans) {
    this.codec = codec;
    this.store = store;
    this.quarantine = quarantine;
    this.refusedEvents = refusedEvents;
    this.invalidation = invalidation;
    this.meters = meters;
    this.span = span;
    this.spans = spans;
  }

  @KafkaListener(topics = "#{@eventTopic.name()}")
  void receive(List<ConsumerRecord<byte[], byte @Nullable []>> batch) {
    span.around(batch, () -> take(batch));
  }

  private void take(List<ConsumerRecord<byte[], byte @Nullable []>> batch) {
    var before = retries.of(batch);
    var stored = before.stored();
    try {
      var received = ReceivedBatch.read(batch, codec);
      var events = received.events();
      var outcome = spans.in("commit events", () -> store.store(events, before.areMany()));
      stored += outcome.stored();
      // Next after the commit, as cached answers are stale from then on; and for all children of
      // the batch: after a crash before this the same events come again, and are then duplicates.
      var invalidated =
          spans.in("invalidate answers", () -> invalidation.invalidate(children(events)));
      refusedEvents.add(outcome.refused());
      var rejected = received.rejected(outcome.refused());
      quarantine.add(rejected);
      meters.taken(batch, events, stored, events.size() - outcome.refused().size() - stored);
      meters.answered(without(rejected, batch), invalidated);
      spans.note("smile.events.stored", outcome.stored());
      spans.note("smile.events.refused", rejected.size());
      retries.through(batch);
    } catch (RuntimeException e) {
      retries.failed(batch, stored);
      throw e;
    }
  }

  private static List<ConsumerRecord<byte[], byte @Nullable []>> without(
      List<Rejected> rejected, List<ConsumerRecord<byte[], byte @Nullable []>> batch) {
    if (rejected.isEmpty()) {
      return batch;
    }
    var records = new HashSet<Object>();
    rejected.forEach(one -> records.add(one.kafkaRecord()));
    return batch.stream().filter(kafkaRecord -> !records.contains(kafkaRecord)).toList();
  }

  private static Set<ChildId> children(List<DecodedEvent> events) {
    var children = new HashSet<ChildId>();
    events.forEach(decoded -> children.add(decoded.event().childId()));
    return children;
  }
}
