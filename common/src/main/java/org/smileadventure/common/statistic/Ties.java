package org.smileadventure.common.statistic;

/** Values that are the same. */
final class Ties {
  private Ties() {}

  /** How many pairs are tied. */
  static double of(double[] values) {
    var pairs = 0.0;
    for (var size : sizes(values)) {
      pairs += size * (size - 1) / 2;
    }
    return pairs;
  }

  /** How often each value is there, in order of the values. */
  static double[] sizes(double[] values) {
    var sorted = Overlap.sorted(values);
    var sizes = new double[sorted.length];
    var groups = 0;
    for (var i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i] != sorted[i - 1]) {
        groups++;
      }
      sizes[groups]++;
    }
    return sizes;
  }
}
