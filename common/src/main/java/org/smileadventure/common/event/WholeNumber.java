package org.smileadventure.common.event;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What JSON Schema calls an integer: a number whose fraction is zero, however it is written ({@code
 * 433.0}, {@code 1e2}).
 */
final class WholeNumber {
  /** Stands for every number that no long can hold; no field of an event may be as small. */
  static final long BEYOND = Long.MIN_VALUE;

  private static final int DIGITS_OF_A_LONG = 19;

  private WholeNumber() {}

  /**
   * The value of a number of JSON, or {@link #BEYOND}; null if it is not whole. It costs no more
   * than to look at each character, whatever the exponent is.
   */
  static @Nullable Long of(String number) {
    var end = Math.max(number.indexOf('e'), number.indexOf('E'));
    var mantissa = end < 0 ? number : number.substring(0, end);
    var negative = mantissa.startsWith("-");
    var point = mantissa.indexOf('.');
    var digits = mantissa.substring(negative ? 1 : 0).replace(".", "");
    var first = 0;
    var last = digits.length();
    while (last > 0 && digits.charAt(last - 1) == '0') {
      last--;
    }
    while (first < last && digits.charAt(first) == '0') {
      first++;
    }
    if (first == last) {
      return 0L;
    }
    var fraction = point < 0 ? 0 : mantissa.length() - point - 1;
    var zeros = digits.length() - last - fraction + exponent(number, end);
    if (zeros < 0) {
      return null;
    }
    if (last - first + zeros > DIGITS_OF_A_LONG) {
      return BEYOND;
    }
    var value =
        new BigInteger(digits.substring(first, last)).multiply(BigInteger.TEN.pow((int) zeros));
    if (value.bitLength() >= Long.SIZE) {
      return BEYOND;
    }
    return negative ? -value.longValue() : value.longValue();
  }

  /** Beyond any number of digits that fits in memory it does not matter how far. */
  private static long exponent(String number, int at) {
    if (at < 0) {
      return 0;
    }
    var negative = number.charAt(at + 1) == '-';
    var exponent = 0L;
    for (int i = at + 1; i < number.length(); i++) {
      if (Character.isDigit(number.charAt(i))) {
        exponent = Math.min(10 * exponent + number.charAt(i) - '0', Integer.MAX_VALUE * 10L);
      }
    }
    return negative ? -exponent : exponent;
  }
}
