package org.smileadventure.common.metric;

import org.smileadventure.common.statistic.RobustLine;

/**
 * The line of a series against days. Where it lies is exact. How sure that is holds too where a
 * session resembles the one before it, and what is told of the line as a whole is as sure as its
 * slope.
 */
record TrendLine(LineFit fit, RobustLine robust) {

  double slope() {
    return fit.slope();
  }

  double at(double x) {
    return fit.at(x);
  }

  double standardError() {
    return robust.standardError();
  }

  double slopeMargin() {
    return robust.margin();
  }

  /** At 80 %. */
  double likelySlopeMargin() {
    return robust.likelyMargin();
  }

  /** How far the line itself may lie from where it is at x, to either side. */
  double meanMargin(double x) {
    return slopeMargin() * Math.sqrt(fit.distance(x));
  }

  /** How far one more value at x may lie from the line, to either side. */
  double predictionMargin(double x) {
    return robust.standardError() == 0
        ? 0
        : Math.hypot(
            meanMargin(x), slopeMargin() / robust.standardError() * fit.residualDeviation());
  }
}
