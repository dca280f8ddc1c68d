package org.smileadventure.benchmarks.seed;

import java.util.List;
import java.util.Locale;

/**
 * What was claimed of a measure, and how it was before and after it. It is held if the lower end of
 * what was claimed is reached.
 *
 * @param unit of what was claimed: percent less, or times as many
 */
record Claim(String what, double low, double high, Unit unit, double before, double after) {
  enum Unit {
    PERCENT_LESS,
    TIMES
  }

  /** Milliseconds that were to become fewer. */
  static Claim less(String what, double low, double high, double before, double after) {
    return told(new Claim(what, low, high, Unit.PERCENT_LESS, before, after));
  }

  /** A number that was to become larger. */
  static Claim times(String what, double low, double high, double before, double after) {
    return told(new Claim(what, low, high, Unit.TIMES, before, after));
  }

  private static Claim told(Claim claim) {
    System.out.printf("  %s: %s%n", claim.what, claim.finding());
    return claim;
  }

  private double measured() {
    return unit == Unit.TIMES ? after / before : 100 * (1 - after / before);
  }

  boolean isHeld() {
    return measured() >= low;
  }

  private String finding() {
    return unit == Unit.TIMES
        ? String.format(Locale.ROOT, "%,.0f → %,.0f: %.1f times", before, after, measured())
        : String.format(Locale.ROOT, "%,.1f → %,.1f ms: %.1f %% less", before, after, measured());
  }

  private String claimed() {
    return "%.0f–%.0f %s".formatted(low, high, unit == Unit.TIMES ? "times" : "% less");
  }

  private String verdict() {
    return isHeld() ? "held" : "NOT held";
  }

  /** Prints claims side by side: the same ones on two links to the database. */
  static void tell(List<Claim> loopback, List<Claim> network) {
    System.out.printf(
        "%n  %-52s %-13s %-44s %s%n", "", "claimed", "database on loopback", "a network away");
    for (int i = 0; i < loopback.size(); i++) {
      var near = loopback.get(i);
      var far = network.get(i);
      System.out.printf(
          "  %-52s %-13s %-34s %-9s %-34s %s%n",
          near.what, near.claimed(), near.finding(), near.verdict(), far.finding(), far.verdict());
    }
  }

  static int held(List<Claim> claims) {
    return (int) claims.stream().filter(Claim::isHeld).count();
  }
}
