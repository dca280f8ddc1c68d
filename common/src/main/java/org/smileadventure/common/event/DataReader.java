package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.PayloadShape.DataField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/**
 * Reads the data of one event in one pass, and copies the fields of its payload beside. What is
 * wrong with a field is told when all is read: data that is not JSON is malformed, whatever is in
 * it.
 */
final class DataReader {
  private static final int SHOWN_OF_A_VALUE = 500;
  private static final int DIGITS_OF_A_LONG = 19;

  private final JsonParser parser;
  private final byte[] source;
  private final PayloadShape shape;
  private final @Nullable Object[] values;
  private final @Nullable JsonBytes copy;
  private @Nullable JsonBytes otherForm;
  private @Nullable String violation;

  private DataReader(EventType type, JsonParser parser, byte[] source, @Nullable JsonBytes copy) {
    this.parser = parser;
    this.source = source;
    this.shape = PayloadShape.of(type);
    this.values = new @Nullable Object[shape.fields().size()];
    this.copy = copy;
  }

  static DecodedEvent event(EventType type, byte[] data) throws InvalidEventException {
    try (var parser = Json.parser(data)) {
      // Below 0: it is UTF-16 or UTF-32, which Jackson would read as well.
      if (parser.nextToken() != JsonToken.START_OBJECT || offset(parser) < 0) {
        throw new InvalidEventException(Rejection.MALFORMED, "data is not a JSON object in UTF-8");
      }
      var copy = new JsonBytes(data.length + 1);
      var reader = new DataReader(type, parser, data, copy);
      reader.readFields();
      if (parser.nextToken() != null) {
        throw new InvalidEventException(Rejection.MALFORMED, "data is more than a JSON object");
      }
      return new DecodedEvent(reader.event(), copy);
    } catch (JacksonException e) {
      throw new InvalidEventException(
          Rejection.MALFORMED, "data is not JSON: " + e.getOriginalMessage());
    }
  }

  /** A payload that was copied, at whose first brace the parser stands. */
  static Payload payload(EventType type, JsonParser parser, byte[] source)
      throws InvalidEventException {
    var reader = new DataReader(type, parser, source, null);
    reader.readFields();
    return reader.payload(PayloadShape.HEADER_FIELDS);
  }

  private SessionEvent event() throws InvalidEventException {
    var payload = payload(0);
    return new SessionEvent(
        (SessionId) requireNonNull(values[PayloadShape.SESSION_ID]),
        new ChildId((Long) requireNonNull(values[PayloadShape.CHILD_ID])),
        (Integer) requireNonNull(values[PayloadShape.SEQUENCE]),
        (Instant) requireNonNull(values[PayloadShape.OCCURRED_AT]),
        payload);
  }

  private Payload payload(int firstField) throws InvalidEventException {
    for (var field : shape.fields().subList(firstField, values.length)) {
      if (field.required() && values[field.index()] == null) {
        violate(field.name() + " must be " + field.expected() + " and is missing");
      }
    }
    if (violation == null) {
      try {
        return shape.payload(values);
      } catch (IllegalArgumentException e) {
        violate(String.valueOf(e.getMessage()));
      }
    }
    throw new InvalidEventException(Rejection.SCHEMA_VIOLATION, requireNonNull(violation));
  }

  /** The first one is told. */
  private void violate(String how) {
    violation = violation == null ? how : violation;
  }

