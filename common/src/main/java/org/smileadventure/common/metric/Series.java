package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One value of a window's sessions, merged from the days.
 *
 * @param min null where extremes are not kept
 * @param days on how many days there is a value
 * @param xSum over the values, of the days since {@link #DAY_ZERO} on which they were taken
 * @param earlySum of the first ⌊n ÷ 2⌋ values
 */
record Series(
    long n,
    BigDecimal sum,
    BigDecimal sumSq,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    long days,
    LocalDate firstDay,
    LocalDate lastDay,
    BigDecimal xSum,
    BigDecimal xSumSq,
    BigDecimal xySum,
    BigDecimal earlySum) {
  static final LocalDate DAY_ZERO = LocalDate.of(2000, 1, 1);

  static final Series NONE =
      new Series(
          0,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          null,
          null,
          0,
          DAY_ZERO,
          DAY_ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO);

  Moments moments() {
    return new Moments(n, sum, sumSq);
  }

  /** Against days; needs values on 3 of them. */
  LineFit line() {
    return LineFit.of(n, xSum, xSumSq, sum, sumSq, xySum);
  }
}
