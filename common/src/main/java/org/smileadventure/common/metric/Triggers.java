package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;

/**
 * What upsets the child.
 *
 * @param baseShare percentage of all observed emotions that are a move into distress; null without
 *     an observation
 */
public record Triggers(
    @Nullable Double baseShare, List<Item> items, @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 3;

  /**
   * One trigger.
   *
   * @param share percentage of its observations that are a move into distress
   * @param lift how many times the base share that is; null if the base share is 0
   */
  public record Item(
      String trigger,
      long n,
      long movesIntoDistress,
      @Nullable Double share,
      @Nullable Double lift,
      @JsonUnwrapped @Nullable Lack lack) {

    private static Item of(WindowMoments.Trigger trigger, WindowMoments all) {
      var n = trigger.observations();
      var moves = trigger.intoDistress();
      if (n < LEAST_N) {
        return new Item(trigger.trigger(), n, moves, null, null, Lack.ofCases(LEAST_N));
      }
      return new Item(
          trigger.trigger(),
          n,
          moves,
          Share.percentage(moves, n),
          all.intoDistress() == 0
              ? null
              : (double) moves * all.observations() / ((double) n * all.intoDistress()),
          null);
    }

    double liftOrNone() {
      return lift == null ? 0 : lift;
    }
  }

  static Triggers of(WindowMoments moments) {
    return new Triggers(
        Share.percentageOrNull(moments.intoDistress(), moments.observations()),
        moments.triggers().stream()
            .map(trigger -> Item.of(trigger, moments))
            .sorted(Comparator.comparing(Item::trigger, CodePoints.ORDER))
            .toList(),
        moments.observations() == 0 ? Lack.ofCases(1) : null);
  }
}
