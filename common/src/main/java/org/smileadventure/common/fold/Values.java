package org.smileadventure.common.fold;

import java.math.BigInteger;
import java.nio.ByteBuffer;
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

  private static final long DAY_ZERO_EPOCH = DAY_ZERO.toEpochDay();

  /** Adds up value by value. */
  static final class Fold {
    private long n;
    private long sum;
    private final Products sumSq = new Products();
    private long min;
    private long max;
    private long x;
    private long xx;
    private final Products xy = new Products();
    private final DaySet.Fold days = new DaySet.Fold();

    void add(long value, long epochDay) {
      var time = epochDay - DAY_ZERO_EPOCH;
      min = n == 0 ? value : Math.min(min, value);
      max = n == 0 ? value : Math.max(max, value);
      n++;
      sum += value;
      sumSq.add(value, value);
      x += time;
      xx += time * time;
      xy.add(time, value);
      days.add(epochDay);
    }

    Values values() {
      return new Values(n, sum, sumSq.sum(), min, max, x, xx, xy.sum(), days.days());
    }
  }

  /** A sum of products, of 128 bits: a long has no room for it. */
  private static final class Products {
    private long high;
    private long low;

    void add(long a, long b) {
      var product = a * b;
      low += product;
      high += Math.multiplyHigh(a, b) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
    }

    BigInteger sum() {
      return high == low >> 63
          ? BigInteger.valueOf(low)
          : new BigInteger(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
    }
  }
}
