package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
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
  private static final URI SOURCE = URI.create("/smile-adventure/game");
  private static final byte[] USUAL_SOURCE = SOURCE.toString().getBytes(UTF_8);
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
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
   * Reads the event that a record with these headers and this value holds, or will hold: whoever
   * checks before sending sees what the reader will see.
   *
   * @throws InvalidEventException if it holds no event of the contract
   */
  public DecodedEvent decode(Headers headers, byte @Nullable [] value)
      throws InvalidEventException {
    String name;
    var data = value;
    try {
      if (isStructured(headers)) {
        var event = KafkaMessageFactory.createReader(headers, value).toEvent();
        name = event.getType();
        data = event.getData() == null ? null : event.getData().toBytes();
      } else {
        name = binaryType(headers);
      }
    } catch (RuntimeException e) {
      // The library has no common exception, and meets a null in a header with one of its own.
      throw new InvalidEventException(
          Rejection.MALFORMED,
          "the record is not a CloudEvent: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    var type =
        EventType.named(name)
            .orElseThrow(
                () ->
                    new InvalidEventException(
                        Rejection.UNKNOWN_TYPE, "type '" + name + "' is not known"));
    if (data == null) {
      throw new InvalidEventException(Rejection.MALFORMED, "data is missing");
    }
    var decoded = DataReader.event(type, data);
    checkClock("occurredAt", decoded.event().occurredAt());
    if (decoded.event().payload() instanceof ActivityRecorded activity) {
      checkClock("startedAt", activity.startedAt());
      checkClock("completedAt", activity.completedAt());
    }
    return decoded;
  }

  private void checkClock(String field, @Nullable Instant time) throws InvalidEventException {
    if (time != null && time.isBefore(EARLIEST)) {
      throw wrongClock(field, time, "before the year 2000");
    }
    if (time != null && time.isAfter(clock.instant().plus(CLOCK_TOLERANCE))) {
      throw wrongClock(field, time, "more than a day ahead of the server");
    }
  }

  private static InvalidEventException wrongClock(String field, Instant time, String how) {
    return new InvalidEventException(
        Rejection.CLOCK_WRONG, field + " is " + time + ", " + how + "; check the device's clock");
  }

  private static boolean isStructured(Headers headers) {
    var contentType = headers.lastHeader("content-type");
    return contentType != null
        && contentType.value() != null
        && new String(contentType.value(), UTF_8)
            .toLowerCase(Locale.ROOT)
            .startsWith("application/cloudevents");
  }

  /**
   * The type of an event in binary mode, as nearly all are. The library would build an event of
   * which the greater part is not looked at.
   */
  private static String binaryType(Headers headers) {
    byte[] version = null;
    byte[] id = null;
    byte[] source = null;
    byte[] type = null;
    byte[] time = null;
    for (var header : headers) {
      switch (header.key().toLowerCase(Locale.ROOT)) {
        case "ce_specversion" -> version = header.value();
        case "ce_id" -> id = header.value();
        case "ce_source" -> source = header.value();
        case "ce_type" -> type = header.value();
        case "ce_time" -> time = header.value();
        default -> {}
      }
    }
    SpecVersion.parse(text("specversion", version));
    text("id", id);
    if (!Arrays.equals(source, USUAL_SOURCE)) {
      URI.create(text("source", source));
    }
    if (time != null && !Times.isValid(text("time", time))) {
      throw CloudEventRWException.newOther("attribute 'time' is not an RFC 3339 time");
    }
    return text("type", type);
  }

  private static String text(String attribute, byte @Nullable [] value) {
    if (value == null) {
      throw CloudEventRWException.newOther("attribute '" + attribute + "' is missing");
    }
    return new String(value, UTF_8);
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
