package org.smileadventure.common.statistic;

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
   * The mean of effects and how much they differ.
   *
   * @param variances of each effect, above 0
   * @throws IllegalArgumentException for fewer than 2 effects, or a variance that is not above 0
   */
  public static RandomEffects of(double[] effects, double[] variances) {
    var k = effects.length;
    if (k != variances.length || k < 2) {
      throw new IllegalArgumentException("nothing to pool in " + k + " effects");
    }
    for (var variance : variances) {
      if (!(variance > 0)) {
        throw new IllegalArgumentException("a variance of " + variance);
      }
    }
    var fixed = Weighted.of(effects, variances, 0);
    var scale = fixed.weight - fixed.squaredWeight / fixed.weight;
    var tau2 = Math.max(0, (fixed.deviations - (k - 1)) / scale);
    var random = Weighted.of(effects, variances, tau2);
    var error = Math.sqrt(random.deviations / (k - 1) / random.weight);
    var quantile = Quantiles.student(k - 1.0, Quantiles.UPPER_TAIL);
    var margin = quantile * error;
    var prediction = quantile * Math.sqrt(error * error + tau2);
    var typical = (k - 1) / scale;
    return new RandomEffects(
        k,
        random.mean,
        error,
        random.mean - margin,
        random.mean + margin,
        random.mean - prediction,
        random.mean + prediction,
        tau2,
        tau2 / (tau2 + typical));
  }

  /**
   * @param weight Σ w, w = 1 ÷ (variance + tau²)
   * @param squaredWeight Σ w²
   * @param deviations Σ w (effect − mean)²
   */
  private record Weighted(double weight, double squaredWeight, double mean, double deviations) {
    static Weighted of(double[] effects, double[] variances, double tau2) {
      var weight = 0.0;
      var squared = 0.0;
      var sum = 0.0;
      for (var i = 0; i < effects.length; i++) {
        var w = 1 / (variances[i] + tau2);
        weight += w;
        squared += w * w;
        sum += w * effects[i];
      }
      var mean = sum / weight;
      var deviations = 0.0;
      for (var i = 0; i < effects.length; i++) {
        deviations += (effects[i] - mean) * (effects[i] - mean) / (variances[i] + tau2);
      }
      return new Weighted(weight, squared, mean, deviations);
    }
  }
}
