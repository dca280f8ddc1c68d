package org.smileadventure.common.statistic;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tau between two phases without the trend that was there in the first.
 *
 * <p>Tarlow's variance of tau is 2 ÷ n × (1 − tau²). Here |tau| is at most 1 − 1 ÷ (n(A) n(B)), so
 * that no child is without doubt. It is three times the variance of independent values, and so
 * holds while an autocorrelation makes that no more than threefold; beyond, it grows with {@link
 * RobustLine#inflation} ÷ 3 of both phases.
 *
 * <p>The trend is not known either, and a trend that was not found may be there nevertheless. So
 * the interval reaches as far as any tau that the trend and the values together allow: the least of
 * tau − √(z² − k²) × error(tau) over all k within ± z, where tau is what is left after the
 * least-squares slope of A, k errors ({@link RobustLine#margin} ÷ 1.96) steeper; and the greatest
 * likewise. z is 1.96 at 95 %, 1.28 at 80 %. The standard error is the half of the former ÷ 1.96.
 *
 * <p>Where all of A is at one time, no trend can be known, and none is allowed for.
 */
final class Detrended {
  private static final int STEPS = 6;
  private static final double INDEPENDENT_IN_TARLOW = 3;

  /** What is left is rounded to this part of what it is the difference of. */
  private static final double SAME = 1e-9;

  private final double[] timesA;
  private final double[] a;
  private final double[] timesB;
  private final double[] b;

  /** Of A; null if it is at one time. */
  private final @Nullable RobustLine trend;

  private final double inflation;

  private Detrended(
      double[] timesA,
      double[] a,
      double[] timesB,
      double[] b,
      @Nullable RobustLine trend,
      double inflation) {
    this.timesA = timesA;
    this.a = a;
    this.timesB = timesB;
    this.b = b;
    this.trend = trend;
    this.inflation = inflation;
  }

  static Detrended of(double[] timesA, double[] a, double[] timesB, double[] b) {
    var phases = IntStream.range(0, a.length + b.length).map(i -> i < a.length ? 0 : 1).toArray();
    var inflation =
        RobustLine.within(joined(timesA, timesB), joined(a, b), phases)
            .map(line -> Math.max(1, line.inflation() / INDEPENDENT_IN_TARLOW))
            .orElse(1.0);
    var first = timesA[0];
    var trend =
        Arrays.stream(timesA).allMatch(time -> time == first) ? null : RobustLine.of(timesA, a);
    return new Detrended(timesA, a, timesB, b, trend, inflation);
  }

  private static double[] joined(double[] first, double[] second) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /** Of tau without so much change per unit of time. */
  Estimate estimate(double slope) {
    var tau = tau(slope);
    var sure = reach(tau, Quantiles.NORMAL);
    var likely = reach(tau, Quantiles.LIKELY_NORMAL);
    return new Estimate(
        tau,
        (sure.high - sure.low) / 2 / Quantiles.NORMAL,
        Math.max(-1, sure.low),
        Math.min(1, sure.high),
        Math.max(-1, likely.low),
        Math.min(1, likely.high));
  }

  private record Reach(double low, double high) {
    Reach and(double value, double margin) {
      return new Reach(Math.min(low, value - margin), Math.max(high, value + margin));
    }
  }

  private Reach reach(double tau, double z) {
    var reach = new Reach(tau, tau).and(tau, z * error(tau));
    if (trend == null) {
      return reach;
    }
    for (var step = -STEPS; step <= STEPS; step++) {
      var k = z * step / STEPS;
      var other = tau(trend.slope() + k * trend.margin() / Quantiles.NORMAL);
      reach = reach.and(other, Math.sqrt(z * z - k * k) * error(other));
    }
    return reach;
  }

  private double error(double tau) {
    var most = 1 - 1.0 / ((double) a.length * b.length);
    var bounded = Math.clamp(tau, -most, most);
    return Math.sqrt(2.0 / (a.length + b.length) * inflation * (1 - bounded * bounded));
  }

  private double tau(double slope) {
    var scale = Math.max(scale(timesA, a, slope), scale(timesB, b, slope));
    return scale == 0
        ? 0
        : Overlap.of(left(timesA, a, slope, scale), left(timesB, b, slope, scale)).tauB();
  }

  /** The greatest of the numbers that are subtracted from each other. */
  private double scale(double[] times, double[] values, double slope) {
    var greatest = 0.0;
    for (var i = 0; i < values.length; i++) {
      greatest = Math.max(greatest, Math.abs(values[i] - a[0]));
      greatest = Math.max(greatest, Math.abs(slope * (times[i] - timesA[0])));
    }
    return greatest;
  }

  private double[] left(double[] times, double[] values, double slope, double scale) {
    var left = new double[values.length];
    for (var i = 0; i < values.length; i++) {
      var residual = values[i] - a[0] - slope * (times[i] - timesA[0]);
      left[i] = Math.rint(residual / scale / SAME);
    }
    return left;
  }
}
