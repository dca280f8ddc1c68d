package org.smileadventure.common.statistic;

import org.apache.commons.numbers.arrays.Selection;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Whether values rise or fall with time, and how fast, by ranks: Kendall's S with Mann's test, and
 * the slope of Theil and Sen.
 *
 * <p>Both look at all pairs. Of more than {@value #MOST} values every second, third, … is taken,
 * from the first, so that no more are left.
 */
final class MonotoneTrend {
  static final int MOST = 1000;

  private final double[] x;
  private final double[] y;

  private MonotoneTrend(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  static MonotoneTrend of(double[] x, double[] y) {
    return new MonotoneTrend(thinned(x), thinned(y));
  }

  private static double[] thinned(double[] values) {
    var step = (values.length + MOST - 1) / MOST;
    if (step <= 1) {
      return values;
    }
    var thinned = new double[(values.length + step - 1) / step];
    for (var i = 0; i < thinned.length; i++) {
      thinned[i] = values[i * step];
    }
    return thinned;
  }

  /** The median of the slopes between all pairs of different times; null if there is none. */
  @Nullable Double slope() {
    var slopes = new double[x.length * (x.length - 1) / 2];
    var n = 0;
    for (var i = 0; i < x.length; i++) {
      for (var j = 0; j < i; j++) {
        if (x[i] != x[j]) {
          slopes[n++] = (y[i] - y[j]) / (x[i] - x[j]);
        }
      }
    }
    return n == 0 ? null : median(slopes, n);
  }

  /** Both sides, with the correction for continuity and ties; 1 if there is no trend to see. */
  double p() {
    var s = 0.0;
    for (var i = 0; i < x.length; i++) {
      for (var j = 0; j < i; j++) {
        s += Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]);
      }
    }
    var variance = variance();
    return s == 0 || !(variance > 0)
        ? 1
        : Math.min(
            1,
            2
                * NormalDistribution.of(0, 1)
                    .survivalProbability((Math.abs(s) - 1) / Math.sqrt(variance)));
  }

  /** Of S, if there is no trend (Kendall 1970, with ties in both). */
  private double variance() {
    double n = x.length;
    var v0 = n * (n - 1) * (2 * n + 5);
    var tied = new double[2];
    var cubes = new double[2];
    for (var side = 0; side < 2; side++) {
      for (var t : Ties.sizes(side == 0 ? x : y)) {
        v0 -= t * (t - 1) * (2 * t + 5);
        tied[side] += t * (t - 1);
        cubes[side] += t * (t - 1) * (t - 2);
      }
    }
    return v0 / 18
        + tied[0] * tied[1] / (2 * n * (n - 1))
        + (n > 2 ? cubes[0] * cubes[1] / (9 * n * (n - 1) * (n - 2)) : 0);
  }

  /** The median of the first n, whose order is lost. */
  static double median(double[] values, int n) {
    var middle = n / 2;
    Selection.select(values, 0, n, middle);
    if (n % 2 == 1) {
      return values[middle];
    }
    Selection.select(values, 0, middle, middle - 1);
    return (values[middle - 1] + values[middle]) / 2;
  }
}
