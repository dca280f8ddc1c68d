package org.smileadventure.query.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.smileadventure.common.service.BadParameterException;

/**
 * The place in a list after which a page begins: what the list is ordered by, of the last item of
 * the page before.
 */
public final class Cursor {
  // What PostgreSQL can hold.
  private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59Z");
  // Java puts a sign before a year of more than four digits, and counts years before the first on.
  private static final DateTimeFormatter POSTGRESQL =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 9, SignStyle.NORMAL)
          .appendPattern("-MM-dd'T'HH:mm:ss.SSSSSS'Z' G")
          .toFormatter(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Cursor() {}

  /** By a time, and by an id among those of one time. */
  public record Moment<T>(Instant at, T id) {
    public String text() {
      return encoded(at + " " + id);
    }

    /** The time as PostgreSQL reads it. */
    public String sqlTime() {
      return POSTGRESQL.format(at);
    }
  }

  /** An event of a session. */
  public record Place(UUID session, int sequence) {
    @Override
    public String toString() {
      return session + "/" + sequence;
    }
  }

  public static String ofId(long id) {
    return encoded(Long.toString(id));
  }

  /**
   * The id of {@link #ofId}.
   *
   * @throws BadParameterException if no page gave the text out
   */
  public static long id(String text) {
    var id = decoded(text);
    if (!id.matches("[0-9]{1,18}")) {
      throw unknown(text);
    }
    return Long.parseLong(id);
  }

  /**
   * The time and the id of a {@link Moment}.
   *
   * @throws BadParameterException if no page gave the text out
   */
  public static Moment<UUID> momentAndUuid(String text) {
    try {
      var parts = parts(text);
      return new Moment<>(instant(parts[0], text), UUID.fromString(parts[1]));
    } catch (IllegalArgumentException _) {
      throw unknown(text);
    }
  }

  /**
   * The time and the id of a {@link Moment}.
   *
   * @throws BadParameterException if no page gave the text out
   */
  public static Moment<Long> momentAndId(String text) {
    var parts = parts(text);
    if (!parts[1].matches("[0-9]{1,18}")) {
      throw unknown(text);
    }
    return new Moment<>(instant(parts[0], text), Long.valueOf(parts[1]));
  }

  /**
   * The time and the event of a {@link Moment}.
   *
   * @throws BadParameterException if no page gave the text out
   */
  public static Moment<Place> momentAndPlace(String text) {
    var parts = parts(text);
    var place = parts[1].split("/", 2);
    if (place.length != 2 || !place[1].matches("[0-9]{1,6}")) {
      throw unknown(text);
    }
    try {
      return new Moment<>(
          instant(parts[0], text),
          new Place(UUID.fromString(place[0]), Integer.parseInt(place[1])));
    } catch (IllegalArgumentException _) {
      throw unknown(text);
    }
  }

  private static String[] parts(String text) {
    var parts = decoded(text).split(" ", 2);
    if (parts.length != 2) {
      throw unknown(text);
    }
    return parts;
  }

  private static Instant instant(String written, String text) {
    try {
      var at = Instant.parse(written);
      if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
        return at;
      }
    } catch (DateTimeException _) {
      // told below, as for a time that is out of range
    }
    throw unknown(text);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), UTF_8);
    } catch (IllegalArgumentException _) {
      throw unknown(text);
    }
  }

  private static BadParameterException unknown(String text) {
    return new BadParameterException("cursor", "the next_cursor of a page", text);
  }
}
