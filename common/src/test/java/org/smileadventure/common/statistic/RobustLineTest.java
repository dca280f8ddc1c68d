package org.smileadventure.common.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.smileadventure.common.statistic.Golden.assertClose;
import static org.smileadventure.common.statistic.Golden.numbers;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RobustLineTest {
  static Stream<JsonNode> lines() {
    return Golden.cases("lines.json");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void slopeErrorsAndMarginsAreThoseOfSandwich(JsonNode line) {
    var groups = Arrays.stream(numbers(line.get("group"))).mapToInt(g -> (int) g).toArray();
    var expected = line.get("expected");
    var actual =
        RobustLine.within(numbers(line.get("x")), numbers(line.get("y")), groups).orElseThrow();
    assertClose(actual.slope(), expected.get("slope"));
    assertClose(Objects.requireNonNull(actual.lag1()), expected.get("lag1"));
    assertClose(actual.leastSquaresError(), expected.get("least_squares"));
    assertClose(actual.neweyWestError(), expected.get("newey_west"));
    assertClose(actual.standardError(), expected.get("error"));
    assertClose(actual.degreesOfFreedom(), expected.get("degrees_of_freedom"));
    assertClose(actual.margin(), expected.get("margin"));
    assertClose(actual.likelyMargin(), expected.get("likely_margin"));
  }

  /** Without a change, and with one: an interval that misses it tells of what is not there. */
  @ParameterizedTest
  @CsvSource({"8", "12", "20", "50", "200"})
  void fewIntervalsMissTheSlopeWhateverTheAutocorrelationAndTheMissingDays(int n) {
    for (var rho : new double[] {0, 0.3, 0.6}) {
      for (var slope : new double[] {0, 0.1}) {
        var children = new Simulated(n * 31L + Math.round(10 * (rho + slope)));
        var missed =
            IntStream.range(0, 800)
                .filter(
                    _ -> {
                      var child = children.next(n, rho, slope);
                      var line = RobustLine.of(child.times(), child.values());
                      return Math.abs(line.slope() - slope) > line.margin();
                    })
                .count();
        assertThat(missed / 800.0).as("n %d, rho %s", n, rho).isBetween(0.008, 0.08);
      }
    }
  }

  @Test
  void changeToAnEasierScenarioIsNoSlopeWithin() {
    var x = IntStream.range(0, 20).asDoubleStream().toArray();
    var scenario = IntStream.range(0, 20).map(i -> i < 10 ? 1 : 2).toArray();
    var y = IntStream.range(0, 20).mapToDouble(i -> (i < 10 ? 40 : 70) + i % 2).toArray();
    var over = RobustLine.of(x, y);
    var within = RobustLine.within(x, y, scenario).orElseThrow();
    assertThat(over.slope()).isGreaterThan(1.5);
    assertThat(within.slope()).isCloseTo(0, within(0.1));
    assertThat(Math.abs(within.slope())).isLessThan(within.margin());
  }

  @Test
  void oneGroupIsTheLineOverAllAndAGroupOfOneTellsNothing() {
    double[] x = {1, 2, 4, 5, 9};
    double[] y = {3, 1, 4, 1, 5};
    assertThat(RobustLine.within(x, y, new int[5])).contains(RobustLine.of(x, y));
    assertThat(
            RobustLine.within(
                new double[] {1, 2, 3, 4, 5, 9},
                new double[] {3, 1, 99, 4, 1, 5},
                new int[] {7, 7, 8, 7, 7, 7}))
        .contains(RobustLine.of(new double[] {1, 2, 4, 5, 9}, y));
    assertThat(RobustLine.within(x, y, new int[] {1, 1, 2, 2, 3})).isEmpty();
    assertThat(
            RobustLine.within(
                new double[] {1, 1, 1, 2, 2, 2}, new double[6], new int[] {1, 1, 1, 2, 2, 2}))
        .isEmpty();
  }

  @Test
  void pointsOnALineLeaveNoDoubt() {
    var line = RobustLine.of(new double[] {1, 2, 4, 8}, new double[] {0.1, 0.2, 0.4, 0.8});
    assertThat(line.slope()).isCloseTo(0.1, within(1e-15));
    assertThat(line.margin()).isZero();
    assertThat(line.lag1()).isNull();
  }

  @Test
  void tooFewPointsAndPointsAboveEachOtherHaveNoLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RobustLine.of(new double[2], new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RobustLine.of(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 4}));
  }

  @ParameterizedTest
  @CsvSource({"1", "0.1", "0.7", "1e9"})
  void manyPointsOfAGroupAtOneTimeHaveNoLineEither(double time) {
    var x = new double[12];
    Arrays.fill(x, 1, 11, time);
    x[11] = 2 * time;
    var y = IntStream.range(0, 12).mapToDouble(i -> 50 + i * 7 % 5).toArray();
    var group = new int[12];
    Arrays.fill(group, 1, 11, 1);
    group[11] = 2;
    assertThat(RobustLine.within(x, y, group)).isEmpty();
  }

  @Property
  void isAlwaysDefinedAndNeverSurerThanLeastSquares(
      @ForAll @Size(min = 4, max = 30) List<@IntRange(max = 3) Integer> gaps,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 3) Integer> values) {
    var x = new double[gaps.size()];
    var y = new double[gaps.size()];
    for (var i = 0; i < x.length; i++) {
      x[i] = gaps.get(i) + (i > 0 ? x[i - 1] : 0);
      y[i] = values.get(i);
    }
    var groups = values.stream().limit(x.length).mapToInt(v -> v / 2).toArray();
    RobustLine.within(x, y, groups).ifPresent(RobustLineTest::assertDefined);
    if (x[x.length - 1] > x[0]) {
      assertDefined(RobustLine.of(x, y));
    }
  }

  private static void assertDefined(RobustLine line) {
    assertThat(line.margin()).isFinite().isGreaterThanOrEqualTo(line.likelyMargin());
    assertThat(line.slope()).isFinite();
    assertThat(line.standardError()).isGreaterThanOrEqualTo(line.leastSquaresError());
  }
}
