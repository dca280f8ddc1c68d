package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFitTest {
  private static final double NINE_DIGITS = 1e-9;

  private record Point(BigDecimal x, BigDecimal y) {
    static Point of(String x, String y) {
      return new Point(new BigDecimal(x), new BigDecimal(y));
    }
  }

  /** NIST Statistical Reference Datasets, linear regression, Norris: y, then x. */
  private static final String NORRIS =
      """
      0.1 0.2, 338.8 337.4, 118.1 118.2, 888.0 884.6, 9.2 10.1, 228.1 226.5, 668.5 666.3, 998.5 996.3,
      449.1 448.6, 778.9 777.0, 559.2 558.2, 0.3 0.4, 0.1 0.6, 778.1 775.5, 668.8 666.9, 339.3 338.0,
      448.9 447.5, 10.8 11.6, 557.7 556.0, 228.3 228.1, 998.0 995.8, 888.8 887.6, 119.6 120.2, 0.3 0.3,
      0.6 0.3, 557.6 556.8, 339.3 339.1, 888.0 887.2, 998.5 999.0, 778.9 779.0, 10.2 11.1, 117.6 118.3,
      228.9 229.2, 668.4 669.1, 449.2 448.9, 0.2 0.5
      """;

  @Test
  void norrisOfNistHasTheCertifiedValues() {
    var points =
        NORRIS
            .lines()
            .flatMap(line -> List.of(line.split(",")).stream())
            .filter(pair -> !pair.isBlank())
            .map(pair -> pair.strip().split(" "))
            .map(pair -> Point.of(pair[1], pair[0]))
            .toList();
    assertThat(points).hasSize(36);
    var fit = fit(points);
    assertClose(fit.intercept(), -0.262323073774029);
    assertClose(fit.slope(), 1.00211681802045);
    assertClose(fit.standardError(), 0.429796848199937E-03);
    assertClose(fit.residualDeviation(), 0.884796396144373);
  }

  @ParameterizedTest
  @CsvSource({ // the 0.975 column of the usual tables, in more digits
    "1, 12.706204736",
    "2, 4.302652730",
    "5, 2.570581836",
    "10, 2.228138852",
    "30, 2.042272456",
    "120, 1.979930405"
  })
  void quantilesAreThoseOfTheTables(double degreesOfFreedom, double quantile) {
    assertThat(Confidence.standardErrors(degreesOfFreedom)).isCloseTo(quantile, within(1e-8));
  }

  @Test
  void pointsOnALineLeaveNoDoubt() {
    var fit = fit(List.of(Point.of("1", "0.3"), Point.of("2", "0.6"), Point.of("4", "1.2")));
    assertThat(fit.slope()).isEqualTo(0.3);
    assertThat(fit.standardError()).isZero();
    assertThat(fit.at(10)).isEqualTo(3.0);
  }

  @Test
  void pointsAboveEachOtherAndTwoPointsHaveNoLine() {
    var one = Point.of("3", "1");
    assertThatIllegalArgumentException().isThrownBy(() -> fit(List.of(one, one, one)));
    assertThatIllegalArgumentException().isThrownBy(() -> fit(List.of(one, Point.of("4", "1"))));
  }

  /** Days are counted from 2000: that must not cost digits. */
  @Property
  void howFarAwayThePointsLieMakesNoDifference(
      @ForAll @Size(min = 3, max = 20) List<@IntRange(min = -1000, max = 1000) Integer> values,
      @ForAll @IntRange(max = 1_000_000_000) int distance) {
    var near = fit(points(values, 0));
    var far = fit(points(values, distance));
    assertThat(far.slope()).isEqualTo(near.slope());
    assertThat(far.standardError()).isEqualTo(near.standardError());
  }

  private static List<Point> points(List<Integer> values, int distance) {
    return java.util.stream.IntStream.range(0, values.size())
        .mapToObj(
            i ->
                new Point(
                    BigDecimal.valueOf((long) distance + i), BigDecimal.valueOf(values.get(i))))
        .toList();
  }

  private static LineFit fit(List<Point> points) {
    var x = BigDecimal.ZERO;
    var xx = BigDecimal.ZERO;
    var y = BigDecimal.ZERO;
    var yy = BigDecimal.ZERO;
    var xy = BigDecimal.ZERO;
    for (var point : points) {
      x = x.add(point.x());
      xx = xx.add(point.x().multiply(point.x()));
      y = y.add(point.y());
      yy = yy.add(point.y().multiply(point.y()));
      xy = xy.add(point.x().multiply(point.y()));
    }
    return LineFit.of(points.size(), x, xx, y, yy, xy);
  }

  private static void assertClose(double actual, double certified) {
    assertThat(actual).isCloseTo(certified, within(Math.abs(certified) * NINE_DIGITS));
  }
}
