package org.smileadventure.common.metric;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.smileadventure.common.statistic.FalseDiscovery;

/**
 * All that was looked at together. Of many looks one shows something by luck, so each is judged by
 * what is left of it when the others are thought of.
 */
final class Looks {
  private final Map<Double, Double> adjusted = new HashMap<>();
  private final int n;

  /**
   * @param p of each look: how likely it shows as much by chance
   */
  Looks(double[] p) {
    var left = FalseDiscovery.adjusted(p);
    for (int i = 0; i < p.length; i++) {
      adjusted.put(p[i], left[i]);
    }
    n = p.length;
  }

  /**
   * At what may upset a child, and at what may calm it.
   *
   * @param triggers the p of each
   */
  static Looks at(Collection<Double> triggers, List<Calming> strategies) {
    return new Looks(
        DoubleStream.concat(
                triggers.stream().mapToDouble(Double::doubleValue),
                strategies.stream().flatMapToDouble(Calming::looks))
            .toArray());
  }

  int n() {
    return n;
  }

  /** What is left of one of them: with equal p, the same. */
  double adjusted(double p) {
    var left = adjusted.get(p);
    if (left == null) {
      throw new IllegalArgumentException("nothing was looked at with a p of " + p);
    }
    return left;
  }
}
