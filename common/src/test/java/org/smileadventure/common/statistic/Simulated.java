package org.smileadventure.common.statistic;

import java.util.Random;

/** Children whose values resemble the one before, with days on which they do not play. */
final class Simulated {
  private static final double DAY_MISSED = 0.4;

  private final Random random;

  Simulated(long seed) {
    random = new Random(seed);
  }

  @SuppressWarnings("ArrayRecordComponent") // children are not compared
  record Child(double[] times, double[] values) {}

  /** Values with a deviation of 1 around a line, each correlated with the one before by rho. */
  Child next(int n, double rho, double slope) {
    var times = new double[n];
    var values = new double[n];
    var noise = random.nextGaussian();
    for (var i = 0; i < n; i++) {
      if (i > 0) {
        times[i] = times[i - 1] + 1;
        while (random.nextDouble() < DAY_MISSED) {
          times[i]++;
        }
        noise = rho * noise + Math.sqrt(1 - rho * rho) * random.nextGaussian();
      }
      values[i] = noise + slope * times[i];
    }
    return new Child(times, values);
  }
}
