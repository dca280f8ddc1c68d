package org.smileadventure.common.statistic;

import java.util.function.DoubleFunction;

/**
 * Effects of many children taken together, where each may have an effect of their own. The variance
 * between them is DerSimonian and Laird's (1986), the interval of the mean is Hartung and Knapp's
 * (2001), with Student's t of k − 1. R: {@code metafor::rma(method = "DL", test = "knha")}.
 *
 * @param k how many effects
 * @param low of the mean's 95 % interval
 * @param predictionLow of the interval in which the effect of a new child is, 95 times in 100
 * @param tau2 variance between the true effects
 * @param i2 share of the variance of effects that is between the true ones, 0 to 1
 */
public record RandomEffects(
    long k,
    double mean,
    double standardError,
    double low,
    double high,
    double predictionLow,
    double predictionHigh,
    double tau2,
    double i2) {

  /**
   * Sums over all effects, each with the weight w = 1 ÷ (variance + tau²). They are all that
   * pooling needs, so that effects may stay where they are.
   *
   * @param weight Σ w
   * @param squaredWeight Σ w²
   * @param effect Σ w × effect
   * @param squaredEffect Σ w × effect²
   */
  public record Sums(
      long k, double weight, double squaredWeight, double effect, double squaredEffect) {
    double mean() {
      return effect / weight;
    }

    /** Σ w (effect − mean)² */
    double deviations() {
      return Math.max(0, squaredEffect - effect * mean());
    }
  }

  /**
   * The mean of effects and how much they differ.
   *
   * @param variances of each effect, above 0
   * @throws IllegalArgumentException for fewer than 2 effects, or a variance that is not above 0
   */
  public static RandomEffects of(double[] effects, double[] variances) {
    if (effects.length != variances.length) {
      throw new IllegalArgumentException("an effect without a variance");
    }
    for (var variance : variances) {
      if (!(variance > 0)) {
        throw new IllegalArgumentException("a variance of " + variance);
      }
    }
    return of(tau2 -> sums(effects, variances, tau2));
  }

  private static Sums sums(double[] effects, double[] variances, double tau2) {
    var weight = 0.0;
    var squaredWeight = 0.0;
    var effect = 0.0;
    var squaredEffect = 0.0;
    for (var i = 0; i < effects.length; i++) {
      var w = 1 / (variances[i] + tau2);
      weight += w;
      squaredWeight += w * w;
      effect += w * effects[i];
      squaredEffect += w * effects[i] * effects[i];
    }
    return new Sums(effects.length, weight, squaredWeight, effect, squaredEffect);
  }

  /**
   * The same of effects of which only sums are known.
   *
   * @param byTau2 the sums for any variance between the true effects; asked for twice
   * @throws IllegalArgumentException for fewer than 2 effects
   */
  public static RandomEffects of(DoubleFunction<Sums> byTau2) {
    var fixed = byTau2.apply(0);
    var k = fixed.k();
    if (k < 2) {
      throw new IllegalArgumentException("nothing to pool in " + k + " effects");
    }
    var scale = fixed.weight() - fixed.squaredWeight() / fixed.weight();
    var tau2 = Math.max(0, (fixed.deviations() - (k - 1)) / scale);
    var random = byTau2.apply(tau2);
    var mean = random.mean();
    var error = Math.sqrt(random.deviations() / (k - 1) / random.weight());
    var quantile = Quantiles.student(k - 1.0, Quantiles.UPPER_TAIL);
    var margin = quantile * error;
    var prediction = quantile * Math.sqrt(error * error + tau2);
    var typical = (k - 1) / scale;
    return new RandomEffects(
        k,
        mean,
        error,
        mean - margin,
        mean + margin,
        mean - prediction,
        mean + prediction,
        tau2,
        tau2 / (tau2 + typical));
  }
}
