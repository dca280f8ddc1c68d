package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Envelope;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.security.Revocations;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.stereotype.Component;

/**
 * Takes events to Kafka. It looks at nothing but the events, the token and what is known of erased
 * children, so that games can send while the database is away.
 */
@Component
class Collector {
  private final EventCodec codec;
  private final EventSender sender;
  private final Revocations revocations;
  private final String topic;
  private final Semaphore inFlight;
  private final MeterRegistry meters;
  private final Counter accepted;
  private final Counter refused;

  Collector(
      EventCodec codec,
      EventSender sender,
      Revocations revocations,
      IngestProperties ingest,
      CollectorProperties properties,
      MeterRegistry meters) {
    this.codec = codec;
    this.sender = sender;
    this.revocations = revocations;
    this.topic = ingest.topic();
    this.inFlight = new Semaphore(properties.maxRequestsInFlight());
    this.meters = meters;
    accepted = meters.counter("smile.collector.accepted");
    refused = meters.counter("smile.collector.refused");
  }

  /**
   * Returns a verdict on each event, in their order; Kafka has acknowledged those that are
   * accepted.
   *
   * @param children for whom the sender may speak
   * @throws RefusedRequestException if Kafka does not take all that could be accepted
   */
  List<Verdict> take(List<Envelope> events, Set<ChildId> children) {
    var verdicts = new ArrayList<Verdict>(events.size());
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>(events.size());
    for (int index = 0; index < events.size(); index++) {
      var event = events.get(index);
      try {
        records.add(checked(event, children));
        verdicts.add(Verdict.accepted(index, event.id()));
      } catch (InvalidEventException e) {
        verdicts.add(new Verdict(index, event.id(), e.reason(), e.detail()));
      }
    }
    var outcomes = send(records).iterator();
    verdicts.replaceAll(
        verdict ->
            verdict.isAccepted() && outcomes.next() == EventSender.Outcome.TOO_LARGE
                ? tooLarge(verdict)
                : verdict);
    count(verdicts);
    return verdicts;
  }

  /**
   * The record for Kafka, with nothing in it but what the contract names. It is read as the
   * listener will read it, so that no event can pass as one thing here and be another there.
   */
  private ProducerRecord<byte[], byte[]> checked(Envelope event, Set<ChildId> children)
      throws InvalidEventException {
    var decoded = codec.decode(event);
    var child = decoded.event().childId();
    if (!children.contains(child)) {
      throw new InvalidEventException(
          Rejection.FOREIGN_CHILD, "childId: the token is not bound to this child");
    }
    if (revocations.erased(child)) {
      throw new InvalidEventException(
          Rejection.ERASED_CHILD, "childId: all about this child was erased; send no more of it");
    }
    return new ProducerRecord<>(
        topic,
        null,
        child.toString().getBytes(US_ASCII),
        codec.dataOfTheContract(decoded, requireNonNull(event.data())),
        event.headersOfTheContract());
  }

  private List<EventSender.Outcome> send(List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    if (!inFlight.tryAcquire()) {
      refused.increment();
      throw RefusedRequestException.tryAgain("too many requests wait for Kafka");
    }
    try {
      return sender.send(records);
    } catch (RefusedRequestException e) {
      refused.increment();
      throw e;
    } finally {
      inFlight.release();
    }
  }

  private static Verdict tooLarge(Verdict verdict) {
    return new Verdict(
        verdict.index(),
        verdict.id(),
        Rejection.TOO_LARGE,
        "the event is larger than a record of the topic can be");
  }

  private void count(List<Verdict> verdicts) {
    for (var verdict : verdicts) {
      if (verdict.isAccepted()) {
        accepted.increment();
      } else {
        meters
            .counter("smile.collector.rejected", "reason", verdict.rejection().wireName())
            .increment();
      }
    }
  }
}
