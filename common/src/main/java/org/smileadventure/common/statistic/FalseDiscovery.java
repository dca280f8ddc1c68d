package org.smileadventure.common.statistic;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Many things looked at, and how many of those that stand out may do so by chance. */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * p-values adjusted after Benjamini and Hochberg (1995), in the given order: of those up to q, at
   * most a share of q is expected to be chance.
   */
  public static double[] adjusted(double[] p) {
    var falling =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .toList();
    var adjusted = new double[p.length];
    var least = 1.0;
    var rank = p.length;
    for (var i : falling) {
      least = Math.min(least, p[i] * p.length / rank--);
      adjusted[i] = least;
    }
    return adjusted;
  }
}
