package org.smileadventure.common.fold;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * Values of a metric, added up. All numbers are whole ones of the metric's unit, so that it does
 * not matter in which order they were added.
 *
 * @param min 0, as max, if there is no value
 * @param x sum over the values of the day on which each was taken, counted from {@link #DAY_ZERO}
 * @param xx of its squares
 * @param xy of its products with the value
 * @param days on which there is a value
 */
public record Values(
    long n,
    long sum,
    BigInteger sumSq,
    long min,
    long max,
    long x,
    long xx,
    BigInteger xy,
    DaySet days) {
  /** Keeps the numbers small. */
  public static final LocalDate DAY_ZERO = LocalDate.of(2000, 1, 1);

  static final Values NONE =
      new Values(0, 0, BigInteger.ZERO, 0, 0, 0, 0, BigInteger.ZERO, DaySet.NONE);

  private static final long DAY_ZERO_EPOCH = DAY_ZERO.toEpochDay();

  Values plus(long value, LocalDate day) {
    var time = day.toEpochDay() - DAY_ZERO_EPOCH;
    return new Values(
        n + 1,
        sum + value,
        sumSq.add(product(value, value)),
        n == 0 ? value : Math.min(min, value),
        n == 0 ? value : Math.max(max, value),
        x + time,
        xx + time * time,
        xy.add(product(time, value)),
        days.with(day));
  }

  private static BigInteger product(long a, long b) {
    return Math.multiplyHigh(a, b) == (a * b) >> 63
        ? BigInteger.valueOf(a * b)
        : BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  Values plus(Values other) {
    if (n == 0) {
      return other;
    }
    if (other.n == 0) {
      return this;
    }
    return new Values(
        n + other.n,
        sum + other.sum,
        sumSq.add(other.sumSq),
        Math.min(min, other.min),
        Math.max(max, other.max),
        x + other.x,
        xx + other.xx,
        xy.add(other.xy),
        days.plus(other.days));
  }
}
