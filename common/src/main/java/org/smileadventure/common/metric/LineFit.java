package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The line through points that comes closest to them (least squares of y), from sums over the
 * points. The sums are exact, and so is what is subtracted from each other: no digit is lost,
 * however far from zero the points lie.
 */
public final class LineFit {
  private final long n;
  private final double slope;
  private final double meanX;
  private final double meanY;

  /** Σ(x − x̄)² */
  private final double spreadX;

  /** Σ(y − ŷ)² */
  private final double unexplained;

  private LineFit(
      long n, double slope, double meanX, double meanY, double spreadX, double unexplained) {
    this.n = n;
    this.slope = slope;
    this.meanX = meanX;
    this.meanY = meanY;
    this.spreadX = spreadX;
    this.unexplained = unexplained;
  }

  /**
   * The fit of n ≥ 3 points.
   *
   * @throws IllegalArgumentException if they are fewer or all have the same x
   */
  public static LineFit of(
      long n, BigDecimal x, BigDecimal xx, BigDecimal y, BigDecimal yy, BigDecimal xy) {
    var count = BigDecimal.valueOf(n);
    var sxx = count.multiply(xx).subtract(x.multiply(x));
    if (n < 3 || sxx.signum() <= 0) {
      throw new IllegalArgumentException("no line through " + n + " points, n·Sxx = " + sxx);
    }
    var sxy = count.multiply(xy).subtract(x.multiply(y));
    var syy = count.multiply(yy).subtract(y.multiply(y));
    var unexplained =
        syy.multiply(sxx)
            .subtract(sxy.multiply(sxy))
            .divide(sxx.multiply(count), MathContext.DECIMAL128)
            .doubleValue();
    return new LineFit(
        n,
        sxy.divide(sxx, MathContext.DECIMAL128).doubleValue(),
        Sample.quotient(x, n),
        Sample.quotient(y, n),
        Sample.quotient(sxx, n),
        unexplained);
  }

  public double slope() {
    return slope;
  }

  public double intercept() {
    return meanY - slope * meanX;
  }

  /** The standard error of the slope. */
  public double standardError() {
    return residualDeviation() / Math.sqrt(spreadX);
  }

  /** The standard deviation of the points from the line, with n − 2 degrees of freedom. */
  public double residualDeviation() {
    return Math.sqrt(unexplained / (n - 2));
  }

  public double at(double x) {
    return meanY + slope * (x - meanX);
  }

  /** The error of the line at x is this often that of the slope, both squared. */
  double distance(double x) {
    return spreadX / n + (x - meanX) * (x - meanX);
  }

  double slopeMargin() {
    return Confidence.standardErrors((double) n - 2) * standardError();
  }
}
