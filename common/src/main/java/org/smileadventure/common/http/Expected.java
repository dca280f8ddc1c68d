package org.smileadventure.common.http;

import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a value has to be, in words for who sends it. */
final class Expected {
  private Expected() {}

  /** After "must be". */
  static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "of another kind";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Long.class || type == long.class || type == Integer.class || type == int.class) {
      return "a whole number in range";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Instant.class) {
      return "a time, as 2026-01-31T12:00:00Z";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a day, as 2026-01-31";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another kind";
  }
}
