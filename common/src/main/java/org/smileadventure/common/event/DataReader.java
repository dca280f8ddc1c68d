package org.smileadventure.common.event;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.PayloadShape.DataField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the data of one event in one pass, and copies the fields of its payload beside. What is
 * wrong with a field is told when all is read: data that is not JSON is malformed, whatever is in
 * it.
 */
final class DataReader {
  private static final int DIGITS_OF_AN_INT = 18; // that are never beyond a long
  private static final int MAX_DIGITS = 1_000;
  private static final BigDecimal MAX_NUMBER = new BigDecimal(Double.MAX_VALUE);

  private final JsonParser parser;
  private final byte[] source;
  private final PayloadShape shape;
  private final @Nullable Object[] values;
  private final @Nullable JsonBytes copy;
  private long seen;
  private @Nullable Set<String> unknown;
  private @Nullable JsonBytes otherForm;
  private @Nullable String violation;
  private @Nullable String doubled;

  private DataReader(EventType type, JsonParser parser, byte[] source, @Nullable JsonBytes copy) {
    this.parser = parser;
    this.source = source;
    this.shape = PayloadShape.of(type);
    this.values = new @Nullable Object[shape.fields().size()];
    this.copy = copy;
  }

  static DecodedEvent event(EventType type, byte[] data) throws InvalidEventException {
    if (!Json.isUtf8(data)) {
      throw malformed("data is not UTF-8");
    }
    try (var parser = Json.parser(data)) {
      var copy = new JsonBytes(data.length + 1);
      var reader = new DataReader(type, parser, data, copy);
      try {
        return reader.event();
      } catch (JacksonException e) {
        throw Json.refusal("data", e, parser);
      }
    }
  }

  /** A payload that was copied, at whose first brace the parser stands. */
  static Payload payload(EventType type, JsonParser parser, byte[] source)
      throws InvalidEventException {
    var reader = new DataReader(type, parser, source, null);
    reader.readFields();
    return reader.payload(PayloadShape.HEADER_FIELDS);
  }

  private DecodedEvent event() throws InvalidEventException {
    if (parser.nextToken() != JsonToken.START_OBJECT || Json.offset(parser) < 0) {
      throw malformed("data is not a JSON object in UTF-8");
    }
    readFields();
    if (parser.nextToken() != null) {
      throw malformed("data is more than a JSON object");
    }
    if (doubled != null) {
      throw malformed(doubled + " is there twice");
    }
    var payload = payload(0);
    return new DecodedEvent(
        new SessionEvent(
            (SessionId) requireNonNull(values[PayloadShape.SESSION_ID]),
            new ChildId((Long) requireNonNull(values[PayloadShape.CHILD_ID])),
            (Integer) requireNonNull(values[PayloadShape.SEQUENCE]),
            (Instant) requireNonNull(values[PayloadShape.OCCURRED_AT]),
            payload),
        requireNonNull(copy),
        unknown != null);
  }

