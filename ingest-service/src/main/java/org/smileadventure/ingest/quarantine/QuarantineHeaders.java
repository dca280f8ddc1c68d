package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What stands beside a record in quarantine, in headers of its own. */
final class QuarantineHeaders {
  private static final String PREFIX = "smile-";

  static final String REASON = PREFIX + "reason";
  static final String DETAIL = PREFIX + "detail";
  static final String FIRST_SEEN = PREFIX + "first-seen";

  /** Topic, partition and offset where the record first came from. */
  static final String ORIGIN = PREFIX + "origin";

  /** How often the record has been refused. */
  static final String ATTEMPTS = PREFIX + "attempts";

  /** Only where the value was too large to be kept: its size. */
  static final String VALUE_BYTES = PREFIX + "value-bytes";

  /** Only where the record came without a value: one without would delete the one before it. */
  static final String NO_VALUE = PREFIX + "no-value";

  /** The key with which the record came, if it had one. */
  static final String KEY = PREFIX + "key";

  /**
   * What a replayed record takes with it, and has again if it is refused again; in this form only,
   * as anybody who writes to the topic can write these names.
   */
  private static final Map<String, Pattern> LASTING =
      Map.of(
          FIRST_SEEN, Pattern.compile("[0-9T:.-]{19,35}Z"),
          ORIGIN, Pattern.compile("[a-zA-Z0-9._-]{1,249}/[0-9]{1,9}/[0-9]{1,18}"),
          ATTEMPTS, Pattern.compile("[0-9]{1,6}"));

  private QuarantineHeaders() {}

  /** The last value of this name; null if there is none. */
  static @Nullable String text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  static void set(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(UTF_8));
  }

  static boolean has(Headers headers, String name) {
    return headers.lastHeader(name) != null;
  }

  static boolean isOurs(String name) {
    return name.startsWith(PREFIX);
  }

  /** The headers of others, and of ours those that last. */
  static RecordHeaders withoutOurs(Headers all) {
    var headers = new RecordHeaders();
    for (var header : all) {
      if (!isOurs(header.key())) {
        headers.add(header);
      }
    }
    LASTING.forEach(
        (name, form) -> {
          var text = text(all, name);
          if (text != null && form.matcher(text).matches()) {
            set(headers, name, text);
          }
        });
    return headers;
  }
}
