package org.smileadventure.common.statistic;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A share of few cases, drawn towards the share of all of them: the mean of a beta distribution,
 * and its 95 % interval. Before the cases, its mean is the base (with half a case added on either
 * side, so that no base is 0 or 1), and it weighs as much as {@value #WEIGHT} cases.
 */
public record ShrunkShare(double share, double low, double high) {
  static final double WEIGHT = 5;
  private static final double TAIL = 0.025;

  public static ShrunkShare of(long successes, long n, long baseSuccesses, long baseN) {
    if (successes < 0 || successes > n || baseSuccesses < 0 || baseSuccesses > baseN) {
      throw new IllegalArgumentException(
          "no shares: %d of %d, %d of %d".formatted(successes, n, baseSuccesses, baseN));
    }
    var base = (baseSuccesses + 0.5) / (baseN + 1.0);
    var beta =
        BetaDistribution.of(WEIGHT * base + successes, WEIGHT * (1 - base) + (n - successes));
    return new ShrunkShare(
        beta.getMean(),
        beta.inverseCumulativeProbability(TAIL),
        beta.inverseSurvivalProbability(TAIL));
  }
}
