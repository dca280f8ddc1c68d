package org.smileadventure.common.fold;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and lengths in microseconds, which is how exactly they are stored. */
final class Micros {
  static final long A_SECOND = 1_000_000;

  /** As many seconds as a column has room for: more than the clocks of all devices can span. */
  private static final long MOST = Integer.MAX_VALUE * A_SECOND;

  private Micros() {}

  /** Since the epoch. */
  static long of(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** Whole seconds, the rest cut off. */
  static long seconds(long micros) {
    return micros / A_SECOND;
  }

  /** Half of one and more counts as one. */
  static long millis(long micros) {
    return (micros + 500) / 1_000;
  }

  /**
   * A sum of lengths, and one more: less than nothing counts as nothing. It is cut, lest a session
   * that nobody can have played, of a clock that runs to and fro, be refused for ever.
   */
  static long plus(long sum, long length) {
    return Math.min(sum + Math.max(length, 0), MOST);
  }
}
