package org.smileadventure.common.statistic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.TDistribution;

/** Quantiles of Student's t. They are searched for, and most callers ask for the same few. */
public final class Quantiles {
  /** Of a 95 % interval. */
  public static final double UPPER_TAIL = 0.975;

  /** Of an 80 % interval. */
  public static final double LIKELY_UPPER_TAIL = 0.9;

  /** The same of the normal distribution. */
  static final double NORMAL = 1.959963984540054;

  static final double LIKELY_NORMAL = 1.2815515655446004;

  private static final Map<Asked, Double> KNOWN = new ConcurrentHashMap<>();
  private static final int KEPT = 10_000;

  private record Asked(double degreesOfFreedom, double probability) {}

  private Quantiles() {}

  /**
   * The value below which Student's t is with such a probability.
   *
   * @param degreesOfFreedom above 0, not necessarily whole
   */
  public static double student(double degreesOfFreedom, double probability) {
    var asked = new Asked(degreesOfFreedom, probability);
    var known = KNOWN.get(asked);
    if (known != null) {
      return known;
    }
    var quantile = TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
    if (KNOWN.size() < KEPT) {
      KNOWN.put(asked, quantile);
    }
    return quantile;
  }
}
