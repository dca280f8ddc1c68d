package org.smileadventure.common.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as they stand in events: all that the {@code date-time} of RFC 3339 allows, and nothing
 * else. java.time knows no leap second, no offset beyond 18 hours and no more than nine digits of a
 * second.
 */
final class Times {
  private static final int FRACTION = 19;
  private static final int MICROS_DIGITS = 6;
  private static final int OFFSET_LENGTH = 6;
  private static final int SECONDS_OF_A_DAY = 86_400;

  private Times() {}

  /**
   * The time to the microsecond: PostgreSQL keeps no more, so that an event equals itself after a
   * round trip. Further digits are cut off. A leap second is the second before it.
   *
   * @throws DateTimeException if the text is no such time
   */
  static Instant parse(String text) {
    require(
        text.length() > FRACTION
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && is(text, 10, 'T')
            && text.charAt(13) == ':'
            && text.charAt(16) == ':');
    var day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    var second = number(text, 17, FRACTION);
    require(second <= 60);
    var zone = endOfFraction(text);
    var time =
        day * SECONDS_OF_A_DAY
            + minutes(text, 11) * 60L
            + Math.min(second, 59)
            - offset(text, zone);
    // Elsewhere a minute has no more than 60 of them.
    require(second < 60 || Math.floorMod(time, SECONDS_OF_A_DAY) == SECONDS_OF_A_DAY - 1);
    return Instant.ofEpochSecond(time, micros(text, zone) * 1_000L);
  }

  private static int endOfFraction(String text) {
    var end = FRACTION;
    if (text.charAt(FRACTION) == '.') {
      do {
        end++;
        require(end < text.length());
      } while (digit(text.charAt(end)) >= 0);
      require(end > FRACTION + 1);
    }
    return end;
  }

  private static int micros(String text, int end) {
    var micros = 0;
    for (int i = 1; i <= MICROS_DIGITS; i++) {
      micros = 10 * micros + (FRACTION + i < end ? digit(text.charAt(FRACTION + i)) : 0);
    }
    return micros;
  }

  /** In seconds. An unknown offset, {@code -00:00}, is none. */
  private static int offset(String text, int at) {
    if (text.length() == at + 1 && is(text, at, 'Z')) {
      return 0;
    }
    var sign = text.charAt(at);
    require(text.length() == at + OFFSET_LENGTH && text.charAt(at + 3) == ':');
    require(sign == '+' || sign == '-');
    return (sign == '+' ? 60 : -60) * minutes(text, at + 1);
  }

  /** Of hours and minutes. */
  private static int minutes(String text, int at) {
    var hours = number(text, at, at + 2);
    var minutes = number(text, at + 3, at + 5);
    require(hours < 24 && minutes < 60);
    return 60 * hours + minutes;
  }

  private static int number(String text, int from, int to) {
    var number = 0;
    for (int i = from; i < to; i++) {
      var digit = digit(text.charAt(i));
      require(digit >= 0);
      number = 10 * number + digit;
    }
    return number;
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }

  private static boolean is(String text, int at, char upperCase) {
    return (text.charAt(at) & ~0x20) == upperCase;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new DateTimeException("not a time of RFC 3339");
    }
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
