package org.smileadventure.query.sessions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.smileadventure.common.service.BadParameterException;

/** The place in a list after which a page begins: the last session of the page before. */
record Cursor(Instant startedAt, UUID id) {
  // Of the years that have four digits, which PostgreSQL reads as Java writes them.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((startedAt + " " + id).getBytes(US_ASCII));
  }

  static Cursor parse(String text) {
    try {
      var parts = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split(" ", 2);
      if (parts.length == 2) {
        var startedAt = Instant.parse(parts[0]);
        if (!startedAt.isBefore(EARLIEST) && !startedAt.isAfter(LATEST)) {
          return new Cursor(startedAt, UUID.fromString(parts[1]));
        }
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // told below, as for any other text that no page has given out
    }
    throw new BadParameterException("cursor", "the next_cursor of a page", text);
  }
}
