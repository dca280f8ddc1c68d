package org.smileadventure.ingest;

import java.time.Duration;

/** By when somebody who waits for an answer is to have it, however many questions it takes. */
public record Deadline(long nanoTime) {
  /** With less no question to Kafka can be answered. */
  private static final Duration LEAST = Duration.ofMillis(500);

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean isOver() {
    return System.nanoTime() - nanoTime >= 0;
  }

  /** For how long the next question may wait: half a second at least. */
  public Duration left() {
    var left = Duration.ofNanos(nanoTime - System.nanoTime());
    return left.compareTo(LEAST) > 0 ? left : LEAST;
  }
}
