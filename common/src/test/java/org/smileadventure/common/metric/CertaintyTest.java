package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With quantiles from a table: of 8 degrees of freedom 2.306 at 95 % and 1.397 at 80 %. */
class CertaintyTest {

  @ParameterizedTest
  @CsvSource({
    "2.4, 20, CLEAR",
    "2.31, 20, CLEAR",
    "2.30, 20, LIKELY",
    "1.40, 20, LIKELY",
    "1.39, 20, UNCLEAR",
    "0, 0, UNCLEAR",
    // However sure, it does not matter.
    "9, 5, UNCLEAR",
    "9, 5.01, CLEAR"
  })
  void isByTheIntervalsOfTheSlopeAndTheLeastEffect(
      double standardErrors, double change, Certainty expected) {
    assertThat(certainty(standardErrors, change)).isEqualTo(expected);
    assertThat(certainty(-standardErrors, -change)).isEqualTo(expected);
  }

  private static Certainty certainty(double slope, double change) {
    return Certainty.of(
        Interval.around(slope, Confidence.standardErrors(8)),
        Interval.around(slope, Confidence.likelyStandardErrors(8)),
        Effect.SCORE.matters(change));
  }

  @Test
  void meansOfFewerThanFourAreTooEarlyThoughTheirIntervalIsTold() {
    var compared = Comparison.of(sample(10, 11, 12), sample(30, 31, 32), Effect.SCORE);
    assertThat(compared.certainty()).isEqualTo(Certainty.TOO_EARLY);
    assertThat(compared.difference()).isEqualTo(-20);
    assertThat(compared.interval()).isNotNull();
  }

  /** Equal variances of 5 ÷ 3: the error is √(5 ÷ 6), with 6 degrees of freedom. */
  @Test
  void differenceOfMeansIsByTheIntervalsAfterWelch() {
    var base = sample(10, 11, 12, 13);
    var compared = Comparison.of(sample(20, 21, 22, 23), base, Effect.SCORE);
    assertThat(compared.certainty()).isEqualTo(Certainty.CLEAR);
    assertThat(compared.interval())
        .satisfies(
            interval ->
                assertThat(interval.low())
                    .isCloseTo(10 - 2.446912 * Math.sqrt(5.0 / 6), within(1e-5)));
    // Of 4 it may be 4 ± 2.2: it is surely there, and does not matter.
    assertThat(Comparison.of(sample(14, 15, 16, 17), base, Effect.SCORE).certainty())
        .isEqualTo(Certainty.UNCLEAR);
    // Variances of 5 ÷ 3 and 60: t is 8.5 ÷ √(185 ÷ 12) = 2.165 of about 3.2 degrees.
    assertThat(Comparison.of(sample(11, 17, 23, 29), base, Effect.SCORE).certainty())
        .isEqualTo(Certainty.LIKELY);
    assertThat(
            Comparison.of(sample(10, 10, 10, 10), sample(10, 10, 10, 10), Effect.SCORE).certainty())
        .isEqualTo(Certainty.UNCLEAR);
  }

  private static Sample sample(int... values) {
    var all = Arrays.stream(values).mapToObj(BigDecimal::valueOf).toList();
    return new Sample(all.size(), sum(all), sum(all.stream().map(v -> v.multiply(v)).toList()));
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
