package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.uuid.Generators;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.WithinScenarios.Agreement;

class TrendTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

  private record Played(int day, @Nullable String scenario, int score) {}

  private static Stream<Played> played(
      int from, int n, IntFunction<String> scenario, IntFunction<Integer> score) {
    return IntStream.range(from, from + n)
        .mapToObj(day -> new Played(day, scenario.apply(day), score.apply(day)));
  }

  private static Trend trend(Stream<Played> played) {
    var random = new Random(1);
    var sessions = new ArrayList<SessionFigures>();
    played.forEach(one -> sessions.add(session(one, random)));
    return Trend.of(
        Series.of(
            WindowMoments.of(
                List.of(),
                sessions,
                List.of(),
                new WindowMoments.Surroundings(null, null, null, null)),
            Metric.SCORE),
        Effect.SCORE);
  }

  private static SessionFigures session(Played played, Random random) {
    var day = FIRST.plusDays(played.day());
    var start = day.atTime(12, 0).toInstant(ZoneOffset.UTC).plusMillis(random.nextInt(1_000_000));
    return new SessionFigures(
        new SessionId(Generators.timeBasedEpochGenerator(random).construct(start.toEpochMilli())),
        new ChildId(1),
        start,
        day,
        12,
        "dental_visit",
        played.scenario(),
        Status.COMPLETED,
        false,
        null,
        1,
        0,
        0,
        0,
        played.score(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Some noise that is no pattern. */
  private static int noise(int day) {
    return (day * 7 + day * day * 3) % 11 - 5;
  }

  @Test
  void changeToAnEasierScenarioIsNoProgress() {
    var trend =
        trend(
            played(
                0,
                40,
                day -> day < 20 + day % 3 * 4 - 4 ? "hard" : "easy",
                day -> (day < 20 + day % 3 * 4 - 4 ? 40 : 80) + noise(day)));
    assertThat(trend.within().agreement()).isEqualTo(Agreement.ONLY_OVER_ALL);
    assertThat(Objects.requireNonNull(trend.interval()).low()).isPositive();
    assertThat(Objects.requireNonNull(trend.within().interval()).leavesOut(0)).isFalse();
    assertThat(trend.direction()).isEqualTo(Trend.Direction.STABLE);
    assertThat(trend.certainty()).isEqualTo(Certainty.UNCLEAR);
    assertThat(trend.within().scenarios()).isEqualTo(2);
  }

  /** In each scenario it falls, and the child moves on to those where it is higher. */
  @Test
  void scenariosThatFallAreToldThoughTheWholeRises() {
    var trend =
        trend(
            played(
                0, 60, day -> "s" + day / 15, day -> 30 + day / 15 * 30 - day % 15 + noise(day)));
    assertThat(trend.within().agreement()).isEqualTo(Agreement.OPPOSITE);
    assertThat(trend.direction()).isEqualTo(Trend.Direction.STABLE);
  }

  @Test
  void progressThatHarderScenariosHideIsSeenWithinThem() {
    var trend =
        trend(played(0, 60, day -> "s" + day / 15, day -> 50 - day / 15 * 15 + day + noise(day)));
    assertThat(trend.within().agreement()).isEqualTo(Agreement.ONLY_WITHIN);
    assertThat(Objects.requireNonNull(trend.within().slopePerWeek())).isBetween(6.0, 8.0);
    assertThat(trend.direction()).isEqualTo(Trend.Direction.STABLE);
  }

  @Test
  void progressInAllScenariosIsProgress() {
    var trend = trend(played(0, 30, day -> "s" + day % 3, day -> 20 + 2 * day + noise(day)));
    assertThat(trend.within().agreement()).isEqualTo(Agreement.AGREES);
    assertThat(trend.direction()).isEqualTo(Trend.Direction.IMPROVING);
    assertThat(trend.certainty()).isEqualTo(Certainty.CLEAR);
  }

  @Test
  void withoutEnoughSessionsOfAScenarioTheTrendOverAllStandsAlone() {
    var trend = trend(played(0, 30, day -> "s" + day, day -> 20 + 2 * day));
    assertThat(trend.within().agreement()).isNull();
    assertThat(trend.within().slopePerWeek()).isNull();
    assertThat(trend.within().lack()).isNotNull();
    assertThat(trend.direction()).isEqualTo(Trend.Direction.IMPROVING);
  }

  /** As two lots of six it may have been one step; twelve values that are all alike tell little. */
  @Test
  void valuesThatResembleEachOtherAreLessSure() {
    var trend = trend(played(0, 12, _ -> "s", day -> day < 6 ? 50 + day % 2 : 60 + day % 2));
    assertThat(trend.lag1()).isCloseTo(0.3780487804878049, within(1e-12));
    // By least squares alone it would be 7 × 0.219.
    assertThat(trend.standardError()).isCloseTo(7 * 0.5124202317916596, within(1e-12));
  }

  @Test
  void constantSeriesIsSureOfNoChange() {
    var trend = trend(played(0, 9, day -> "s" + day % 2, _ -> 67));
    assertThat(trend.slopePerWeek()).isEqualTo(0);
    assertThat(trend.standardError()).isEqualTo(0);
    assertThat(trend.interval()).isEqualTo(new Interval(0, 0));
    assertThat(trend.lag1()).isNull();
    assertThat(trend.certainty()).isEqualTo(Certainty.UNCLEAR);
    assertThat(trend.within().agreement()).isEqualTo(Agreement.AGREES);
  }

  @Test
  void twoSessionsAndManyOnOneDayHaveAReason() {
    assertHasNoLine(trend(played(0, 2, _ -> "s", day -> day)));
    assertHasNoLine(
        trend(played(0, 20, _ -> "s", day -> day).map(p -> new Played(0, "s", p.day()))));
    assertHasNoLine(trend(Stream.of()));
  }

  private static void assertHasNoLine(Trend trend) {
    assertThat(trend.direction()).isNull();
    assertThat(trend.certainty()).isEqualTo(Certainty.TOO_EARLY);
    assertThat(trend.interval()).isNull();
    assertThat(trend.lag1()).isNull();
    assertThat(trend.lack()).isNotNull();
    assertThat(trend.within().lack()).isNotNull();
  }

  /** Each scenario was played on one day only: nothing passes within it. */
  @Test
  void scenariosOfOneDayEachTellNothingOfTime() {
    var trend =
        trend(
            played(0, 24, day -> "s", day -> day)
                .map(p -> new Played(p.day() / 4, "s" + p.day() / 4, p.day())));
    assertThat(trend.within().n()).isEqualTo(24);
    assertThat(trend.within().slopePerWeek()).isNull();
    assertThat(trend.within().lack()).isNotNull();
  }

  @Test
  void figuresAreNeverNotANumber() {
    var random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      var n = random.nextInt(20);
      var most = 1 + random.nextInt(3);
      var trend =
          trend(
              IntStream.range(0, n)
                  .mapToObj(
                      _ ->
                          new Played(
                              random.nextInt(1 + random.nextInt(30)),
                              random.nextInt(4) == 0 ? null : "s" + random.nextInt(4),
                              random.nextInt(most))));
      Stream.of(
              trend.slopePerWeek(),
              trend.standardError(),
              trend.change(),
              trend.lag1(),
              trend.interval() == null ? null : trend.interval().high(),
              trend.within().slopePerWeek(),
              trend.within().standardError(),
              trend.within().change(),
              trend.within().interval() == null ? null : trend.within().interval().low())
          .filter(Objects::nonNull)
          .forEach(figure -> assertThat(figure).isFinite());
      if (trend.lag1() != null) {
        assertThat(trend.lag1()).isBetween(-1.0, 1.0);
      }
    }
  }
}
