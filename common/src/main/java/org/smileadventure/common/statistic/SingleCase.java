package org.smileadventure.common.statistic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Two phases of one child, A before B, as single-case research compares them. Positive is always
 * better: where down is good, effects are those of the values with their signs changed. Medians and
 * trends are those of the values as they are.
 *
 * <p>NAP, Tau and the log response ratio take values for independent of each other. They describe.
 * Whether there was an effect is told by {@code correctedTau}, whose interval allows for values
 * that resemble the one before, and for a trend that was there in A.
 *
 * <p><b>Corrected Tau</b> (Tarlow 2017): if A has a trend (Mann and Kendall's p below 0.05, so
 * never with fewer than 5 values), that of Theil and Sen is taken out of both phases, as though it
 * had gone on in B. Its value is then Kendall's tau-b between phase and what is left. {@link
 * Detrended} tells how its interval comes about.
 *
 * @param trendPerWeekA median slope (Theil–Sen) per 7 units of time; null if all values are at one
 *     time
 * @param nap share of pairs in which B is better, ties count half; Newcombe's fifth interval
 * @param tau 2 nap − 1
 * @param tauU (S between the phases − S within A) ÷ (n(A) n(B))
 * @param baselineCorrected whether the trend of A was taken out
 * @param logResponseRatio ln of mean B ÷ mean A, with bias corrected (Pustejovsky 2015); null if a
 *     value is below 0 or a mean is 0
 * @param pnd share of B that is better than all of A
 * @param ird robust improvement rate difference
 */
public record SingleCase(
    double medianA,
    double medianB,
    @Nullable Double trendPerWeekA,
    @Nullable Double trendPerWeekB,
    Estimate nap,
    Estimate tau,
    Estimate correctedTau,
    boolean baselineCorrected,
    @Nullable Estimate logResponseRatio,
    double pnd,
    double ird,
    double tauU) {
  public static final int LEAST_N = 3;
  private static final double TREND_P = 0.05;
  private static final int PER_WEEK = 7;

  /**
   * What changed from the one phase to the other.
   *
   * @param timesA in days, not falling; so {@code timesB}, none before the last of A
   * @throws IllegalArgumentException if a phase has fewer than 3 values
   */
  public static SingleCase of(
      double[] timesA, double[] a, double[] timesB, double[] b, boolean upIsGood) {
    if (a.length < LEAST_N || b.length < LEAST_N) {
      throw new IllegalArgumentException(
          "phases of %d and %d values, fewer than %d".formatted(a.length, b.length, LEAST_N));
    }
    if (timesA.length != a.length || timesB.length != b.length) {
      throw new IllegalArgumentException("a value without a time");
    }
    var sign = upIsGood ? 1 : -1;
    var goodA = Arrays.stream(a).map(value -> sign * value).toArray();
    var goodB = Arrays.stream(b).map(value -> sign * value).toArray();
    var overlap = Overlap.of(goodA, goodB);
    var nap = nap(overlap);
    var trendA = MonotoneTrend.of(timesA, goodA);
    var slopeA = trendA.slope();
    var slopeB = MonotoneTrend.of(timesB, goodB).slope();
    var corrected = slopeA != null && trendA.p() < TREND_P;
    var detrended = Detrended.of(timesA, goodA, timesB, goodB);
    return new SingleCase(
        median(a),
        median(b),
        slopeA == null ? null : sign * slopeA * PER_WEEK + 0.0,
        slopeB == null ? null : sign * slopeB * PER_WEEK + 0.0,
        nap,
        tau(overlap, nap),
        detrended.estimate(corrected && slopeA != null ? slopeA : 0),
        corrected,
        logResponseRatio(a, b, sign),
        overlap.pnd(),
        overlap.ird(),
        (overlap.s() - rises(goodA)) / overlap.pairs());
  }

  /** The median of at least one value. */
  public static double median(double... values) {
    return MonotoneTrend.median(values.clone(), values.length);
  }

  private static Estimate nap(Overlap overlap) {
    return new Estimate(
        overlap.nap(),
        Math.sqrt(overlap.napVariance()),
        overlap.napLow(Quantiles.NORMAL),
        overlap.napHigh(Quantiles.NORMAL),
        overlap.napLow(Quantiles.LIKELY_NORMAL),
        overlap.napHigh(Quantiles.LIKELY_NORMAL));
  }

  private static Estimate tau(Overlap overlap, Estimate nap) {
    return new Estimate(
        overlap.s() / overlap.pairs(),
        2 * nap.standardError(),
        2 * nap.low() - 1,
        2 * nap.high() - 1,
        2 * nap.likelyLow() - 1,
        2 * nap.likelyHigh() - 1);
  }

  /** Kendall's S of values in their order. */
  static double rises(double[] values) {
    return sorted(values.clone(), new double[values.length], 0, values.length);
  }

  /** S of the values from here to there, which are in order of size then. */
  private static long sorted(double[] values, double[] spare, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    var middle = (from + to) >>> 1;
    var s = sorted(values, spare, from, middle) + sorted(values, spare, middle, to);
    var less = from;
    var lessOrEqual = from;
    for (var later = middle; later < to; later++) {
      while (less < middle && values[less] < values[later]) {
        less++;
      }
      while (lessOrEqual < middle && values[lessOrEqual] <= values[later]) {
        lessOrEqual++;
      }
      s += less - from - (middle - lessOrEqual);
    }
    merge(values, spare, from, middle, to);
    return s;
  }

  private static void merge(double[] values, double[] spare, int from, int middle, int to) {
    var one = from;
    var other = middle;
    for (var i = from; i < to; i++) {
      var takesOne = other == to || (one < middle && values[one] <= values[other]);
      spare[i] = takesOne ? values[one++] : values[other++];
    }
    System.arraycopy(spare, from, values, from, to - from);
  }

  private static @Nullable Estimate logResponseRatio(double[] a, double[] b, int sign) {
    var meanA = mean(a);
    var meanB = mean(b);
    if (Arrays.stream(a).anyMatch(v -> v < 0)
        || Arrays.stream(b).anyMatch(v -> v < 0)
        || meanA <= 0
        || meanB <= 0) {
      return null;
    }
    var relativeA = relativeVariance(a, meanA);
    var relativeB = relativeVariance(b, meanB);
    return Estimate.normal(
        sign * (Math.log(meanB) + relativeB / 2 - Math.log(meanA) - relativeA / 2),
        Math.sqrt(relativeA + relativeB));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Of the mean, in units of its square. */
  private static double relativeVariance(double[] values, double mean) {
    var squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1) / values.length / (mean * mean);
  }
}
