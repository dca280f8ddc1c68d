package org.smileadventure.benchmarks.bed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures that a measurement ends with, and the bars that were set for them. */
public final class Bars {
  private final StringBuilder line = new StringBuilder("RESULT");
  private final List<String> missed = new ArrayList<>();

  /** A figure without a bar, with so many decimals. */
  public Bars figure(String name, double value, int decimals) {
    line.append(
        String.format(Locale.ROOT, " %s=%.{d}f".replace("{d}", "" + decimals), name, value));
    return this;
  }

  /** A figure that has to be as large at least. */
  public Bars atLeast(String name, double value, double bar) {
    return barred(name, value, value >= bar, "<", bar);
  }

  /** A figure that has to be as small at least. */
  public Bars atMost(String name, double value, double bar) {
    return barred(name, value, value <= bar, ">", bar);
  }

  private Bars barred(String name, double value, boolean held, String sign, double bar) {
    if (!held) {
      missed.add("%s %.2f %s %.2f".formatted(name, value, sign, bar));
    }
    return figure(name, value, 2);
  }

  /** Prints the line of figures, and after it what was missed. */
  public void tell() {
    System.out.println();
    System.out.println(line);
    missed.forEach(bar -> System.out.println("bar missed: " + bar));
  }
}
