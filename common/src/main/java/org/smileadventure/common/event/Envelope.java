package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An event that came in another form than that of a record in binary mode, put into that form: so
 * all ways end in one reader, and what is kept in Kafka is what was sent. What is in it has yet to
 * be looked at.
 */
public final class Envelope {
  private final RecordHeaders headers = new RecordHeaders();
  private byte @Nullable [] data;
  private @Nullable InvalidEventException fault;

  private Envelope() {}

  /**
   * An event that is all in a body.
   *
   * @param beside headers that came with it; they may say the same once more, and nothing else
   */
  public static Envelope structured(Headers beside, byte[] body) {
    var envelope = new Envelope();
    try (var parser = Json.parser(body)) {
      envelope.readAll(parser, body);
    }
    beside.forEach(header -> envelope.compare(header.key(), header.value()));
    return envelope;
  }

  private void readAll(JsonParser parser, byte[] body) {
    try {
      if (!Json.isUtf8(body)) {
        fault("the event is not UTF-8");
      } else if (parser.nextToken() != JsonToken.START_OBJECT || Json.offset(parser) < 0) {
        fault("the event is not a JSON object in UTF-8");
      } else {
        read(parser, body);
        if (parser.nextToken() != null) {
          fault("the event is more than a JSON object");
        }
      }
    } catch (JacksonException e) {
      fault = Json.refusal("the event", e, parser);
    }
  }

  /**
   * The events of a batch.
   *
   * @param most that there may be; one more is returned if there are more
   * @throws InvalidEventException if it is no array of JSON
   */
  public static List<Envelope> batch(byte[] body, int most) throws InvalidEventException {
    if (!Json.isUtf8(body)) {
      throw malformed("the body is not UTF-8");
    }
    return batch(body, false, most);
  }

  private static List<Envelope> batch(byte[] body, boolean again, int most)
      throws InvalidEventException {
    var events = new ArrayList<Envelope>();
    try (var parser = Json.parser(again ? Json.withoutHalves(body) : body)) {
      try {
        readAll(parser, body, most, events);
      } catch (JacksonException e) {
        if (!again && Json.isOfASurrogate(e)) {
          // It is the fault of one of them, and that is told when its data are read.
          return batch(body, true, most);
        }
        throw Json.refusal(
            "the body, in event %d,".formatted(Math.max(0, events.size() - 1)), e, parser);
      }
    }
    return events;
  }

