package org.smileadventure.common.event;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The identity of one play session: a UUID version 7, made by the game when the session starts, so
 * that a device without a network can make it too. Its leading 48 bits are the start in
 * milliseconds, which is what the partitions of {@code session_events} are cut by.
 */
public record SessionId(UUID value) implements Comparable<SessionId> {
  private static final int LENGTH = 36;
  private static final Duration TOLERANCE = Duration.ofDays(31);

  /** What each character is in hexadecimal; below 0 if it is none. */
  private static final byte[] DIGITS = new byte['f' + 1];

  static {
    for (int c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) (HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1);
    }
  }

  public SessionId {
    if (value.version() != 7) {
      throw new IllegalArgumentException("a session id is a UUID of version 7, not " + value);
    }
  }

  /**
   * Reads the usual text form: 36 characters, in any case. Java's own reader takes groups of other
   * lengths, signs, and digits of other scripts.
   *
   * @throws IllegalArgumentException if the text is not a UUID of version 7
   */
  public static SessionId parse(String text) {
    if (text.length() != LENGTH) {
      throw notInItsForm();
    }
    var high = 0L;
    var low = 0L;
    for (int i = 0; i < LENGTH; i++) {
      var c = text.charAt(i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') {
          throw notInItsForm();
        }
      } else {
        var digit = c < DIGITS.length ? DIGITS[c] : -1;
        if (digit < 0) {
          throw notInItsForm();
        }
        if (i < 18) {
          high = high << 4 | digit;
        } else {
          low = low << 4 | digit;
        }
      }
    }
    return new SessionId(new UUID(high, low));
  }

  private static IllegalArgumentException notInItsForm() {
    return new IllegalArgumentException("a UUID has the form 8-4-4-4-12, in hexadecimal digits");
  }

  /**
   * Whether it was made in another month than this moment, so that one of the two clocks is wrong.
   */
  public boolean contradicts(Instant moment) {
    return Duration.between(moment, madeAt()).abs().compareTo(TOLERANCE) > 0;
  }

  /** When it was made, by the clock of the device. */
  public Instant madeAt() {
    return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
  }

  /** In the order of PostgreSQL. */
  @Override
  public int compareTo(SessionId other) {
    var first =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return first != 0
        ? first
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
