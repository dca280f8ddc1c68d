package org.smileadventure.common.statistic;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * How far the values of two phases overlap, both sorted and more being better. What it counts takes
 * n log n steps.
 */
final class Overlap {
  private static final double ROOT_ACCURACY = 1e-12;

  private final double[] a;
  private final double[] b;
  private final double better;
  private final double tied;

  private Overlap(double[] a, double[] b, double better, double tied) {
    this.a = a;
    this.b = b;
    this.better = better;
    this.tied = tied;
  }

  static Overlap of(double[] phaseA, double[] phaseB) {
    var a = sorted(phaseA);
    var b = sorted(phaseB);
    var better = 0.0;
    var tied = 0.0;
    for (var value : b) {
      better += below(a, value);
      tied += upTo(a, value) - below(a, value);
    }
    return new Overlap(a, b, better, tied);
  }

  /** Pairs of which the second is better, less those of which it is worse. */
  double s() {
    return 2 * better + tied - pairs();
  }

  double pairs() {
    return (double) a.length * b.length;
  }

  double nap() {
    return (better + tied / 2) / pairs();
  }

  /** The unbiased variance after Sen (1967), Mee (1990). */
  double napVariance() {
    double m = a.length;
    double n = b.length;
    var nap = nap();
    var q1 = 0.0;
    for (var value : a) {
      var overlap = n - (below(b, value) + upTo(b, value)) / 2.0;
      q1 += overlap * overlap / (m * n * n);
    }
    var q2 = 0.0;
    for (var value : b) {
      var overlap = (below(a, value) + upTo(a, value)) / 2.0;
      q2 += overlap * overlap / (m * m * n);
    }
    var q3 = (better + tied / 4) / pairs();
    var variance = (nap - (m + n - 1) * nap * nap + n * q1 + m * q2 - 2 * q3) / ((m - 1) * (n - 1));
    return Math.max(0, variance);
  }

  /**
   * Newcombe's (2006) fifth method: the NAP that would be so many standard errors below the one
   * that was seen.
   */
  double napLow(double quantile) {
    return lowerBound(nap(), quantile);
  }

  double napHigh(double quantile) {
    return 1 - lowerBound(1 - nap(), quantile);
  }

  private double lowerBound(double nap, double quantile) {
    if (nap <= 0) {
      return 0;
    }
    var h = (a.length + b.length) / 2.0 - 1;
    // where all pairs are better, both sides are divided by 1 − x, of which 1 would be the root
    var whole = nap >= 1;
    return new BrentSolver(ROOT_ACCURACY, ROOT_ACCURACY, ROOT_ACCURACY)
        .findRoot(
            x ->
                pairs() * (whole ? 1 - x : (nap - x) * (nap - x)) * (2 - x) * (1 + x)
                    - quantile
                        * quantile
                        * x
                        * (whole ? 1 : 1 - x)
                        * (2 + h + (1 + 2 * h) * x * (1 - x)),
            0,
            nap);
  }

  /** Kendall's tau-b between the phase and the value; 0 if all values are the same. */
  double tauB() {
    var n = a.length + b.length;
    var untied = (double) n * (n - 1) / 2 - Ties.of(DoubleStream.concat(of(a), of(b)).toArray());
    return untied > 0 ? s() / Math.sqrt(pairs() * untied) : 0;
  }

  /** Share of the second phase that is better than all of the first. */
  double pnd() {
    return (b.length - upTo(b, a[a.length - 1])) / (double) b.length;
  }

  /** The robust improvement rate difference after Parker, Vannest and Brown (2009). */
  double ird() {
    double m = a.length;
    double n = b.length;
    var kept = m;
    for (var threshold : b) {
      kept = Math.max(kept, below(a, threshold) + n - below(b, threshold));
    }
    return ((m + n) * kept - m * m - n * n) / (2 * m * n);
  }

  private static DoubleStream of(double[] values) {
    return Arrays.stream(values);
  }

  static double[] sorted(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static int below(double[] sorted, double value) {
    var low = 0;
    var high = sorted.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int upTo(double[] sorted, double value) {
    return below(sorted, Math.nextUp(value));
  }
}
