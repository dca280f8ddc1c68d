package org.smileadventure.benchmarks.bed;

import java.util.Comparator;
import java.util.List;

/**
 * What a contender did, and the processor time that it and the servers used for it.
 *
 * @param units of work: events, sessions, children, answers
 */
public record Measured(String contender, long units, double seconds, ProcessorTime used) {

  /** The same work, counted in other units. */
  public Measured per(long otherUnits) {
    return new Measured(contender, otherUnits, seconds, used);
  }

  public double perSecond() {
    return units / seconds;
  }

  /** Of processor time, the servers' included. */
  public double microsPerUnit() {
    return used.sum() / units * 1e6;
  }

  /** The one of the middle, by its time. */
  public static Measured median(List<Measured> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Measured::seconds))
        .skip((rounds.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Prints them, one a line. */
  public static void tell(String unit, List<Measured> rows) {
    System.out.printf(
        "%n  %-40s %11s %9s %11s   processor seconds of %13s%n", "", "", "", "", "all, in");
    System.out.printf(
        "  %-40s %11s %9s %11s %8s %8s %7s %7s %12s%n",
        "", unit, "seconds", "a second", "itself", "postgres", "kafka", "redis", "µs each");
    for (var row : rows) {
      System.out.printf(
          "  %-40s %,11d %9.2f %,11.0f %8.1f %8.1f %7.1f %7.1f %12.1f%n",
          row.contender,
          row.units,
          row.seconds,
          row.perSecond(),
          row.used.contender(),
          row.used.postgres(),
          row.used.kafka(),
          row.used.redis(),
          row.microsPerUnit());
    }
  }
}
