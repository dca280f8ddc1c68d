package org.smileadventure.batch.population;

import org.apache.commons.statistics.distribution.TDistribution;

/** The 95 % confidence interval of a mean, after Student. */
final class EffectInterval {
  private static final double UPPER = 0.975;

  /** How far it reaches to either side of the mean of n ≥ 2 values. */
  double half(long n, double standardDeviation) {
    return TDistribution.of(n - 1).inverseCumulativeProbability(UPPER)
        * standardDeviation
        / Math.sqrt(n);
  }
}
