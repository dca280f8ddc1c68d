package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.common.metric.DaysWithoutPlay.Stretch;
import org.smileadventure.common.metric.PhaseEffect.Reading;
import org.smileadventure.common.metric.PhaseEffect.Value;

class PhaseEffectTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static <T> T known(@Nullable T told) {
    return Objects.requireNonNull(told);
  }

  private static List<Value> values(int from, double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Value(FIRST.plusDays(from + i), values[i]))
        .toList();
  }

  private static PhaseEffect score(double[] a, double[] b) {
    return PhaseEffect.of(PhaseFigure.SCORE, values(0, a), values(a.length, b));
  }

  private static double[] line(int n, double start, double step) {
    return DoubleStream.iterate(start, x -> x + step).limit(n).toArray();
  }

  @Test
  void riseThatGoesOnIsNoEffectOfThePhase() {
    var effect = score(line(20, 10, 2), line(20, 50, 2));
    assertThat(effect.reading()).isEqualTo(Reading.ALREADY_BETTER);
    assertThat(effect.certainty()).isEqualTo(Certainty.UNCLEAR);
    assertThat(known(effect.change()).tau().value()).isEqualTo(1);
    assertThat(known(effect.change()).correctedTau().value()).isCloseTo(0, within(1e-9));
    assertThat(known(effect.change()).beyondTrend()).isCloseTo(0, within(1e-9));
    assertThat(known(effect.line()).valueFrom()).isCloseTo(10, within(1e-6));
    assertThat(known(effect.line()).valueTo()).isCloseTo(88, within(1e-6));
  }

  /** Where down is good, the same values are the opposite. */
  @Test
  void fallIsGoodWhereLessIsBetter() {
    var before = new Random(1).doubles(20, 58, 62).toArray();
    var during = new Random(2).doubles(20, 28, 32).toArray();
    var distress = PhaseEffect.of(PhaseFigure.DISTRESS, values(0, before), values(20, during));
    assertThat(distress.reading()).isEqualTo(Reading.BETTER);
    assertThat(distress.certainty()).isEqualTo(Certainty.CLEAR);
    assertThat(known(distress.change()).level()).isNegative();
    assertThat(known(distress.change()).nap().value()).isEqualTo(1);
    assertThat(score(before, during).reading()).isEqualTo(Reading.WORSE);
  }

  @Test
  void differenceThatDoesNotMatterIsNone() {
    var effect = score(line(20, 50, 0), line(20, 54, 0));
    assertThat(known(effect.change()).nap().value()).isEqualTo(1);
    assertThat(effect.reading()).isEqualTo(Reading.SAME);
  }

  @Test
  void belowThreeNothingIsToldAndBelowFiveNothingIsClear() {
    var nothing = score(line(20, 50, 0), line(2, 90, 0));
    assertThat(nothing.certainty()).isEqualTo(Certainty.TOO_EARLY);
    assertThat(nothing.change()).isNull();
    assertThat(known(nothing.lack()).nNeeded()).isEqualTo(3);
    var few = score(new Random(3).doubles(40, 48, 52).toArray(), line(4, 90, 0.5));
    assertThat(few.reservations()).isTrue();
    assertThat(few.certainty()).isNotEqualTo(Certainty.CLEAR);
    assertThat(score(line(5, 1, 0), line(5, 1, 0)).reservations()).isFalse();
  }

  /** Whatever comes, on however few days: numbers, and words that go with them. */
  @ParameterizedTest
  @EnumSource
  void neverTellsWhatIsNoNumber(PhaseFigure figure) {
    var random = new Random(figure.wireName().length());
    for (int i = 0; i < 200; i++) {
      var days = 1 + random.nextInt(9);
      var kinds = 1 + random.nextInt(3);
      var a = some(random, 0, days, kinds);
      var b = some(random, days, days, kinds);
      var effect = PhaseEffect.of(figure, a, b);
      assertThat(effect.toString()).doesNotContain("NaN", "Infinity");
      assertThat(effect.certainty() == Certainty.TOO_EARLY)
          .isEqualTo(Math.min(a.size(), b.size()) < 3);
      assertThat(effect.certainty().tells())
          .isEqualTo(
              Set.of(
                      Reading.BETTER,
                      Reading.WORSE,
                      Reading.BETTER_THAN_GOING,
                      Reading.WORSE_THAN_GOING)
                  .contains(effect.reading()));
    }
  }

  private static List<Value> some(Random random, int from, int days, int kinds) {
    return IntStream.range(0, random.nextInt(9))
        .map(_ -> from + random.nextInt(days))
        .sorted()
        .mapToObj(day -> new Value(FIRST.plusDays(day), 50.0 * random.nextInt(kinds)))
        .toList();
  }

  @Test
  void daysWithoutPlayAreCountedUpToYesterday() {
    var played = Set.of(FIRST.plusDays(1), FIRST.plusDays(4));
    assertThat(DaysWithoutPlay.of(FIRST, FIRST.plusDays(9), FIRST.plusDays(6), played::contains))
        .isEqualTo(
            new DaysWithoutPlay(
                4,
                6,
                List.of(
                    new Stretch(FIRST, FIRST),
                    new Stretch(FIRST.plusDays(2), FIRST.plusDays(3)),
                    new Stretch(FIRST.plusDays(5), FIRST.plusDays(5)))));
    assertThat(
            DaysWithoutPlay.of(FIRST, FIRST.plusDays(9), FIRST.plusDays(4), played::contains).of())
        .isEqualTo(5);
    assertThat(DaysWithoutPlay.of(FIRST, FIRST.plusDays(9), FIRST, played::contains))
        .isEqualTo(DaysWithoutPlay.NONE);
    var year =
        DaysWithoutPlay.of(FIRST, FIRST.plusDays(364), FIRST.plusDays(500), played::contains);
    assertThat(year.days()).isEqualTo(363);
    assertThat(year.stretches())
        .containsExactly(new Stretch(FIRST.plusDays(5), FIRST.plusDays(364)));
    assertThat(year.longest()).isEqualTo(year.stretches().getFirst());
  }

  @Test
  void muchLessPlayAndMoreGivenUpAreNoticed() {
    var before = new PlayPace(30, 20, 20, 2);
    assertThat(new PlayPace(30, 9, 9, 0).isMuchLessThan(before)).isTrue();
    assertThat(new PlayPace(30, 10, 10, 0).isMuchLessThan(before)).isFalse();
    assertThat(new PlayPace(60, 19, 19, 0).isMuchLessThan(before)).isTrue();
    assertThat(new PlayPace(30, 1, 1, 0).isMuchLessThan(new PlayPace(30, 4, 4, 0))).isFalse();
    assertThat(new PlayPace(30, 20, 20, 4).isMoreOftenAbandonedThan(before)).isTrue();
    assertThat(new PlayPace(30, 20, 20, 3).isMoreOftenAbandonedThan(before)).isFalse();
    assertThat(new PlayPace(30, 4, 4, 4).isMoreOftenAbandonedThan(before)).isFalse();
  }
}
