package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say of its event, in one pass: the attributes of CloudEvents 1.0.
 * The CloudEvents library would build an event of which the greater part is not looked at, and each
 * header costs with each event; and what it does not take it tells in words of its own.
 */
final class Attributes {
  /** What the name of a header begins with if it has an attribute. */
  static final String PREFIX = "ce_";

  static final String CONTENT_TYPE = "content-type";
  static final byte[] JSON = "application/json".getBytes(UTF_8);

  /** Those that are no extensions. */
  static final Set<String> CORE =
      Set.of("specversion", "id", "source", "type", "time", "subject", "dataschema");

  private static final byte[] VERSION = "1.0".getBytes(UTF_8);
  private static final byte[] USUAL_SOURCE = EventCodec.SOURCE.toString().getBytes(UTF_8);

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  /** RFC 3986, but for the form of an address in brackets. */
  private static final Pattern URI_REFERENCE;

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][-A-Za-z0-9+.]*:.*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  static {
    var name = "-A-Za-z0-9._~!$&'()*+,;=%";
    URI_REFERENCE =
        Pattern.compile(
            "([A-Za-z][-A-Za-z0-9+.]*:)?+"
                + ("(//([" + name + ":]*@)?(\\[[-A-Za-z0-9._~!$&'()*+,;=:]+]|[" + name + "]*)")
                + "(:[0-9]*)?(?![^/?#])|(?!//))"
                + ("[" + name + ":@/]*")
                + ("(\\?[" + name + ":@/?]*)?")
                + ("(#[" + name + ":@/?]*)?"));
  }

  private byte @Nullable [] contentType;
  private byte @Nullable [] version;
  private byte @Nullable [] id;
  private byte @Nullable [] source;
  private byte @Nullable [] type;
  private byte @Nullable [] time;
  private byte @Nullable [] subject;
  private byte @Nullable [] dataSchema;
  private @Nullable Set<String> extensions;
  private @Nullable String fault;

  private Attributes() {}

  static Attributes in(Headers headers) {
    var attributes = new Attributes();
    for (var header : headers) {
      // A null says as much as no header does.
      if (header.value() != null && !attributes.take(header.key(), header.value())) {
        var key = header.key().toLowerCase(Locale.ROOT);
        if (!attributes.take(key, header.value()) && key.startsWith(PREFIX)) {
          attributes.takeExtension(key.substring(PREFIX.length()), header.value());
        }
      }
    }
    return attributes;
  }

  /** Returns whether it is known. */
  private boolean take(String key, byte[] value) {
    switch (key) {
      case CONTENT_TYPE -> contentType = once(key, contentType, value);
      case "ce_specversion" -> version = once(key, version, value);
      case "ce_id" -> id = once(key, id, value);
      case "ce_source" -> source = once(key, source, value);
      case "ce_type" -> type = once(key, type, value);
      case "ce_time" -> time = once(key, time, value);
      case "ce_subject" -> subject = once(key, subject, value);
      case "ce_dataschema" -> dataSchema = once(key, dataSchema, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private byte[] once(String key, byte @Nullable [] before, byte[] value) {
    if (before != null) {
      fault("header '" + key + "' is there twice");
    }
    return value;
  }

  private void takeExtension(String name, byte[] value) {
    extensions = extensions == null ? new HashSet<>() : extensions;
    if (!extensions.add(name)) {
      fault(called(name) + " is there twice");
    }
    try {
      var text = text(name, value);
      requireName(name);
      if (name.equals("datacontenttype") && ContentType.of(text) != ContentType.JSON) {
        fault("datacontenttype must be JSON in UTF-8");
      }
    } catch (InvalidEventException e) {
      fault(e.detail());
    }
  }

  /** The first one is told. */
  private void fault(String how) {
    fault = fault == null ? how : fault;
  }

  /** Whether the event is in structured mode. */
  boolean areInTheValue() throws InvalidEventException {
    if (contentType == null || Arrays.equals(contentType, JSON)) {
      return false;
    }
    var text = text(CONTENT_TYPE, contentType);
    return switch (ContentType.of(text)) {
      case JSON -> false;
      case EVENT -> {
        if (fault != null) {
          throw malformed(fault);
        }
        yield true;
      }
      case EVENTS, UNKNOWN ->
          throw malformed(
              "content-type must be JSON in UTF-8, or application/cloudevents+json for an event"
                  + " that is all in the value");
    };
  }

  /**
   * The type of an event in binary mode.
   *
   * @throws InvalidEventException if it is no CloudEvent
   */
  String type() throws InvalidEventException {
    if (fault != null) {
      throw malformed(fault);
    }
    if (!Arrays.equals(version, VERSION)) {
      require("specversion", version);
      throw malformed("specversion must be 1.0, the only one that is read");
    }
    require("id", id);
    if (!Arrays.equals(source, USUAL_SOURCE)) {
      requireUri("source", required("source", source));
    }
    var name = required("type", type);
    if (time != null) {
      requireTime(text("time", time));
    }
    if (subject != null) {
      require("subject", subject);
    }
    if (dataSchema != null) {
      var text = required("dataschema", dataSchema);
      requireUri("dataschema", text);
      if (!SCHEME.matcher(text).matches()) {
        throw malformed("dataschema must be an absolute URI");
      }
    }
    return name;
  }

  private static void requireTime(String text) throws InvalidEventException {
    try {
      Times.parse(text);
    } catch (DateTimeException _) {
      throw malformed("time must be an RFC 3339 time with its offset");
    }
  }

  private static void requireUri(String attribute, String text) throws InvalidEventException {
    if (!URI_REFERENCE.matcher(text).matches()
        || BAD_ESCAPE.matcher(text).find()
        || (text.lastIndexOf(':', firstOf(text)) >= 0 && !SCHEME.matcher(text).matches())) {
      throw malformed(attribute + " must be a URI, or a part of one, as RFC 3986 says");
    }
  }

  /** Where the first segment of a path ends, before which a colon can only end a scheme. */
  private static int firstOf(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      if ("/?#".indexOf(uri.charAt(i)) >= 0) {
        return i;
      }
    }
    return uri.length();
  }

  static void requireName(String name) throws InvalidEventException {
    if (!NAME.matcher(name).matches() || name.equals("data")) {
      throw malformed("an attribute must have a name of lower-case letters a to z and digits");
    }
  }

  /** As a sentence begins with it. Names that senders make up may say something about somebody. */
  static String called(String name) {
    return CORE.contains(name) || name.equals("datacontenttype")
        ? "attribute '" + name + "'"
        : "an extension attribute";
  }

  private static void require(String attribute, byte @Nullable [] value)
      throws InvalidEventException {
    if (value == null) {
      throw malformed("attribute '" + attribute + "' is missing");
    }
    if (value.length == 0) {
      throw malformed("attribute '" + attribute + "' must not be empty");
    }
    if (!isPlain(value)) {
      text(attribute, value);
    }
  }

  private static String required(String attribute, byte @Nullable [] value)
      throws InvalidEventException {
    require(attribute, value);
    return new String(value, UTF_8);
  }

  private static boolean isPlain(byte[] value) {
    for (var b : value) {
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** The characters that CloudEvents allows in a text. */
  private static String text(String attribute, byte[] value) throws InvalidEventException {
    if (isPlain(value)) {
      return new String(value, UTF_8);
    }
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      if (text.codePoints().noneMatch(Attributes::isForbidden)) {
        return text;
      }
      throw malformed(called(attribute) + " must not hold control characters or noncharacters");
    } catch (CharacterCodingException _) {
      throw malformed(called(attribute) + " is not UTF-8");
    }
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  }

  private static InvalidEventException malformed(String how) {
    return new InvalidEventException(Rejection.MALFORMED, how);
  }
}
