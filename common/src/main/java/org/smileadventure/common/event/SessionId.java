package org.smileadventure.common.event;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The identity of one play session: a UUID version 7, made by the game when the session starts, so
 * that a device without a network can make it too. Its leading 48 bits are the start in
 * milliseconds, which is what the partitions of {@code session_events} are cut by.
 */
public record SessionId(UUID value) implements Comparable<SessionId> {
  private static final int LENGTH = 36;
  private static final Duration TOLERANCE = Duration.ofDays(31);

  public SessionId {
    if (value.version() != 7) {
      throw new IllegalArgumentException("a session id is a UUID of version 7, not " + value);
    }
  }

  /**
   * Reads the usual text form.
   *
   * @throws IllegalArgumentException if the text is not a UUID of version 7
   */
  public static SessionId parse(String text) {
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException(
          "a UUID has " + LENGTH + " characters, not " + text.length());
    }
    return new SessionId(UUID.fromString(text));
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
