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
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SingleCaseTest {
  private static final Offset<Double> EXACT = within(1e-15);

  /** The example of SingleCaseES's documentation. */
  @Test
  void nonOverlapIsThatOfSingleCaseEs() {
    var effect =
        of(new double[] {20, 20, 26, 25, 22, 23}, new double[] {28, 25, 24, 27, 30, 30, 29});
    assertThat(effect.nap().value()).isCloseTo(38.5 / 42, EXACT);
    assertThat(effect.tau().value()).isCloseTo(35.0 / 42, EXACT);
    assertThat(effect.pnd()).isCloseTo(5.0 / 7, EXACT);
    assertThat(effect.ird()).isCloseTo(6.0 / 7 - 1.0 / 6, EXACT);
  }

  /** Parker, Vannest, Davis and Sauber (2011). */
  @Test
  void tauUIsThatOfItsPublication() {
    var effect = of(new double[] {3, 3, 4, 5}, new double[] {4, 5, 6, 7, 7});
    assertThat(effect.tau().value()).isCloseTo(16.0 / 20, EXACT);
    assertThat(effect.tauU()).isCloseTo(11.0 / 20, EXACT);
  }

  /** Tarlow (2017). */
  @Test
  void riseThatWasThereBeforeIsNoEffect() {
    var effect = of(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
    assertThat(effect.tau().value()).isEqualTo(1);
    assertThat(effect.tauU()).isCloseTo(0.6, EXACT);
    assertThat(effect.baselineCorrected()).isTrue();
    assertThat(effect.correctedTau().value()).isZero();
    assertThat(effect.correctedTau().standardError()).isCloseTo(Math.sqrt(2.0 / 10), EXACT);
  }

  static Stream<JsonNode> phases() {
    return Golden.cases("phases.json");
  }

  @ParameterizedTest
  @MethodSource("phases")
  void everyValueIsThatOfR(JsonNode phases) {
    var actual =
        SingleCase.of(
            numbers(phases.get("times_a")),
            numbers(phases.get("a")),
            numbers(phases.get("times_b")),
            numbers(phases.get("b")),
            phases.get("up_is_good").asBoolean());
    var expected = phases.get("expected");
    assertClose(actual.medianA(), expected.get("median_a"));
    assertClose(actual.medianB(), expected.get("median_b"));
    assertClose(Objects.requireNonNull(actual.trendPerWeekA()), expected.get("trend_a"));
    assertClose(Objects.requireNonNull(actual.trendPerWeekB()), expected.get("trend_b"));
    assertClose(actual.nap().value(), expected.get("nap"));
    assertClose(actual.nap().standardError(), expected.get("nap_error"));
    assertClose(actual.nap().low(), expected.get("nap_low"));
    assertClose(actual.nap().high(), expected.get("nap_high"));
    assertThat(actual.baselineCorrected()).isEqualTo(expected.get("corrected").asBoolean());
    assertClose(actual.correctedTau().value(), expected.get("corrected_tau"));
    assertClose(actual.pnd(), expected.get("pnd"));
    assertClose(actual.ird(), expected.get("ird"));
    assertClose(actual.tauU(), expected.get("tau_u"));
    var ratio = expected.get("log_response_ratio");
    assertThat(actual.logResponseRatio() == null).isEqualTo(ratio == null);
    if (ratio != null) {
      var estimate = Objects.requireNonNull(actual.logResponseRatio());
      assertClose(estimate.value(), ratio.get("value"));
      assertClose(estimate.standardError(), ratio.get("error"));
    }
  }

  /** Nothing happened between the phases, but for a drift that began before both. */
  @ParameterizedTest
  @CsvSource({"5, 5", "10, 10", "20, 20", "40, 40", "10, 40", "60, 20"})
  void fewChildrenAreToldOfAnEffectThatIsNone(int before, int during) {
    for (var rho : new double[] {0, 0.3, 0.6}) {
      for (var drift : new double[] {0, 0.03, 0.1}) {
        var children = new Simulated(before * 1000L + during + Math.round(100 * (rho + drift)));
        var told =
            IntStream.range(0, 400)
                .filter(
                    _ ->
                        corrected(children.next(before + during, rho, drift), before, 0)
                            .leavesOut(0))
                .count();
        assertThat(told / 400.0).as("rho %s, drift %s", rho, drift).isLessThan(0.08);
      }
    }
  }

  /** With normal values and a level that rises by d: tau of all pairs is 2 Φ(d ÷ √2) − 1. */
  @ParameterizedTest
  @CsvSource({"10, 10", "20, 20", "40, 40", "60, 20"})
  void intervalHoldsTheTruthWhereThereIsAnEffect(int before, int during) {
    double n = before + during;
    var scale = Math.sqrt(before * (double) during / (n * (n - 1) / 2));
    for (var rho : new double[] {0, 0.3, 0.6}) {
      for (var rise : new double[] {1, 2}) {
        var truth =
            scale
                * (2 * NormalDistribution.of(0, 1).cumulativeProbability(rise / Math.sqrt(2)) - 1);
        var children = new Simulated(before + during * 100L + Math.round(10 * (rho + rise)));
        var held =
            IntStream.range(0, 400)
                .filter(
                    _ -> {
                      var tau = corrected(children.next(before + during, rho, 0.02), before, rise);
                      return tau.low() <= truth && truth <= tau.high();
                    })
                .count();
        assertThat(held / 400.0).as("rho %s, rise %s", rho, rise).isGreaterThan(0.92);
      }
    }
  }

  @Test
  void effectWithEnoughDataIsSeen() {
    var children = new Simulated(3);
    var seen =
        IntStream.range(0, 200)
            .filter(_ -> corrected(children.next(80, 0.3, 0), 40, 3).low() > 0)
            .count();
    assertThat(seen).isGreaterThan(160);
  }

  @Property(tries = 300)
  void isAlwaysDefinedWhateverTheTies(
      @ForAll @Size(min = 3, max = 12) List<@IntRange(max = 3) Integer> a,
      @ForAll @Size(min = 3, max = 12) List<@IntRange(max = 3) Integer> b,
      @ForAll @IntRange(min = 1, max = 4) int perDay,
      @ForAll boolean upIsGood) {
    var effect =
        SingleCase.of(
            times(0, a.size(), perDay),
            values(a),
            times(a.size(), b.size(), perDay),
            values(b),
            upIsGood);
    for (var estimate : List.of(effect.nap(), effect.tau(), effect.correctedTau())) {
      assertThat(estimate.standardError()).isFinite().isNotNegative();
      assertThat(estimate.low()).isBetween(-1.0, estimate.likelyLow());
      assertThat(estimate.likelyLow()).isLessThanOrEqualTo(estimate.value() + 1e-9);
      assertThat(estimate.likelyHigh()).isGreaterThanOrEqualTo(estimate.value() - 1e-9);
      assertThat(estimate.high()).isBetween(estimate.likelyHigh(), 1.0);
    }
    assertThat(effect.correctedTau().standardError()).isPositive();
    if (effect.logResponseRatio() != null) {
      assertThat(effect.logResponseRatio().value()).isFinite();
      assertThat(effect.logResponseRatio().standardError()).isFinite();
    }
    assertThat(effect.pnd()).isBetween(0.0, 1.0);
    assertThat(effect.ird()).isBetween(-1.0, 1.0);
  }

  @Property(tries = 200)
  void whatIsGoodOneWayIsBadTheOther(
      @ForAll @Size(min = 5, max = 12) List<@IntRange(max = 40) Integer> a,
      @ForAll @Size(min = 3, max = 12) List<@IntRange(max = 40) Integer> b) {
    var up =
        SingleCase.of(
            times(0, a.size(), 1), values(a), times(a.size(), b.size(), 1), values(b), true);
    var down =
        SingleCase.of(
            times(0, a.size(), 1), values(a), times(a.size(), b.size(), 1), values(b), false);
    assertThat(down.correctedTau().value()).isCloseTo(-up.correctedTau().value(), within(1e-9));
    assertThat(down.correctedTau().low()).isCloseTo(-up.correctedTau().high(), within(1e-9));
    assertThat(down.tau().value()).isCloseTo(-up.tau().value(), within(1e-9));
    assertThat(down.tauU()).isCloseTo(-up.tauU(), within(1e-9));
    assertThat(down.medianB()).isEqualTo(up.medianB());
    assertThat(down.trendPerWeekA()).isEqualTo(up.trendPerWeekA());
  }

  @Test
  void phasesOfOneValueThroughoutDiffersNotAtAll() {
    var effect = of(new double[] {7, 7, 7, 7, 7}, new double[] {7, 7, 7, 7});
    assertThat(effect.nap().value()).isEqualTo(0.5);
    assertThat(effect.correctedTau().value()).isZero();
    assertThat(effect.correctedTau().low()).isLessThan(0);
    assertThat(effect.correctedTau().high()).isGreaterThan(0);
    assertThat(effect.pnd()).isZero();
  }

  /** A line that binary fractions cannot say exactly is a line nevertheless. */
  @Test
  void roundingMakesNoEffect() {
    var times = IntStream.range(0, 40).mapToDouble(i -> i * 1.1 + 0.3).toArray();
    var values = Arrays.stream(times).map(t -> 40 + 0.1 * t).toArray();
    var effect =
        SingleCase.of(
            Arrays.copyOf(times, 20),
            Arrays.copyOf(values, 20),
            Arrays.copyOfRange(times, 20, 40),
            Arrays.copyOfRange(values, 20, 40),
            true);
    assertThat(effect.baselineCorrected()).isTrue();
    assertThat(effect.correctedTau().value()).isZero();
  }

  @Test
  void longPhasesAreComparedToo() {
    var child = new Simulated(1).next(6000, 0.2, 0);
    assertThat(corrected(child, 3000, 0).value()).isBetween(-0.1, 0.1);
  }

  @Property
  void risesAreThoseOfPairsCountedOneByOne(
      @ForAll @Size(max = 40) List<@IntRange(min = -5, max = 5) Integer> list) {
    var values = values(list);
    var s = 0.0;
    for (var i = 0; i < values.length; i++) {
      for (var j = 0; j < i; j++) {
        s += Math.signum(values[i] - values[j]);
      }
    }
    assertThat(SingleCase.rises(values)).isEqualTo(s);
    assertThat(values).containsExactly(values(list));
  }

  @Test
  void aPhaseOfTwoValuesIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(new double[] {1, 2}, new double[] {1, 2, 3}));
  }

  private static Estimate corrected(Simulated.Child child, int before, double rise) {
    var n = child.times().length;
    return SingleCase.of(
            Arrays.copyOf(child.times(), before),
            Arrays.copyOf(child.values(), before),
            Arrays.copyOfRange(child.times(), before, n),
            Arrays.stream(child.values(), before, n).map(value -> value + rise).toArray(),
            true)
        .correctedTau();
  }

  private static SingleCase of(double[] a, double[] b) {
    return SingleCase.of(times(0, a.length, 1), a, times(a.length, b.length, 1), b, true);
  }

  private static double[] times(int from, int n, int perDay) {
    return IntStream.range(from, from + n).map(i -> i / perDay).asDoubleStream().toArray();
  }

  private static double[] values(List<Integer> values) {
    return values.stream().mapToDouble(Integer::doubleValue).toArray();
  }
}
