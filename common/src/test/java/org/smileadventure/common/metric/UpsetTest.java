package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.metric.Upset.Part;

class UpsetTest {
  /** The examples of Newcombe, Statistics in Medicine 17 (1998), method 10, table II. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void differenceOfSharesIsThatOfNewcombe(
      long n, long of, long other, long ofOther, double low, double high) {
    var interval = Upset.difference(new Part(n, of), new Part(other, ofOther), 1.959963984540054);
    assertThat(interval.low()).isCloseTo(low, within(1e-4));
    assertThat(interval.high()).isCloseTo(high, within(1e-4));
  }
}
