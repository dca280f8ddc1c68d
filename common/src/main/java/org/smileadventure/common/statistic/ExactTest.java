package org.smileadventure.common.statistic;

import org.apache.commons.statistics.inference.FisherExactTest;

/** Whether two shares differ. */
public final class ExactTest {
  private ExactTest() {}

  /**
   * Fisher's exact test, both sides, of {@code a} successes and {@code b} failures against {@code
   * c} successes and {@code d} failures. Where there are no cases of one kind, there is nothing to
   * tell apart: 1.
   */
  public static double fisher(long a, long b, long c, long d) {
    if (a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0) {
      return 1;
    }
    int[][] table = {
      {Math.toIntExact(a), Math.toIntExact(b)}, {Math.toIntExact(c), Math.toIntExact(d)}
    };
    return Math.clamp(FisherExactTest.withDefaults().test(table).getPValue(), 0, 1);
  }
}
