package org.smileadventure.common.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.smileadventure.common.statistic.Golden.assertClose;
import static org.smileadventure.common.statistic.Golden.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against R's mantelhaen.test and lm: {@code src/test/r/strata.R}. */
class StrataTest {
  @Test
  void exactTestsAreThoseOfR() {
    Golden.cases("stratified-shares.json")
        .forEach(c -> assertClose(StratifiedTest.exact(shares(c)), c.get("p")));
  }

  private static List<StratifiedTest.Stratum> shares(JsonNode golden) {
    var strata = new ArrayList<StratifiedTest.Stratum>();
    for (var stratum : golden.get("strata")) {
      var n = Arrays.stream(numbers(stratum)).mapToInt(number -> (int) number).toArray();
      strata.add(new StratifiedTest.Stratum(n[0], n[1], n[2], n[3]));
    }
    return strata;
  }

  @Test
  void sidesMayBeSwapped() {
    Golden.cases("stratified-shares.json")
        .forEach(
            c -> {
              var swapped =
                  shares(c).stream()
                      .map(
                          s ->
                              new StratifiedTest.Stratum(
                                  s.otherSuccesses(), s.m(), s.successes(), s.n()))
                      .toList();
              assertClose(StratifiedTest.exact(swapped), c.get("p"));
            });
  }

  @Test
  void whatCouldNotHaveComeOtherwiseTellsNothing() {
    var all = new StratifiedTest.Stratum(4, 4, 9, 9);
    var none = new StratifiedTest.Stratum(0, 4, 0, 9);
    assertThat(all.tells()).isFalse();
    assertThat(none.tells()).isFalse();
    assertThat(StratifiedTest.exact(List.of(all, none))).isEqualTo(1);
    assertThat(StratifiedTest.exact(List.of())).isEqualTo(1);
  }

  @Test
  void differencesOfMeansAreThoseOfR() {
    Golden.cases("stratified-means.json")
        .forEach(
            c -> {
              var means = StratifiedMeans.of(means(c));
              assertClose(means.difference(), c.get("difference"));
              assertClose(means.standardError(), c.get("error"));
              assertClose(means.degreesOfFreedom(), c.get("degrees_of_freedom"));
              assertClose(means.p(), c.get("p"));
              assertThat(means.one() - means.other()).isCloseTo(means.difference(), within(1e-9));
            });
  }

  private static List<StratifiedMeans.Stratum> means(JsonNode golden) {
    var y = numbers(golden.get("y"));
    var stratum = numbers(golden.get("stratum"));
    var side = numbers(golden.get("side"));
    return Arrays.stream(stratum)
        .distinct()
        .mapToObj(
            k -> {
              var with = of(y, i -> stratum[i] == k && side[i] == 1);
              var without = of(y, i -> stratum[i] == k && side[i] == 0);
              return new StratifiedMeans.Stratum(
                  with.length,
                  mean(with),
                  deviations(with),
                  without.length,
                  mean(without),
                  deviations(without));
            })
        .toList();
  }

  private static double[] of(double[] values, IntPredicate which) {
    return IntStream.range(0, values.length).filter(which).mapToDouble(i -> values[i]).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviations(double[] values) {
    var mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  @Test
  void constantsDifferForSureOrNotAtAll() {
    var same = StratifiedMeans.of(List.of(new StratifiedMeans.Stratum(3, 12, 0, 4, 12, 0)));
    assertThat(same.p()).isEqualTo(1);
    assertThat(same.standardError()).isZero();
    var other = StratifiedMeans.of(List.of(new StratifiedMeans.Stratum(3, 12, 0, 4, 13, 0)));
    assertThat(other.p()).isZero();
    assertThat(other.difference()).isEqualTo(-1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StratifiedMeans.of(List.of(new StratifiedMeans.Stratum(1, 12, 0, 1, 13, 0))));
  }
}
