package org.smileadventure.common.statistic;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two means that are compared within strata, by least squares with an effect of each stratum (R:
 * {@code lm(value ~ stratum + side)}). So a side that has more of the strata with great values does
 * not seem greater for that.
 *
 * @param one mean of the first side, the strata weighted as for the difference: by nm ÷ (n + m)
 * @param difference one − other
 * @param degreesOfFreedom values − strata − 1
 */
public record StratifiedMeans(
    double one, double other, double difference, double standardError, double degreesOfFreedom) {

  /**
   * A stratum: n values with their mean and the sum of their squared deviations from it, and the
   * same of the m values of the other side. Both are at least 1.
   */
  public record Stratum(
      long n, double mean, double deviations, long m, double otherMean, double otherDeviations) {
    double weight() {
      return (double) n * m / (n + m);
    }

    double difference() {
      return mean - otherMean;
    }
  }

  /**
   * Of both sides in each stratum.
   *
   * @param strata at least one, with more values than strata + 1 in all
   */
  public static StratifiedMeans of(List<Stratum> strata) {
    var degreesOfFreedom = strata.stream().mapToLong(s -> s.n() + s.m()).sum() - strata.size() - 1;
    if (strata.isEmpty() || degreesOfFreedom < 1) {
      throw new IllegalArgumentException("too few values in " + strata.size() + " strata");
    }
    var weights = 0.0;
    var one = 0.0;
    var other = 0.0;
    var difference = 0.0;
    for (var stratum : strata) {
      weights += stratum.weight();
      one += stratum.weight() * stratum.mean();
      other += stratum.weight() * stratum.otherMean();
      difference += stratum.weight() * stratum.difference();
    }
    difference /= weights;
    var rest = 0.0;
    for (var stratum : strata) {
      var apart = stratum.difference() - difference;
      rest += stratum.deviations() + stratum.otherDeviations() + stratum.weight() * apart * apart;
    }
    return new StratifiedMeans(
        one / weights,
        other / weights,
        difference,
        Math.sqrt(rest / degreesOfFreedom / weights),
        degreesOfFreedom);
  }

  /** The two-sided p that there is no difference. */
  public double p() {
    if (standardError == 0) {
      return difference == 0 ? 1 : 0;
    }
    var t = Math.abs(difference) / standardError;
    return 2 * TDistribution.of(degreesOfFreedom).survivalProbability(t);
  }
}
