package org.smileadventure.common.metric;

import org.smileadventure.common.statistic.Quantiles;

/** How wide intervals are: those that are told, at 95 %, and what is likely, at 80 %. */
public final class Confidence {
  private static final double UPPER_TAIL = 0.975;
  private static final double LIKELY_UPPER_TAIL = 0.9;

  private Confidence() {}

  /**
   * How many standard errors an interval reaches to either side: the 0.975 quantile of Student's t.
   *
   * @param degreesOfFreedom above 0, not necessarily whole
   */
  public static double standardErrors(double degreesOfFreedom) {
    return Quantiles.student(degreesOfFreedom, UPPER_TAIL);
  }

  /** The same of an interval at 80 %. */
  static double likelyStandardErrors(double degreesOfFreedom) {
    return Quantiles.student(degreesOfFreedom, LIKELY_UPPER_TAIL);
  }
}
