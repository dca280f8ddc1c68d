package org.smileadventure.web.feelings;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Window;

/** The figures of a window that are about feelings. Recovery and distress are in seconds. */
public record FeelingFigures(
    Window window,
    Emotions emotions,
    Triggers triggers,
    Strategies strategies,
    Mean recovery,
    Mean distress) {

  /** Null below so many cases as it takes. */
  public record Mean(long n, @Nullable Double mean) {}

  /**
   * Which states were seen, and for how long.
   *
   * @param mostCommonFirst null: none was seen
   */
  public record Emotions(
      Map<String, State> states,
      @Nullable String mostCommonFirst,
      @Nullable String mostCommonLast) {

    /**
     * A state.
     *
     * @param share percentage of the seconds of all states; null if no time has passed in any
     */
    public record State(double seconds, @Nullable Double share) {}

    public List<Map.Entry<String, State>> longestFirst() {
      return states.entrySet().stream()
          .sorted(
              comparingDouble((Map.Entry<String, State> state) -> state.getValue().seconds())
                  .reversed()
                  .thenComparing(Map.Entry::getKey))
          .toList();
    }
  }

  /**
   * What was seen with feelings.
   *
   * @param lookedAt how many tests of triggers and strategies there were
   */
  public record Triggers(int lookedAt, List<Trigger> items) {
    public List<Trigger> worstFirst() {
      return items.stream()
          .sorted(
              comparing(Trigger::lift, nullsFirst(Comparator.<Double>naturalOrder()))
                  .thenComparingLong(Trigger::n)
                  .reversed())
          .toList();
    }
  }

  /**
   * What was seen with a feeling.
   *
   * @param share percentage of the times that it was seen
   * @param shrunkShare the same, drawn towards the usual share the more, the less is known
   * @param lift how many times the usual share that is; null where nothing upset
   * @param adjustedP what is left of the p for all that was looked at
   * @param reason why the shares are null; null: they are not for too little
   */
  public record Trigger(
      String trigger,
      long n,
      long movesIntoDistress,
      @Nullable Double share,
      @Nullable Double shrunkShare,
      @Nullable Interval interval,
      @Nullable Double lift,
      @Nullable Double p,
      @Nullable Double adjustedP,
      String certainty,
      @Nullable String reason) {}

  /** Where a figure lies, at 95 %. */
  public record Interval(double low, double high) {}

  /** What was done to calm down. */
  public record Strategies(List<Strategy> items) {
    public List<Strategy> mostUsedFirst() {
      return items.stream()
          .sorted(comparingLong(Strategy::n).reversed().thenComparing(Strategy::strategy))
          .toList();
    }
  }

  /**
   * A way to calm down.
   *
   * @param effectiveness from 1 to 5; null below 3 uses
   * @param recovered percentage of the times in distress that the child calmed down
   * @param calming seconds that this took
   * @param certainty that it helps
   */
  public record Strategy(
      String strategy,
      long n,
      @Nullable Double effectiveness,
      Outcome recovered,
      Outcome calming,
      String certainty) {}

  /** With a strategy against without any, each time with the same trigger. */
  public record Outcome(
      Side with,
      Side without,
      @Nullable Double difference,
      @Nullable Interval interval,
      @Nullable Double p,
      @Nullable Double adjustedP) {}

  /**
   * Of so many times.
   *
   * @param value null: they are too few, here or on the other side
   */
  public record Side(long n, @Nullable Double value) {}
}