  private void readFields() {
    if (copy != null) {
      copy.add('{');
    }
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      var token = parser.nextToken();
      var field = shape.field(name);
      if (field == null) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        read(field, token);
      } else if (values[field.index()] != null) {
        // Of two fields with one name the later one counts, for whoever reads the copy too.
        values[field.index()] = null;
        otherForm = null;
        copy(field, parser.currentTokenLocation().getByteOffset());
      }
    }
    if (copy != null) {
      copy.add('}');
    }
  }

  private void read(DataField field, JsonToken token) {
    var from = offset(parser);
    otherForm = null;
    var value = value(field, token, from);
    if (value == null) {
      parser.skipChildren();
      parser.finishToken();
      var shown = (int) Math.min(end(), from + SHOWN_OF_A_VALUE);
      violate(
          "%s must be %s, not %s"
              .formatted(
                  field.name(),
                  field.expected(),
                  new String(source, (int) from, shown - (int) from, UTF_8)));
    }
    values[field.index()] = value;
    copy(field, from);
  }

  private void copy(DataField field, long from) {
    if (copy != null && field.isOfPayload()) {
      if (copy.length() > 1) {
        copy.add(',');
      }
      copy.add(field.key());
      if (otherForm == null) {
        copy.add(source, (int) from, (int) end());
      } else {
        copy.add(otherForm);
      }
    }
  }

  /** Null if there is none of the kind that it has to be. */
  private @Nullable Object value(DataField field, JsonToken token, long from) {
    return switch (field.kind()) {
      case SESSION_ID -> token == JsonToken.VALUE_STRING ? sessionId() : null;
      case CHILD_ID -> integer(token, 1, Long.MAX_VALUE);
      case SEQUENCE -> narrow(integer(token, 1, SessionEvent.MAX_SEQUENCE));
      case INTEGER -> narrow(integer(token, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case FLAG -> token.isBoolean() ? parser.getBooleanValue() : null;
      case TEXT -> token == JsonToken.VALUE_STRING ? text(field, from) : null;
      case TIME -> token == JsonToken.VALUE_STRING ? time(field, from) : null;
      case WORD -> token == JsonToken.VALUE_STRING ? word(field) : null;
      case TEXTS -> token == JsonToken.START_ARRAY ? rewritten(texts(field)) : null;
      case OBJECT -> token == JsonToken.START_OBJECT ? rewritten(object(field)) : null;
    };
  }

  private @Nullable SessionId sessionId() {
    try {
      return SessionId.parse(parser.getString());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** JSON Schema calls 433.0 an integer too. */
  private @Nullable Long integer(JsonToken token, long min, long max) {
    Long number = null;
    if (token == JsonToken.VALUE_NUMBER_INT) {
      number = parser.getNumberType() == NumberType.BIG_INTEGER ? null : parser.getLongValue();
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      number = whole(parser.getString());
      otherForm = number == null ? null : JsonBytes.of(number.toString());
    }
    return number != null && number >= min && number <= max ? number : null;
  }

  private static @Nullable Long whole(String number) {
    try {
      var decimal = new BigDecimal(number);
      return decimal.precision() - decimal.scale() > DIGITS_OF_A_LONG
          ? null
          : (Long) decimal.longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable Integer narrow(@Nullable Long number) {
    return number == null ? null : (Integer) number.intValue();
  }

  private @Nullable Instant time(DataField field, long from) {
    try {
      return Times.parse(text(field, from));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private @Nullable Enum<?> word(DataField field) {
    var word = field.words().get(parser.getString());
    if (word == null) {
      return null;
    }
    otherForm = word.quoted();
    return word.constant();
  }

  private String text(DataField field, long from) {
    var text = parser.getString();
    // Else each character is one byte, so that there is nothing to be looked at.
    if (end() - from - 2 != text.length()) {
      rewritten(storable(field, text));
    }
    return text;
  }

  /**
   * PostgreSQL keeps no NUL and nothing that has no form in UTF-8, and a page could not show it.
   */
  private String storable(DataField field, String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        violate(
            "%s must not hold %s"
                .formatted(field.name(), c == 0 ? "a NUL character" : "an unpaired surrogate"));
      }
    }
    return text;
  }

  private @Nullable List<String> texts(DataField field) {
    var texts = new ArrayList<String>();
    var onlyTexts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        texts.add(storable(field, parser.getString()));
      } else {
        onlyTexts = false;
        parser.skipChildren();
      }
    }
    return onlyTexts ? texts : null;
  }

  private Map<String, @Nullable Object> object(DataField field) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      object.put(storable(field, name), anything(field, parser.nextToken()));
    }
    return object;
  }

  private @Nullable Object anything(DataField field, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(field);
      case START_ARRAY -> {
        var array = new ArrayList<@Nullable Object>();
        for (var item = parser.nextToken();
            item != JsonToken.END_ARRAY;
            item = parser.nextToken()) {
          array.add(anything(field, item));
        }
        yield array;
      }
      case VALUE_STRING -> storable(field, parser.getString());
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(field);
      default -> token == JsonToken.VALUE_NULL ? null : (Boolean) parser.getBooleanValue();
    };
  }

  private Double decimal(DataField field) {
    var number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      violate("%s must not hold a number beyond 1.8e308".formatted(field.name()));
    }
    return number;
  }

  /** It is copied as it has been understood, not as it came. */
  private <T> @Nullable T rewritten(@Nullable T value) {
    if (copy != null && value != null && violation == null) {
      otherForm = JsonBytes.of(Json.MAPPER.writeValueAsBytes(value));
    }
    return value;
  }

  private static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private long end() {
    return parser.currentLocation().getByteOffset();
  }
}
