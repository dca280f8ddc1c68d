package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.module.blackbird.BlackbirdModule;

/**
 * Reads and writes events as CloudEvents 1.0 on Kafka, in both content modes, binary and
 * structured. Reading is strict in what it knows (types, ranges, required fields) and blind to what
 * it does not: fields that the contract does not name are dropped. Thread-safe.
 */
public final class EventCodec {
  private static final URI SOURCE = URI.create("/smile-adventure/game");
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
  // What a clock that was never set says, in any of the ways in which clocks count.
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final JsonMapper json =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build())
          .addModule(new BlackbirdModule())
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(new SimpleModule().addDeserializer(Instant.class, new TimeReader()))
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();
  private final StraightReader straight = new StraightReader(json);
  private final ObjectReader tree = json.readerFor(JsonNode.class);
  private final Validator validator =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();
  private final InstantSource clock;

  public EventCodec(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Reads the event that a record holds.
   *
   * @throws InvalidEventException if the record holds no event of the contract
   */
  public SessionEvent decode(ConsumerRecord<?, byte @Nullable []> kafkaRecord)
      throws InvalidEventException {
    return decode(kafkaRecord.headers(), kafkaRecord.value());
  }

  /**
   * Reads the event that a record with these headers and this value holds, or will hold: whoever
   * checks before sending sees what the reader will see.
   *
   * @throws InvalidEventException if it holds no event of the contract
   */
  public SessionEvent decode(Headers headers, byte @Nullable [] value)
      throws InvalidEventException {
    return decode(envelope(headers, value));
  }

  private SessionEvent decode(Envelope envelope) throws InvalidEventException {
    var type =
        EventType.named(envelope.type())
            .orElseThrow(
                () ->
                    new InvalidEventException(
                        Rejection.UNKNOWN_TYPE, "type '" + envelope.type() + "' is not known"));
    var event = envelope.data() == null ? null : readStraight(type, envelope.data().toBytes());
    return event == null ? readByField(type, data(envelope)) : event;
  }

  /** Null if anything is wrong with it. */
  @Nullable SessionEvent readStraight(EventType type, byte[] data) {
    var event = straight.read(type, data);
    var isInOrder =
        event != null
            && !isAhead(event.occurredAt())
            && !event.occurredAt().isBefore(EARLIEST)
            && validator.validate(event.payload()).isEmpty()
            && !endsBeforeItStarts(event.payload());
    return isInOrder ? event : null;
  }

  /** Reads it field by field, and so can tell what is wrong with it. */
  SessionEvent readByField(EventType type, ObjectNode data) throws InvalidEventException {
    return new SessionEvent(
        sessionId(data), childId(data), sequence(data), occurredAt(data), payload(type, data));
  }

  /** The event as a CloudEvent in binary mode, keyed by its child. */
  public ProducerRecord<String, byte[]> encode(String topic, SessionEvent event) {
    var data = (ObjectNode) json.valueToTree(event.payload());
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
            .withData("application/json", json.writeValueAsBytes(data))
            .build();
    return KafkaMessageFactory.<String>createWriter(topic, event.childId().toString())
        .writeBinary(cloudEvent);
  }

  /** The payload alone as JSON, the form in which it is stored. */
  public byte[] payloadJson(SessionEvent event) {
    return json.writeValueAsBytes(event.payload());
  }

  private static Envelope envelope(Headers headers, byte @Nullable [] value)
      throws InvalidEventException {
    try {
      return Envelope.read(KafkaMessageFactory.createReader(headers, value));
    } catch (RuntimeException e) {
      // The library has no common exception, and meets a null in a header with one of its own.
      throw new InvalidEventException(
          Rejection.MALFORMED,
          "the record is not a CloudEvent: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private ObjectNode data(Envelope envelope) throws InvalidEventException {
    var data = envelope.data();
    try {
      if (data != null && tree.readTree(data.toBytes()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new InvalidEventException(
          Rejection.MALFORMED, "data is not JSON: " + e.getOriginalMessage());
    }
    throw new InvalidEventException(Rejection.MALFORMED, "data is not a JSON object");
  }

  private static SessionId sessionId(JsonNode data) throws InvalidEventException {
    var node = data.get("sessionId");
    if (node == null || !node.isString()) {
      throw violation("sessionId", "a UUID of version 7", node);
    }
    try {
      return SessionId.parse(node.stringValue());
    } catch (IllegalArgumentException _) {
      throw violation("sessionId", "a UUID of version 7", node);
    }
  }

  private static ChildId childId(JsonNode data) throws InvalidEventException {
    var node = data.get("childId");
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < 1) {
      throw violation("childId", "a positive integer", node);
    }
    return new ChildId(node.longValue());
  }

  private static int sequence(JsonNode data) throws InvalidEventException {
    var node = data.get("sequence");
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < 1) {
      throw violation("sequence", "an integer from 1", node);
    }
    return node.intValue();
  }

  private Instant occurredAt(JsonNode data) throws InvalidEventException {
    var node = data.get("occurredAt");
    if (node == null || !node.isString()) {
      throw violation("occurredAt", "an RFC 3339 time with its offset", node);
    }
    Instant occurredAt;
    try {
      occurredAt = TimeReader.time(node.stringValue());
    } catch (DateTimeException _) {
      throw violation("occurredAt", "an RFC 3339 time with its offset", node);
    }
    if (isAhead(occurredAt)) {
      throw wrongClock(occurredAt, "more than a day ahead of the server");
    }
    if (occurredAt.isBefore(EARLIEST)) {
      throw wrongClock(occurredAt, "before the year 2000");
    }
    return occurredAt;
  }

  private boolean isAhead(Instant occurredAt) {
    return occurredAt.isAfter(clock.instant().plus(CLOCK_TOLERANCE));
  }

  private static boolean endsBeforeItStarts(Payload payload) {
    return payload instanceof Payload.ActivityRecorded activity
        && activity.startedAt() != null
        && activity.completedAt() != null
        && activity.completedAt().isBefore(activity.startedAt());
  }

  private Payload payload(EventType type, ObjectNode data) throws InvalidEventException {
    Payload payload;
    try {
      payload = json.treeToValue(data, type.payload());
    } catch (JacksonException e) {
      throw unreadable(data, e);
    }
    var violations = validator.validate(payload);
    if (!violations.isEmpty()) {
      throw new InvalidEventException(
          Rejection.SCHEMA_VIOLATION,
          violations.stream()
              .sorted(Comparator.comparing(v -> v.getPropertyPath().toString()))
              .map(EventCodec::describe)
              .collect(Collectors.joining("; ")));
    }
    if (endsBeforeItStarts(payload)) {
      throw new InvalidEventException(
          Rejection.SCHEMA_VIOLATION, "completedAt must not be before startedAt");
    }
    return payload;
  }

  private InvalidEventException unreadable(ObjectNode data, JacksonException failure) {
    var path =
        failure.getPath().stream()
            .map(step -> step.getPropertyName() == null ? "[]" : step.getPropertyName())
            .toList();
    var target = failure instanceof MismatchedInputException wrong ? wrong.getTargetType() : null;
    var field = String.join(".", path);
    var found = path.size() == 1 ? data.get(field) : null;
    return found == null
        ? new InvalidEventException(
            Rejection.SCHEMA_VIOLATION, field + " must be " + expected(target))
        : violation(field, expected(target), found);
  }

  private String expected(@Nullable Class<?> target) {
    if (target == null) {
      return "readable";
    }
    if (target.isEnum()) {
      return Arrays.stream(target.getEnumConstants())
          .map(constant -> json.valueToTree(constant).stringValue())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (target == Instant.class) {
      return "an RFC 3339 time with its offset";
    }
    if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
      return "an integer";
    }
    if (target == Boolean.class) {
      return "true or false";
    }
    if (Collection.class.isAssignableFrom(target)) {
      return "an array";
    }
    return target == String.class ? "a text" : "an object";
  }

  private static String describe(ConstraintViolation<?> violation) {
    return violation.getPropertyPath() + " " + violation.getMessage();
  }

  private static InvalidEventException violation(
      String field, String expected, @Nullable JsonNode found) {
    return new InvalidEventException(
        Rejection.SCHEMA_VIOLATION,
        field + " must be " + expected + (found == null ? " and is missing" : ", not " + found));
  }

  private static InvalidEventException wrongClock(Instant occurredAt, String how) {
    return new InvalidEventException(
        Rejection.CLOCK_WRONG,
        "occurredAt is " + occurredAt + ", " + how + "; check the device's clock");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
