package org.smileadventure.demo.fleet;

import java.time.Duration;

/**
 * How long a kind of request went unanswered for all clients at once, and for one that tried again
 * and again. Safe for use by several threads.
 */
final class Availability {
  private long lastSuccess;
  private long successes;
  private Duration longestForAll = Duration.ZERO;
  private Duration longestForOne = Duration.ZERO;

  /**
   * A request was answered.
   *
   * @param begun when it was first tried, by {@link System#nanoTime}
   */
  synchronized void succeeded(long begun) {
    var now = System.nanoTime();
    if (successes > 0) {
      longestForAll = longer(longestForAll, Duration.ofNanos(now - lastSuccess));
    }
    longestForOne = longer(longestForOne, Duration.ofNanos(now - begun));
    lastSuccess = now;
    successes++;
  }

  synchronized long successes() {
    return successes;
  }

  synchronized Duration longestForAll() {
    return longestForAll;
  }

  synchronized Duration longestForOne() {
    return longestForOne;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
