package org.smileadventure.common.population;

/**
 * Of the children's means of one measure; each child counts once, however much it played.
 *
 * @param n number of children
 * @param sumOfSquares of their means
 */
public record Moments(long n, double sum, double sumOfSquares) {

  public Moments plus(Moments other) {
    return new Moments(n + other.n, sum + other.sum, sumOfSquares + other.sumOfSquares);
  }

  public double mean() {
    return sum / n;
  }

  /** Between children (n − 1). */
  public double standardDeviation() {
    return Math.sqrt(Math.max(sumOfSquares - sum * sum / n, 0) / (n - 1));
  }
}
