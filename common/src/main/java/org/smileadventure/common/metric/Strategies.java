package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.statistic.StratifiedMeans;

/**
 * What helps the child to calm down.
 *
 * @param recoveryWithoutAny seconds, of the sessions in which no strategy was used
 * @param lookedAt how many tests of triggers and strategies there were in this window
 */
public record Strategies(Mean recoveryWithoutAny, int lookedAt, List<Item> items) {
  /**
   * It takes so many episodes with a strategy, and so many without any, to tell whether it helps.
   */
  public static final int LEAST_EPISODES = Calming.LEAST_N;

  private static final int LEAST_N = 3;

  /**
   * One strategy.
   *
   * @param n how often it was used
   * @param effectiveness mean, from 1 to 5
   * @param childInitiated percentage of uses that the child began
   * @param recoveryWith seconds, of the sessions in which it was used
   * @param recovered percentage of the episodes of distress that the child got out of
   * @param calming seconds that these took
   * @param certainty that it helps
   */
  public record Item(
      String strategy,
      long n,
      @Nullable Double effectiveness,
      @Nullable Double childInitiated,
      Mean recoveryWith,
      Outcome recovered,
      Outcome calming,
      Certainty certainty,
      @JsonUnwrapped @Nullable Lack lack) {

    private static Item of(WindowMoments.Strategy strategy, Calming calmed, Looks looks) {
      var n = strategy.uses();
      var enough = n >= LEAST_N;
      var recovered = Outcome.recovered(calmed, looks);
      var calming = Outcome.calming(calmed, looks);
      return new Item(
          strategy.strategy(),
          n,
          enough ? Sample.quotient(BigDecimal.valueOf(strategy.effectivenessSum()), n) : null,
          enough ? Share.percentage(strategy.childInitiated(), n) : null,
          Mean.of(strategy.recoveries(), strategy.recoverySeconds(), LEAST_N),
          recovered,
          calming,
          ofHelp(recovered, calming),
          enough ? null : Lack.ofCases(LEAST_N));
    }

    /** That of the surer one that tells of help; none if the other tells of harm. */
    private static Certainty ofHelp(Outcome recovered, Outcome calming) {
      var both = List.of(recovered, calming);
      if (both.stream().allMatch(outcome -> outcome.certainty() == Certainty.TOO_EARLY)) {
        return Certainty.TOO_EARLY;
      }
      return both.stream().anyMatch(Outcome::tellsOfHarm)
          ? Certainty.UNCLEAR
          : both.stream()
              .filter(Outcome::tellsOfHelp)
              .map(Outcome::certainty)
              .min(Comparator.naturalOrder())
              .orElse(Certainty.UNCLEAR);
    }

    /** Of the two, the one that tells most of help. */
    public Outcome help() {
      return helpsByTime() ? calming : recovered;
    }

    /** Whether that is how fast the child calms down, and not how often it does. */
    public boolean helpsByTime() {
      return calming.tellsOfHelp() && calming.certainty() == certainty;
    }

    /** How many more episodes it takes to tell. */
    public long episodesMissing() {
      return Stream.of(recovered, calming).mapToLong(Outcome::missing).min().orElse(0);
    }
  }

  /**
   * Episodes in which the strategy was used against those in which none was, within the same
   * trigger.
   *
   * @param difference with − without; null, as is all but the numbers, below {@value
   *     Calming#LEAST_N} episodes on either side
   * @param interval of the difference of means; null of percentages, which an exact test compares
   * @param p how likely there is by chance as great a difference; null if nothing else could have
   *     been seen
   * @param adjustedP what is left of it for all that was looked at
   */
  public record Outcome(
      Side with,
      Side without,
      @Nullable Double difference,
      @Nullable Interval interval,
      @Nullable Double p,
      @Nullable Double adjustedP,
      Certainty certainty,
      @JsonUnwrapped @Nullable Lack lack) {

    /** Of so many episodes. */
    public record Side(long n, @Nullable Double value) {}

    private static Outcome tooFew(Calming.Sides sides) {
      return new Outcome(
          new Side(sides.with(), null),
          new Side(sides.without(), null),
          null,
          null,
          null,
          null,
          Certainty.TOO_EARLY,
          Lack.ofCases(Calming.LEAST_N));
    }

    private static Outcome recovered(Calming calmed, Looks looks) {
      var shares = calmed.shares();
      if (shares == null) {
        return tooFew(calmed.episodes());
      }
      var difference = shares.with() - shares.without();
      var p = calmed.sharesP();
      var adjusted = p == null ? null : Double.valueOf(looks.adjusted(p));
      return new Outcome(
          new Side(calmed.episodes().with(), shares.with()),
          new Side(calmed.episodes().without(), shares.without()),
          difference,
          null,
          p,
          adjusted,
          Certainty.of(adjusted, Effect.RECOVERED.matters(difference)),
          null);
    }

    private static Outcome calming(Calming calmed, Looks looks) {
      var times = calmed.times();
      if (times == null) {
        return tooFew(calmed.recovered());
      }
      var adjusted = looks.adjusted(times.p());
      return new Outcome(
          new Side(calmed.recovered().with(), times.one()),
          new Side(calmed.recovered().without(), times.other()),
          times.difference(),
          interval(times),
          times.p(),
          adjusted,
          Certainty.of(adjusted, Effect.RECOVERY.matters(times.difference())),
          null);
    }

    private static Interval interval(StratifiedMeans times) {
      return Interval.around(
          times.difference(),
          times.standardError() * Confidence.standardErrors(times.degreesOfFreedom()));
    }

    private boolean isOfPercentages() {
      return interval == null;
    }

    private boolean tellsOfHelp() {
      var effect = isOfPercentages() ? Effect.RECOVERED : Effect.RECOVERY;
      return certainty.tells() && difference != null && difference > 0 == effect.upIsGood();
    }

    private boolean tellsOfHarm() {
      return certainty.tells() && !tellsOfHelp();
    }

    private long missing() {
      return Math.max(0, LEAST_EPISODES - with.n()) + Math.max(0, LEAST_EPISODES - without.n());
    }
  }

  static Strategies of(WindowMoments moments, List<Calming> calmed, Looks looks) {
    var strategies = moments.strategies();
    return new Strategies(
        Mean.of(moments.unaidedRecoveries(), moments.unaidedRecoverySeconds(), LEAST_N),
        looks.n(),
        IntStream.range(0, strategies.size())
            .mapToObj(i -> Item.of(strategies.get(i), calmed.get(i), looks))
            .sorted(Comparator.comparing(Item::strategy, CodePoints.ORDER))
            .toList());
  }

  /** The strategy that is surest to help; of equals the one with which most episodes were seen. */
  public Optional<Item> aid() {
    return items.stream()
        .filter(item -> item.certainty().tells())
        .min(
            Comparator.comparing(Item::certainty)
                .thenComparing(
                    Comparator.comparingLong((Item item) -> item.help().with().n()).reversed())
                .thenComparing(Item::strategy, CodePoints.ORDER));
  }
}
