package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;

/**
 * What helps the child to calm down.
 *
 * @param recoveryWithoutAny seconds, of the sessions in which no strategy was used
 */
public record Strategies(Mean recoveryWithoutAny, List<Item> items) {
  private static final int LEAST_N = 3;

  /**
   * One strategy.
   *
   * @param n how often it was used
   * @param effectiveness mean, from 1 to 5
   * @param childInitiated percentage of uses that the child began
   * @param recoveryWith seconds, of the sessions in which it was used
   */
  public record Item(
      String strategy,
      long n,
      @Nullable Double effectiveness,
      @Nullable Double childInitiated,
      Mean recoveryWith,
      @JsonUnwrapped @Nullable Lack lack) {

    private static Item of(WindowMoments.Strategy strategy) {
      var n = strategy.uses();
      var enough = n >= LEAST_N;
      return new Item(
          strategy.strategy(),
          n,
          enough ? Sample.quotient(BigDecimal.valueOf(strategy.effectivenessSum()), n) : null,
          enough ? Share.percentage(strategy.childInitiated(), n) : null,
          Mean.of(strategy.recoveries(), strategy.recoverySeconds(), LEAST_N),
          enough ? null : Lack.ofCases(LEAST_N));
    }

    double effectivenessOrNone() {
      return effectiveness == null ? 0 : effectiveness;
    }
  }

  static Strategies of(WindowMoments moments) {
    return new Strategies(
        Mean.of(moments.unaidedRecoveries(), moments.unaidedRecoverySeconds(), LEAST_N),
        moments.strategies().stream()
            .map(Item::of)
            .sorted(Comparator.comparing(Item::strategy, CodePoints.ORDER))
            .toList());
  }
}