  private static InvalidEventException malformed(String how) {
    return new InvalidEventException(Rejection.MALFORMED, how);
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
      var known = shape.field(name);
      var token = parser.nextToken();
      if (known == null) {
        unknown = unknown == null ? new HashSet<>() : unknown;
        isOnce("a name that the contract does not know", unknown.add(name));
        skip();
      } else {
        isOnce(known.quoted(), (seen & 1L << known.index()) == 0);
        seen |= 1L << known.index();
        if (token != JsonToken.VALUE_NULL) {
          read(known, token);
        }
      }
    }
    if (copy != null) {
      copy.add('}');
    }
  }

  /** Of two fields with one name, each reader would read another one. */
  private void isOnce(String what, boolean first) {
    if (!first && doubled == null) {
      doubled = what;
    }
  }

  /** Passes over a value, in whose objects each name is to be there once too. */
  private void skip() {
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      var names = new HashSet<String>();
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        isOnce("a name within an object", names.add(name));
        parser.nextToken();
        skip();
      }
    } else if (parser.hasToken(JsonToken.START_ARRAY)) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        skip();
      }
    }
  }

  private void read(DataField field, JsonToken token) {
    var from = Json.offset(parser);
    otherForm = null;
    var value = value(field, token, from);
    if (value == null) {
      skip();
      parser.finishToken();
      violate("%s must be %s".formatted(field.name(), field.expected()));
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
      case CHILD_ID -> childId(token);
      case SEQUENCE -> sequence(token);
      case INTEGER -> integer(token);
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

  private @Nullable Long childId(JsonToken token) {
    var number = whole(token);
    return number != null && number >= 1 ? number : null;
  }

  private @Nullable Integer sequence(JsonToken token) {
    var number = whole(token);
    return number != null && number >= 1 && number <= SessionEvent.MAX_SEQUENCE
        ? (Integer) number.intValue()
        : null;
  }

  /** The number, or one that is out of any range: the record tells which it is. */
  private @Nullable Integer integer(JsonToken token) {
    var number = whole(token);
    return number == null
        ? null
        : (Integer) Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Null if it is no whole number. */
  private @Nullable Long whole(JsonToken token) {
    if (token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= DIGITS_OF_AN_INT) {
      return parser.getLongValue();
    }
    if (!token.isNumeric()) {
      return null;
    }
    var number = WholeNumber.of(parser.getString());
    otherForm = number == null ? null : JsonBytes.of(number.toString());
    return number;
  }

  private @Nullable Instant time(DataField field, long from) {
    try {
      var time = Times.parse(text(field, from));
      // So that whoever reads the copy needs to know no form of it but one.
      otherForm = field.isOfPayload() ? JsonBytes.of('"' + time.toString() + '"') : null;
      return time;
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

  /** PostgreSQL keeps no NUL, and half a character has no form in UTF-8. */
  private String storable(DataField field, String text) {
    if (text.indexOf(0) >= 0) {
      violate("%s must not hold a NUL character".formatted(field.name()));
    } else if (!Json.isText(text)) {
      violate("%s must not hold an unpaired surrogate".formatted(field.name()));
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
        skip();
      }
    }
    return onlyTexts ? texts : null;
  }

  private Map<String, @Nullable Object> object(DataField field) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      isOnce("a name within " + field.quoted(), !object.containsKey(name));
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(field);
      default -> token == JsonToken.VALUE_NULL ? null : (Boolean) parser.getBooleanValue();
    };
  }

  /** To the last digit, within what readers of JSON and PostgreSQL can hold. */
  private Number number(DataField field) {
    var isWhole = parser.hasToken(JsonToken.VALUE_NUMBER_INT);
    if (isWhole && parser.getStringLength() <= DIGITS_OF_AN_INT) {
      return parser.getNumberValue();
    }
    try {
      var number =
          parser.getStringLength() > MAX_DIGITS ? null : new BigDecimal(parser.getString());
      if (number == null || number.scale() > MAX_DIGITS) {
        violate("%s must not hold a number of more than 1,000 digits".formatted(field.name()));
        return 0;
      }
      if (number.precision() - (long) number.scale() <= MAX_DIGITS
          && number.abs().compareTo(MAX_NUMBER) <= 0) {
        return isWhole ? parser.getNumberValue() : number;
      }
    } catch (NumberFormatException _) {
      // Its exponent is beyond an int.
    }
    violate("%s must not hold a number beyond 1.8e308".formatted(field.name()));
    return 0;
  }

  /** It is copied as it has been understood, not as it came. */
  private <T> @Nullable T rewritten(@Nullable T value) {
    if (copy != null && value != null && violation == null) {
      otherForm = JsonBytes.of(Json.MAPPER.writeValueAsBytes(value));
    }
    return value;
  }

  private long end() {
    return parser.currentLocation().getByteOffset();
  }
}
