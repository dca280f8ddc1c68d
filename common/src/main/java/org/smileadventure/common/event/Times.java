package org.smileadventure.common.event;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times as they stand in events: RFC 3339 text with an offset. */
final class Times {
  private Times() {}

  /** PostgreSQL keeps microseconds: cut here, so that an event equals itself after a round trip. */
  static Instant parse(String text) throws DateTimeException {
    var utc = ITU.parseDateTime(text).withOffsetSameInstant(ZoneOffset.UTC);
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      throw new DateTimeException("RFC 3339 has years of four digits");
    }
    return utc.toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  static boolean isValid(String text) {
    return ITU.isValid(text);
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
