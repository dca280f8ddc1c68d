package org.smileadventure.common.metric;

import org.smileadventure.common.statistic.Quantiles;

/** How wide intervals are: those that are told, at 95 %, and what is likely, at 80 %. */
public final class Confidence {
  private Confidence() {}

  /**
   * How many standard errors an interval reaches to either side: the 0.975 quantile of Student's t.
   *
   * @param degreesOfFreedom above 0, not necessarily whole
   */
  public static double standardErrors(double degreesOfFreedom) {
    return Quantiles.student(degreesOfFreedom, Quantiles.UPPER_TAIL);
  }

  /** The same of an interval at 80 %. */
  static double likelyStandardErrors(double degreesOfFreedom) {
    return Quantiles.student(degreesOfFreedom, Quantiles.LIKELY_UPPER_TAIL);
  }
}
