package org.smileadventure.demo;

import java.io.PrintStream;
import java.time.Duration;

/** What the demo is at, on the terminal. */
final class Progress {
  private final PrintStream out;
  private final int phases;
  private int phase;
  private long began;

  Progress(PrintStream out, int phases) {
    this.out = out;
    this.phases = phases;
  }

  void phase(String what) {
    phase++;
    began = System.nanoTime();
    out.printf("[%d/%d] %s%n", phase, phases, what);
  }

  void line(String text) {
    out.println("      " + text);
  }

  /** A count of the phase so far, with its rate. */
  void count(String what, long count) {
    line("%s: %,d (%,.0f/s)".formatted(what, count, count / Math.max(0.001, seconds())));
  }

  double seconds() {
    return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
  }
}
