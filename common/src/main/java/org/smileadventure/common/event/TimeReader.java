package org.smileadventure.common.event;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads times as RFC 3339 text with an offset, and as nothing else: Jackson would also take numbers
 * for seconds and the empty string for null.
 */
final class TimeReader extends ValueDeserializer<Instant> {

  /** PostgreSQL keeps microseconds: cut here, so that an event equals itself after a round trip. */
  static Instant time(String text) throws DateTimeException {
    var utc = ITU.parseDateTime(text).withOffsetSameInstant(ZoneOffset.UTC);
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      throw new DateTimeException("RFC 3339 has years of four digits");
    }
    return utc.toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    try {
      return time(parser.getString());
    } catch (DateTimeException _) {
      return (Instant)
          context.handleWeirdStringValue(
              Instant.class, parser.getString(), "not an RFC 3339 time with its offset");
    }
  }
}
