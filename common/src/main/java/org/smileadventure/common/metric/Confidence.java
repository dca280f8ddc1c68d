package org.smileadventure.common.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.TDistribution;

/** How wide intervals are: those that are told, at 95 %, and what is likely, at 80 %. */
public final class Confidence {
  private static final double UPPER_TAIL = 0.975;
  private static final double LIKELY_UPPER_TAIL = 0.9;

  /** The inverse is searched for; most windows ask for the same few. */
  private static final Map<Quantile, Double> QUANTILES = new ConcurrentHashMap<>();

  private static final int QUANTILES_KEPT = 10_000;

  private record Quantile(double degreesOfFreedom, double of) {}

  private Confidence() {}

  /**
   * How many standard errors an interval reaches to either side: the 0.975 quantile of Student's t.
   *
   * @param degreesOfFreedom above 0, not necessarily whole
   */
  public static double standardErrors(double degreesOfFreedom) {
    return of(new Quantile(degreesOfFreedom, UPPER_TAIL));
  }

  /** The same of an interval at 80 %. */
  static double likelyStandardErrors(double degreesOfFreedom) {
    return of(new Quantile(degreesOfFreedom, LIKELY_UPPER_TAIL));
  }

  private static double of(Quantile asked) {
    var known = QUANTILES.get(asked);
    if (known != null) {
      return known;
    }
    var quantile =
        TDistribution.of(asked.degreesOfFreedom()).inverseCumulativeProbability(asked.of());
    if (QUANTILES.size() < QUANTILES_KEPT) {
      QUANTILES.put(asked, quantile);
    }
    return quantile;
  }
}
