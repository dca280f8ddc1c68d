package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How success grows from attempt to attempt at one scenario.
 *
 * @param slopePerAttempt of the success rate against the number of the attempt; null below 3
 * @param attemptsToMastery the first attempt that ends three in a row of at least 80 %; null: none
 */
public record Learning(
    String scenario,
    long attempts,
    double successMean,
    @Nullable Double slopePerAttempt,
    @Nullable Double standardError,
    @Nullable Interval interval,
    @Nullable Integer attemptsToMastery,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 3;
  private static final int IN_A_ROW = 3;
  static final BigDecimal MASTERED = BigDecimal.valueOf(80);

  /** The success rates are in the order of the attempts; there is at least one. */
  static Learning of(String scenario, List<BigDecimal> successRates) {
    var n = successRates.size();
    var sum = successRates.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    var mean = Sample.quotient(sum, n);
    var mastery = attemptsToMastery(successRates);
    if (n < LEAST_N) {
      return new Learning(scenario, n, mean, null, null, null, mastery, Lack.ofCases(LEAST_N));
    }
    var line = line(successRates, sum);
    return new Learning(
        scenario,
        n,
        mean,
        line.slope(),
        line.standardError(),
        Interval.around(line.slope(), line.slopeMargin()),
        mastery,
        null);
  }

  private static LineFit line(List<BigDecimal> successRates, BigDecimal sum) {
    var x = BigDecimal.ZERO;
    var xx = BigDecimal.ZERO;
    var yy = BigDecimal.ZERO;
    var xy = BigDecimal.ZERO;
    for (int i = 0; i < successRates.size(); i++) {
      var attempt = BigDecimal.valueOf(i + 1L);
      var success = successRates.get(i);
      x = x.add(attempt);
      xx = xx.add(attempt.multiply(attempt));
      yy = yy.add(success.multiply(success));
      xy = xy.add(attempt.multiply(success));
    }
    return LineFit.of(successRates.size(), x, xx, sum, yy, xy);
  }

  static @Nullable Integer attemptsToMastery(List<BigDecimal> successRates) {
    var inARow = 0;
    for (int i = 0; i < successRates.size(); i++) {
      inARow = successRates.get(i).compareTo(MASTERED) >= 0 ? inARow + 1 : 0;
      if (inARow == IN_A_ROW) {
        return i + 1;
      }
    }
    return null;
  }
}
