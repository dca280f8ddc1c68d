package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.statistic.ShrunkShare;
import org.smileadventure.common.statistic.StratifiedTest;

/**
 * What upsets the child.
 *
 * @param baseShare percentage of all observed emotions that are a move into distress; null without
 *     an observation
 * @param lookedAt how many tests of triggers and strategies there were in this window
 */
public record Triggers(
    @Nullable Double baseShare,
    int lookedAt,
    List<Item> items,
    @JsonUnwrapped @Nullable Lack lack) {
  /** It takes so many observations to tell anything of a trigger. */
  public static final int LEAST_N = 5;

  /** Of the odds: twice as often where distress is rare, and less where it comes half the time. */
  private static final double LEAST_RATIO = 2;

  /**
   * One trigger.
   *
   * @param share percentage of its observations that are a move into distress
   * @param shrunkShare the same, drawn towards the base share the more, the fewer they are
   * @param interval of the shrunk share
   * @param lift how many times the base share the shrunk one is; null if the base share is 0
   * @param p how likely there is by chance as great a difference to all other observations; null if
   *     there is none else, or if distress never began
   * @param adjustedP what is left of it for all that was looked at
   */
  public record Item(
      String trigger,
      long n,
      long movesIntoDistress,
      @Nullable Double share,
      @Nullable Double shrunkShare,
      @Nullable Interval interval,
      @Nullable Double lift,
      @Nullable Double p,
      @Nullable Double adjustedP,
      Certainty certainty,
      @JsonUnwrapped @Nullable Lack lack) {

    private static Item of(
        WindowMoments.Trigger trigger, @Nullable Double p, WindowMoments all, Looks looks) {
      var n = trigger.observations();
      var moves = trigger.intoDistress();
      if (n < LEAST_N) {
        return new Item(
            trigger.trigger(),
            n,
            moves,
            null,
            null,
            null,
            null,
            null,
            null,
            Certainty.TOO_EARLY,
            Lack.ofCases(LEAST_N));
      }
      var shrunk = ShrunkShare.of(moves, n, all.intoDistress(), all.observations());
      var lift =
          all.intoDistress() == 0
              ? null
              : Double.valueOf(shrunk.share() * all.observations() / all.intoDistress());
      var adjusted = p == null ? null : Double.valueOf(looks.adjusted(p));
      return new Item(
          trigger.trigger(),
          n,
          moves,
          Share.percentage(moves, n),
          100 * shrunk.share(),
          new Interval(100 * shrunk.low(), 100 * shrunk.high()),
          lift,
          p,
          adjusted,
          Certainty.of(adjusted, matters(shrunk.share(), all)),
          null);
    }

    private static boolean matters(double share, WindowMoments all) {
      var moves = all.intoDistress();
      return share * (all.observations() - moves) >= LEAST_RATIO * moves * (1 - share);
    }

    double liftOrNone() {
      return lift == null ? 0 : lift;
    }
  }

  /** How likely as great a difference is by chance, of each trigger that is looked at. */
  static Map<String, Double> chances(WindowMoments moments) {
    var chances = new HashMap<String, Double>();
    for (var trigger : moments.triggers()) {
      var stratum = stratum(trigger, moments);
      if (trigger.observations() >= LEAST_N && stratum.tells()) {
        chances.put(trigger.trigger(), StratifiedTest.exact(List.of(stratum)));
      }
    }
    return chances;
  }

  /** The observations of a trigger, against all others. */
  private static StratifiedTest.Stratum stratum(WindowMoments.Trigger trigger, WindowMoments all) {
    var n = trigger.observations();
    var moves = trigger.intoDistress();
    return new StratifiedTest.Stratum(
        Math.toIntExact(moves),
        Math.toIntExact(n),
        Math.toIntExact(all.intoDistress() - moves),
        Math.toIntExact(all.observations() - n));
  }

  /**
   * From the moments.
   *
   * @param chances those of {@link #chances}
   */
  static Triggers of(WindowMoments moments, Map<String, Double> chances, Looks looks) {
    return new Triggers(
        Share.percentageOrNull(moments.intoDistress(), moments.observations()),
        looks.n(),
        moments.triggers().stream()
            .map(trigger -> Item.of(trigger, chances.get(trigger.trigger()), moments, looks))
            .sorted(Comparator.comparing(Item::trigger, CodePoints.ORDER))
            .toList(),
        moments.observations() == 0 ? Lack.ofCases(1) : null);
  }

  /**
   * The trigger of which most can be told: the surest, and of these the one with the greatest lift.
   * Empty if of none there is enough.
   */
  public Optional<Item> first() {
    return items.stream()
        .filter(item -> item.certainty() != Certainty.TOO_EARLY)
        .min(
            Comparator.comparing(Item::certainty)
                .thenComparing(Comparator.comparingDouble(Item::liftOrNone).reversed())
                .thenComparing(Item::trigger, CodePoints.ORDER));
  }

  /** The first, if it may be told that distress comes with it. */
  public Optional<Item> upset() {
    return first().filter(item -> item.certainty().tells());
  }
}
