package org.smileadventure.common.statistic;

import java.util.List;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * The exact test of two shares that are compared within strata, given what there is of each in
 * every stratum (Gart, Biometrika 57, 1970; R: {@code mantelhaen.test(exact = TRUE)}). With one
 * stratum it is Fisher's, as R does it, where tables that are equally likely but for rounding are
 * so.
 */
public final class StratifiedTest {
  /** As in R: what is as likely but for rounding counts as as likely. */
  private static final double AS_LIKELY = 1 + 1e-7;

  private StratifiedTest() {}

  /**
   * A stratum: how many there are on each side, and how many of them are successes.
   *
   * @param successes of n
   * @param otherSuccesses of m
   */
  public record Stratum(int successes, int n, int otherSuccesses, int m) {
    /** Whether it could have come otherwise. */
    public boolean tells() {
      return least() < most();
    }

    int all() {
      return successes + otherSuccesses;
    }

    int least() {
      return Math.max(0, all() - m);
    }

    int most() {
      return Math.min(n, all());
    }

    /** Of each number of successes on the first side that there can be, from the least on. */
    double[] probabilities() {
      var probabilities = new double[most() - least() + 1];
      var distribution = HypergeometricDistribution.of(n + m, all(), n);
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = distribution.probability(least() + i);
      }
      return probabilities;
    }
  }

  /** The two-sided p, from above 0 to 1; 1 where nothing else than what was seen can be. */
  public static double exact(List<Stratum> strata) {
    var probabilities = new double[] {1};
    var seen = 0;
    for (var stratum : strata) {
      probabilities = sums(probabilities, stratum.probabilities());
      seen += stratum.successes() - stratum.least();
    }
    var limit = probabilities[seen] * AS_LIKELY;
    var p = 0.0;
    for (var probability : probabilities) {
      if (probability <= limit) {
        p += probability;
      }
    }
    return Math.min(p, 1);
  }

  /** How likely each sum is of two numbers, of which it is known how likely each is. */
  private static double[] sums(double[] one, double[] other) {
    var sums = new double[one.length + other.length - 1];
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < other.length; j++) {
        sums[i + j] += one[i] * other[j];
      }
    }
    return sums;
  }
}
