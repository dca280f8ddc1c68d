package org.smileadventure.common.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.fold.WindowMoments.Episodes;
import org.smileadventure.common.statistic.StratifiedMeans;
import org.smileadventure.common.statistic.StratifiedTest;

/**
 * The episodes of distress in which a strategy was used beside those in which none was, within the
 * same trigger: a strategy that is used when little things upset does not seem to help for that. A
 * trigger of which there are not both is left out.
 *
 * @param shares which part of the episodes ended in the session; null below {@value #LEAST_N}
 *     episodes on either side
 * @param sharesP null: not looked at, as all of them or none did
 * @param times how long those took that ended; null below so many
 */
record Calming(
    Sides episodes,
    @Nullable Shares shares,
    @Nullable Double sharesP,
    Sides recovered,
    @Nullable StratifiedMeans times) {
  /** It takes so many episodes, with the strategy and without any, to tell anything. */
  static final int LEAST_N = 5;

  /** How many with the strategy, and without any. */
  record Sides(long with, long without) {
    boolean areEnough() {
      return Math.min(with, without) >= LEAST_N;
    }
  }

  /** In percent, the triggers weighted as for times. */
  record Shares(double with, double without) {}

  /** With this strategy, and without any. */
  private record Pair(Episodes with, Episodes without) {}

  /** Of each strategy, in the moments' order. */
  static List<Calming> of(WindowMoments moments) {
    var all = moments.episodes();
    var unaided = new HashMap<Optional<String>, Episodes>();
    for (var episodes : all) {
      if (episodes.strategy() == null) {
        unaided.put(Optional.ofNullable(episodes.trigger()), episodes);
      }
    }
    return moments.strategies().stream().map(used -> of(used.strategy(), all, unaided)).toList();
  }

  /**
   * Of a strategy.
   *
   * @param without the episodes in which none was used, by their trigger
   */
  private static Calming of(
      String strategy, List<Episodes> all, Map<Optional<String>, Episodes> without) {
    var pairs = new ArrayList<Pair>();
    for (var episodes : all) {
      var unaided = without.get(Optional.ofNullable(episodes.trigger()));
      if (strategy.equals(episodes.strategy()) && unaided != null) {
        pairs.add(new Pair(episodes, unaided));
      }
    }
    var ended =
        pairs.stream()
            .filter(pair -> pair.with().recovered() > 0 && pair.without().recovered() > 0)
            .toList();
    var episodes =
        new Sides(
            pairs.stream().mapToLong(pair -> pair.with().n()).sum(),
            pairs.stream().mapToLong(pair -> pair.without().n()).sum());
    var recovered =
        new Sides(
            ended.stream().mapToLong(pair -> pair.with().recovered()).sum(),
            ended.stream().mapToLong(pair -> pair.without().recovered()).sum());
    return new Calming(
        episodes,
        episodes.areEnough() ? shares(pairs) : null,
        episodes.areEnough() ? sharesP(pairs) : null,
        recovered,
        recovered.areEnough() ? times(ended) : null);
  }

  private static Shares shares(List<Pair> pairs) {
    var weights = 0.0;
    var with = 0.0;
    var without = 0.0;
    for (var pair : pairs) {
      var n = pair.with().n();
      var m = pair.without().n();
      var weight = (double) n * m / (n + m);
      weights += weight;
      with += weight * pair.with().recovered() / n;
      without += weight * pair.without().recovered() / m;
    }
    return new Shares(100 * with / weights, 100 * without / weights);
  }

  private static @Nullable Double sharesP(List<Pair> pairs) {
    var strata =
        pairs.stream()
            .map(
                pair ->
                    new StratifiedTest.Stratum(
                        Math.toIntExact(pair.with().recovered()),
                        Math.toIntExact(pair.with().n()),
                        Math.toIntExact(pair.without().recovered()),
                        Math.toIntExact(pair.without().n())))
            .toList();
    return strata.stream().anyMatch(StratifiedTest.Stratum::tells)
        ? StratifiedTest.exact(strata)
        : null;
  }

  private static StratifiedMeans times(List<Pair> pairs) {
    return StratifiedMeans.of(
        pairs.stream()
            .map(
                pair -> {
                  var with = sample(pair.with());
                  var without = sample(pair.without());
                  return new StratifiedMeans.Stratum(
                      with.n(),
                      with.mean(),
                      deviations(with),
                      without.n(),
                      without.mean(),
                      deviations(without));
                })
            .toList());
  }

  private static Sample sample(Episodes episodes) {
    return new Sample(episodes.recovered(), episodes.seconds(), episodes.squares());
  }

  private static double deviations(Sample sample) {
    return Sample.quotient(sample.squaredDeviations(), sample.n());
  }

  /** The p of each comparison that is looked at. */
  DoubleStream looks() {
    return DoubleStream.concat(
        sharesP == null ? DoubleStream.empty() : DoubleStream.of(sharesP),
        times == null ? DoubleStream.empty() : DoubleStream.of(times.p()));
  }
}
