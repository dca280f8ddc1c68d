package org.smileadventure.query.sessions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.smileadventure.query.answer.BadParameterException;

/** The place in a list after which a page begins: the last session of the page before. */
record Cursor(Instant startedAt, UUID id) {

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((startedAt + " " + id).getBytes(US_ASCII));
  }

  static Cursor parse(String text) {
    try {
      var parts = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split(" ", 2);
      if (parts.length == 2) {
        return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // told below, as for any other text that no page has given out
    }
    throw new BadParameterException("cursor", "the next_cursor of a page", text);
  }
}
