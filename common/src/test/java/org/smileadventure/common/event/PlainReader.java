package org.smileadventure.common.event;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads events as one would without care for the cost: by the published schema and a tree. */
final class PlainReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .addModule(new SimpleModule().addDeserializer(Instant.class, new Times()))
          .build();

  private final Map<EventType, Schema> schemas = new EnumMap<>(EventType.class);
  private final Instant now;

  PlainReader(Instant now) {
    this.now = now;
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (var type : EventType.values()) {
      try {
        var text =
            Files.readString(Path.of("src/main/resources/schemas", type.wireName() + ".json"));
        schemas.put(type, registry.getSchema(text, InputFormat.JSON));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Null if there is no event in it. */
  @Nullable SessionEvent read(EventType type, String text) {
    try {
      return event(type, text);
    } catch (JacksonException _) {
      // The records refuse what no schema can say; the validator, a number beyond a long.
      return null;
    }
  }

  private @Nullable SessionEvent event(EventType type, String text) {
    var data = JSON.readTree(text);
    if (!Objects.requireNonNull(schemas.get(type))
            .validate(
                data.toString(),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
            .isEmpty()
        || !isStorable(data, type)) {
      return null;
    }
    var payload = JSON.treeToValue(data, type.payload());
    var occurredAt = time(data.get("occurredAt").stringValue());
    if (!isPossible(occurredAt)) {
      return null;
    }
    if (payload instanceof ActivityRecorded a
        && !(isPossible(a.startedAt()) && isPossible(a.completedAt()))) {
      return null;
    }
    return new SessionEvent(
        new SessionId(UUID.fromString(data.get("sessionId").stringValue())),
        new ChildId(data.get("childId").decimalValue().longValueExact()),
        data.get("sequence").decimalValue().intValueExact(),
        occurredAt,
        payload);
  }

  private boolean isPossible(@Nullable Instant time) {
    return time == null
        || (!time.isBefore(Instant.parse("2000-01-01T00:00:00Z"))
            && !time.isAfter(now.plus(Duration.ofDays(1))));
  }

  /** What PostgreSQL can keep, in the fields that are of the contract. */
  private static boolean isStorable(JsonNode data, EventType type) {
    for (var component : type.payload().getRecordComponents()) {
      if (data.has(component.getName()) && !isStorable(data.get(component.getName()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStorable(JsonNode value) {
    if (value.isString()) {
      return isStorable(value.stringValue());
    }
    if (value.isNumber()) {
      return value.decimalValue().scale() <= 1_000 && !Double.isInfinite(value.doubleValue());
    }
    return value.propertyNames().stream().allMatch(PlainReader::isStorable)
        && value.valueStream().allMatch(PlainReader::isStorable);
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  private static final class Times extends ValueDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      return time(parser.getString());
    }
  }
}
