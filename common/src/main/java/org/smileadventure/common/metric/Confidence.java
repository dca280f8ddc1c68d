package org.smileadventure.common.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.TDistribution;

/** The level of all intervals, 95 %, and how wide that makes them. */
public final class Confidence {
  private static final double UPPER_TAIL = 0.975;

  /** The inverse is searched for; most windows ask for the same few. */
  private static final Map<Double, Double> QUANTILES = new ConcurrentHashMap<>();

  private static final int QUANTILES_KEPT = 10_000;

  private Confidence() {}

  /**
   * How many standard errors an interval reaches to either side: the 0.975 quantile of Student's t.
   *
   * @param degreesOfFreedom above 0, not necessarily whole
   */
  public static double standardErrors(double degreesOfFreedom) {
    var known = QUANTILES.get(degreesOfFreedom);
    if (known != null) {
      return known;
    }
    var quantile = TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(UPPER_TAIL);
    if (QUANTILES.size() < QUANTILES_KEPT) {
      QUANTILES.put(degreesOfFreedom, quantile);
    }
    return quantile;
  }
}
