package org.smileadventure.common.event;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes events as CloudEvents 1.0 on Kafka, in both content modes, binary and
 * structured. Reading is strict in what it knows (types, ranges, required fields) and blind to what
 * it does not: fields that the contract does not name are dropped. Thread-safe.
 */
public final class EventCodec {
  static final URI SOURCE = URI.create("/smile-adventure/game");
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
  // What was in order when it was taken is so later, by whichever server's clock.
  private static final Duration BETWEEN_SERVERS = Duration.ofMinutes(5);
  // What a clock that was never set says, in any of the ways in which clocks count.
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final InstantSource clock;

  public EventCodec(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Reads the event that a record holds.
   *
   * @throws InvalidEventException if the record holds no event of the contract
   */
  public DecodedEvent decode(ConsumerRecord<?, byte @Nullable []> kafkaRecord)
      throws InvalidEventException {
    return decode(kafkaRecord.headers(), kafkaRecord.value());
  }

  /**
   * Reads the event that a record with these headers and this value holds.
   *
   * @throws InvalidEventException if it holds no event of the contract
   */
  public DecodedEvent decode(Headers headers, byte @Nullable [] value)
      throws InvalidEventException {
    return decode(headers, value, CLOCK_TOLERANCE.plus(BETWEEN_SERVERS));
  }

  /**
   * Reads an event that is on its way to Kafka: whoever checks before sending sees what the reader
   * will see.
   *
   * @throws InvalidEventException if it holds no event of the contract
   */
  public DecodedEvent decode(Envelope envelope) throws InvalidEventException {
    return decode(envelope.headers(), envelope.data(), CLOCK_TOLERANCE);
  }

  private DecodedEvent decode(Headers headers, byte @Nullable [] value, Duration ahead)
      throws InvalidEventException {
    if (value == null) {
      throw new InvalidEventException(Rejection.MALFORMED, "data is missing");
    }
    var attributes = Attributes.in(headers);
    if (attributes.areInTheValue()) {
      var envelope = Envelope.structured(headers, value);
      return decode(envelope.headers(), envelope.data(), ahead);
    }
    var name = attributes.type();
    var type =
        EventType.named(name)
            .orElseThrow(
                () ->
                    new InvalidEventException(
                        Rejection.UNKNOWN_TYPE, "type must be one of the contract"));
    var decoded = DataReader.event(type, value);
    checkClock("occurredAt", decoded.event().occurredAt(), ahead);
    if (decoded.event().payload() instanceof ActivityRecorded activity) {
      checkClock("startedAt", activity.startedAt(), ahead);
      checkClock("completedAt", activity.completedAt(), ahead);
    }
    return decoded;
  }

  private void checkClock(String field, @Nullable Instant time, Duration ahead)
      throws InvalidEventException {
    if (time != null && time.isBefore(EARLIEST)) {
      throw wrongClock(field, "before the year 2000");
    }
    if (time != null && time.isAfter(clock.instant().plus(ahead))) {
      throw wrongClock(field, "more than a day ahead of the server");
    }
  }

  private static InvalidEventException wrongClock(String field, String how) {
    return new InvalidEventException(
        Rejection.CLOCK_WRONG, field + " is " + how + "; check the device's clock");
  }

  /**
   * The data of an event that was received, with nothing in them but what the contract names: as
   * they came, unless there is more.
   *
   * @param received what it was decoded from
   */
  public byte[] dataOfTheContract(DecodedEvent decoded, byte[] received) {
    return decoded.hasMoreThanTheContract() ? decoded.toData() : received;
  }

  /** The event as a CloudEvent in binary mode, keyed by its child. */
  public ProducerRecord<String, byte[]> encode(String topic, SessionEvent event) {
    var data = (ObjectNode) Json.MAPPER.valueToTree(event.payload());
    data.put("sessionId", event.sessionId().toString());
    data.put("childId", event.childId().value());
    data.put("sequence", event.sequence());
    data.put("occurredAt", event.occurredAt().toString());
    var cloudEvent =
        CloudEventBuilder.v1()
            .withId(event.sessionId() + "/" + event.sequence())
            .withSource(SOURCE)
            .withType(event.type().wireName())
            .withSubject(event.childId().toString())
            .withTime(event.occurredAt().atOffset(ZoneOffset.UTC))
            .withData("application/json", Json.MAPPER.writeValueAsBytes(data))
            .build();
    return KafkaMessageFactory.<String>createWriter(topic, event.childId().toString())
        .writeBinary(cloudEvent);
  }

  /** The payload alone as JSON, the form in which it is stored. */
  public byte[] payloadJson(SessionEvent event) {
    return Json.MAPPER.writeValueAsBytes(event.payload());
  }
}