  private static void readAll(JsonParser parser, byte[] body, int most, List<Envelope> events)
      throws InvalidEventException {
    if (parser.nextToken() != JsonToken.START_ARRAY || Json.offset(parser) < 0) {
      throw malformed("the body of a batch must be a JSON array of events, in UTF-8");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY && events.size() <= most) {
      var event = new Envelope();
      events.add(event);
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        event.read(parser, body);
      } else {
        parser.skipChildren();
        event.fault("an event must be a JSON object");
      }
    }
    if (events.size() <= most && parser.nextToken() != null) {
      throw malformed("the body is more than a JSON array");
    }
  }

  private static InvalidEventException malformed(String how) {
    return new InvalidEventException(Rejection.MALFORMED, how);
  }

  /**
   * An event whose attributes are in headers of HTTP.
   *
   * @param attributes the names without their prefix, and the values as they came
   */
  public static Envelope binary(
      List<Map.Entry<String, String>> attributes, String contentType, byte[] body) {
    var envelope = new Envelope();
    envelope.data = body;
    attributes(attributes, envelope);
    envelope.headers.add(Attributes.CONTENT_TYPE, contentType.getBytes(UTF_8));
    return envelope;
  }

  /** Headers of HTTP as those of a record. */
  public static Headers headersOf(List<Map.Entry<String, String>> attributes) {
    var envelope = new Envelope();
    attributes(attributes, envelope);
    return envelope.headers;
  }

  private static void attributes(List<Map.Entry<String, String>> attributes, Envelope envelope) {
    for (var attribute : attributes) {
      var name = attribute.getKey().toLowerCase(Locale.ROOT);
      var value = decoded(attribute.getValue());
      if (value == null) {
        envelope.fault(
            Attributes.called(name)
                + " must be ASCII in a header, with other characters percent-encoded as UTF-8");
      } else {
        envelope.headers.add(Attributes.PREFIX + name, value);
      }
    }
  }

  /** As the HTTP binding of CloudEvents says; null if it does not allow the value. */
  private static byte @Nullable [] decoded(String value) {
    var quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    var text = quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '%' && i + 2 < text.length() && isHex(text, i + 1)) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else if (c == '%' || c >= 0x80) {
        return null;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isHex(String text, int at) {
    return HexFormat.isHexDigit(text.charAt(at)) && HexFormat.isHexDigit(text.charAt(at + 1));
  }

  /** What is wrong is told when all is read: an event that is not JSON is that in any case. */
  private void read(JsonParser parser, byte[] body) {
    headers.add(Attributes.CONTENT_TYPE, Attributes.JSON);
    var names = new HashSet<String>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      if (!names.add(name)) {
        fault(called(name) + " is there twice");
      }
      // A null says as much as nothing does.
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        switch (name) {
          case "data" -> data(json(parser, body));
          case "data_base64" -> data(decodedBase64(parser));
          case "datacontenttype" -> requireJson(parser);
          default -> attribute(name, parser);
        }
      }
    }
  }

  private void data(byte[] bytes) {
    if (data != null) {
      fault("there must be either 'data' or 'data_base64'");
    }
    data = bytes;
  }

  private static byte[] json(JsonParser parser, byte[] body) {
    var from = (int) Json.offset(parser);
    parser.skipChildren();
    parser.finishToken();
    return Arrays.copyOfRange(body, from, (int) parser.currentLocation().getByteOffset());
  }

  private byte[] decodedBase64(JsonParser parser) {
    try {
      return Base64.getDecoder().decode(text("data_base64", parser));
    } catch (IllegalArgumentException _) {
      fault("'data_base64' must be Base64");
      return new byte[0];
    }
  }

  private void requireJson(JsonParser parser) {
    var type = text("datacontenttype", parser);
    if (ContentType.of(type) != ContentType.JSON) {
      fault("datacontenttype must be JSON in UTF-8, such as application/json");
    }
  }

  private void attribute(String name, JsonParser parser) {
    try {
      Attributes.requireName(name);
    } catch (InvalidEventException e) {
      fault(e.detail());
    }
    var text = Attributes.CORE.contains(name) ? text(name, parser) : extension(name, parser);
    headers.add(Attributes.PREFIX + name, text.getBytes(UTF_8));
  }

  private static String called(String name) {
    return name.equals("data") || name.equals("data_base64")
        ? "'" + name + "'"
        : Attributes.called(name);
  }

  private String text(String name, JsonParser parser) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      parser.skipChildren();
      fault(called(name) + " must be a text");
      return "";
    }
    var text = parser.getString();
    if (!Json.isText(text)) {
      fault(called(name) + " must not hold an unpaired surrogate");
    }
    return text;
  }

  private String extension(String name, JsonParser parser) {
    var token = parser.currentToken();
    if (token.isBoolean()) {
      return token.asString();
    }
    if (token == JsonToken.VALUE_STRING) {
      return text(name, parser);
    }
    var number = token.isNumeric() ? WholeNumber.of(parser.getString()) : null;
    if (number == null || number != number.intValue()) {
      parser.skipChildren();
      fault(
          "%s must be a text, true, false, or an integer from %d to %d"
              .formatted(called(name), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return String.valueOf(number);
  }

  private void compare(String key, byte @Nullable [] said) {
    var header = headers.lastHeader(key.toLowerCase(Locale.ROOT));
    if (said != null
        && header != null
        && !header.key().equals(Attributes.CONTENT_TYPE)
        && !Arrays.equals(header.value(), said)) {
      fault(
          "the header of "
              + Attributes.called(header.key().substring(Attributes.PREFIX.length()))
              + " says something else than the event");
    }
  }

  /** The first one is told. */
  private void fault(String how) {
    fault = fault == null ? malformed(how) : fault;
  }

  /** The attribute {@code id}, as far as it could be read. */
  public @Nullable String id() {
    var header = headers.lastHeader(Attributes.PREFIX + "id");
    return header == null ? null : new String(header.value(), UTF_8);
  }

  /**
   * The headers of the record.
   *
   * @throws InvalidEventException if this is no CloudEvent
   */
  public Headers headers() throws InvalidEventException {
    if (fault != null) {
      throw fault;
    }
    return headers;
  }

  /** The same headers without those of extensions, which nobody reads. */
  public Headers headersOfTheContract() throws InvalidEventException {
    var kept = new RecordHeaders().add(Attributes.CONTENT_TYPE, Attributes.JSON);
    for (var header : headers()) {
      if (header.key().startsWith(Attributes.PREFIX)
          && Attributes.CORE.contains(header.key().substring(Attributes.PREFIX.length()))) {
        kept.add(header);
      }
    }
    return kept;
  }

  /** The value of the record. */
  public byte @Nullable [] data() {
    return data;
  }
}
