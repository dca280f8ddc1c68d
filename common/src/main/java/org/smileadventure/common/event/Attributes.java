package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.SpecVersion;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say of its event, in one pass. The CloudEvents library would build
 * an event of which the greater part is not looked at, and each header costs with each event.
 */
final class Attributes {
  private static final byte[] VERSION = "1.0".getBytes(UTF_8);
  private static final byte[] USUAL_SOURCE = EventCodec.SOURCE.toString().getBytes(UTF_8);

  private byte @Nullable [] contentType;
  private byte @Nullable [] version;
  private byte @Nullable [] id;
  private byte @Nullable [] source;
  private byte @Nullable [] type;
  private byte @Nullable [] time;

  private Attributes() {}

  static Attributes in(Headers headers) {
    var attributes = new Attributes();
    for (var header : headers) {
      var key = header.key();
      if (!attributes.take(key, header.value())) {
        attributes.take(key.toLowerCase(Locale.ROOT), header.value());
      }
    }
    return attributes;
  }

  /** Returns whether it is known. */
  private boolean take(String key, byte @Nullable [] value) {
    switch (key) {
      case "content-type" -> contentType = value;
      case "ce_specversion" -> version = value;
      case "ce_id" -> id = value;
      case "ce_source" -> source = value;
      case "ce_type" -> type = value;
      case "ce_time" -> time = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether the event is in structured mode. */
  boolean areInTheValue() {
    return contentType != null
        && new String(contentType, UTF_8)
            .toLowerCase(Locale.ROOT)
            .startsWith("application/cloudevents");
  }

  /**
   * The type of an event in binary mode.
   *
   * @throws RuntimeException if it is no CloudEvent
   */
  String type() {
    if (!Arrays.equals(version, VERSION)) {
      SpecVersion.parse(text("specversion", version));
    }
    required("id", id);
    if (!Arrays.equals(source, USUAL_SOURCE)) {
      URI.create(text("source", source));
    }
    if (time != null && !Times.isValid(text("time", time))) {
      throw CloudEventRWException.newOther("attribute 'time' is not an RFC 3339 time");
    }
    return text("type", type);
  }

  private static String text(String attribute, byte @Nullable [] value) {
    return new String(required(attribute, value), UTF_8);
  }

  private static byte[] required(String attribute, byte @Nullable [] value) {
    if (value == null) {
      throw CloudEventRWException.newOther("attribute '" + attribute + "' is missing");
    }
    return value;
  }
}
