package org.smileadventure.benchmarks.bed;

import java.time.Duration;

/** Says which part of a measurement begins, and how long after the first. */
public final class Clock {
  private final long began = System.nanoTime();

  public void phase(String what) {
    System.out.printf("[%3.0f s] %s%n", seconds(began), what);
  }

  /** Since a moment of {@link System#nanoTime}. */
  public static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** How long it takes. */
  public static double seconds(Runnable work) {
    var begin = System.nanoTime();
    work.run();
    return seconds(begin);
  }

  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }
}
