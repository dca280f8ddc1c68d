package org.smileadventure.common.event;

import java.util.UUID;

/**
 * The identity of one play session: a UUID version 7, made by the game when the session starts, so
 * that a device without a network can make it too. Its leading 48 bits are the start in
 * milliseconds, which is what the partitions of {@code session_events} are cut by.
 */
public record SessionId(UUID value) implements Comparable<SessionId> {

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
    return new SessionId(UUID.fromString(text));
  }

  @Override
  public int compareTo(SessionId other) {
    return value.toString().compareTo(other.value.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
