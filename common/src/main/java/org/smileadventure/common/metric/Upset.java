package org.smileadventure.common.metric;

import java.util.Comparator;
import java.util.Optional;
import org.smileadventure.common.fold.WindowMoments;

/**
 * The trigger that distress follows most often.
 *
 * @param n observations with it
 * @param lift how many times as often as after all observations
 * @param certainty of the difference between the share of moves into distress with this trigger and
 *     the share without it; a lift below 2 does not matter
 */
public record Upset(
    String trigger, long n, long movesIntoDistress, double lift, Certainty certainty) {
  private static final double LEAST_LIFT = 2;

  /** Quantiles of the normal distribution: 0.975 and 0.9. */
  private static final double Z = 1.959963984540054;

  private static final double LIKELY_Z = 1.2815515655446004;

  /** Empty if none was seen three times, or distress never began. */
  public static Optional<Upset> of(WindowMoments moments) {
    return Triggers.of(moments).items().stream()
        .filter(trigger -> trigger.lift() != null)
        .min(
            Comparator.comparingDouble(Triggers.Item::liftOrNone)
                .reversed()
                .thenComparing(Triggers.Item::trigger, CodePoints.ORDER))
        .map(
            trigger ->
                new Upset(
                    trigger.trigger(),
                    trigger.n(),
                    trigger.movesIntoDistress(),
                    trigger.liftOrNone(),
                    certainty(trigger, moments)));
  }

  private static Certainty certainty(Triggers.Item trigger, WindowMoments moments) {
    var with = new Part(trigger.movesIntoDistress(), trigger.n());
    var without =
        new Part(
            moments.intoDistress() - trigger.movesIntoDistress(),
            moments.observations() - trigger.n());
    if (without.of() == 0) {
      return Certainty.TOO_EARLY;
    }
    return Certainty.of(
        difference(with, without, Z),
        difference(with, without, LIKELY_Z),
        trigger.liftOrNone() >= LEAST_LIFT);
  }

  /** So many of so many. */
  record Part(long n, long of) {
    double share() {
      return (double) n / of;
    }

    /** After Wilson. */
    Interval interval(double z) {
      var square = z * z;
      var middle = (n + square / 2) / (of + square);
      var margin = z / (of + square) * Math.sqrt((double) n * (of - n) / of + square / 4);
      return new Interval(middle - margin, middle + margin);
    }
  }

  /** After Newcombe, from the intervals of both, which holds for few cases too. */
  static Interval difference(Part one, Part other, double z) {
    var a = one.interval(z);
    var b = other.interval(z);
    var difference = one.share() - other.share();
    return new Interval(
        difference - Math.hypot(one.share() - a.low(), b.high() - other.share()),
        difference + Math.hypot(a.high() - one.share(), other.share() - b.low()));
  }
}
