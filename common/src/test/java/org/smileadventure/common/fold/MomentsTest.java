package org.smileadventure.common.fold;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MomentsTest {
  private static final WindowMoments.Surroundings ALONE =
      new WindowMoments.Surroundings(null, null, null, null);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mergingIsAssociativeAndCommutative(long seed) {
    var parts = parts(new Random(seed));
    var a = parts.get(0);
    var b = parts.get(1);
    var c = parts.get(2);
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    assertThat(a.plus(Moments.NONE)).isEqualTo(a);
    assertThat(Moments.NONE.plus(a)).isEqualTo(a);
  }

  private static List<Moments> parts(Random random) {
    return Stream.generate(
            () -> {
              var figures = new RandomFigures(random);
              return Moments.of(
                  figures.sessions(random.nextInt(8)), figures.activities(random.nextInt(4)));
            })
        .limit(3)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyPartitionInAnyOrderMergesToTheSame(long seed) {
    var random = new Random(seed);
    var figures = new RandomFigures(random);
    var sessions = figures.sessions(random.nextInt(40));
    var activities = figures.activities(random.nextInt(10));
    var singles =
        Stream.concat(sessions.stream().map(Moments::of), activities.stream().map(Moments::of))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(singles, random);
    while (singles.size() > 1) {
      var one = singles.remove(random.nextInt(singles.size()));
      var other = random.nextInt(singles.size());
      singles.set(other, singles.get(other).plus(one));
    }
    assertThat(singles.isEmpty() ? Moments.NONE : singles.getFirst())
        .isEqualTo(Moments.of(sessions, activities));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void documentReadsBackAsItWasWritten(long seed) {
    var random = new Random(seed);
    var figures = new RandomFigures(random);
    var moments = Moments.of(figures.sessions(random.nextInt(60)), figures.activities(5));
    assertThat(Moments.parse(moments.toBytes()).toBytes()).isEqualTo(moments.toBytes());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void windowOfSummarisedMonthsIsThatOfItsSessions(long seed) {
    var random = new Random(seed);
    var figures = new RandomFigures(random);
    var sessions = figures.sessions(random.nextInt(80));
    var activities = figures.activities(random.nextInt(10));
    var summaries = new TreeMap<YearMonth, Moments>();
    var live = new ArrayList<SessionFigures>();
    var liveActivities = new ArrayList<ActivityFigures>();
    var byMonth = sessions.stream().collect(Collectors.groupingBy(s -> YearMonth.from(s.day())));
    for (var month : Stream.of(10, 11, 12).map(m -> YearMonth.of(2025, m)).toList()) {
      if (random.nextBoolean()) {
        var ofMonth = activities.stream().filter(a -> isOf(month, a)).toList();
        var whole = Moments.of(byMonth.getOrDefault(month, List.of()), ofMonth);
        summaries.put(month, Moments.parse(whole.toBytes()));
      }
    }
    sessions.stream()
        .filter(s -> !summaries.containsKey(YearMonth.from(s.day())))
        .forEach(live::add);
    activities.stream()
        .filter(a -> !summaries.containsKey(YearMonth.from(a.day())))
        .forEach(liveActivities::add);
    Collections.shuffle(live, random);

    var expected = WindowMoments.of(List.of(), sessions, activities, ALONE);
    var actual = WindowMoments.of(summaries.values(), live, liveActivities, ALONE);

    assertThat(actual.moments()).isEqualTo(expected.moments());
    assertSameValuesInTheirOrder(actual.plays(), sessions);
    assertThat(actual.summaryDays() + actual.liveDays()).isEqualTo(expected.liveDays());
  }

  private static void assertSameValuesInTheirOrder(Plays plays, List<SessionFigures> sessions) {
    var inOrder =
        sessions.stream()
            .filter(session -> session.status() == Status.COMPLETED)
            .sorted(comparing(SessionFigures::startedAt).thenComparing(SessionFigures::id))
            .toList();
    assertThat(plays.size()).isEqualTo(inOrder.size());
    for (int play = 0; play < plays.size(); play++) {
      var session = inOrder.get(play);
      assertThat(plays.day(play)).isEqualTo(session.day());
      assertThat(plays.scenario(play)).isEqualTo(session.scenario());
      assertThat(plays.supported(play)).isEqualTo(session.supported());
      for (var metric : Metric.values()) {
        assertThat(plays.has(metric, play) ? plays.value(metric, play) : null)
            .isEqualTo(metric.of(session));
      }
    }
    for (var metric : Metric.values()) {
      assertAddsUp(
          plays, metric, inOrder.stream().map(metric::of).filter(Objects::nonNull).toList());
    }
  }

  private static void assertAddsUp(Plays plays, Metric metric, List<Long> series) {
    var values = plays.values(metric);
    assertThat(values.n()).isEqualTo(series.size());
    assertThat(values.sum()).isEqualTo(series.stream().mapToLong(v -> v).sum());
    assertThat(values.sumSq())
        .isEqualTo(
            series.stream()
                .map(BigInteger::valueOf)
                .map(v -> v.multiply(v))
                .reduce(BigInteger.ZERO, BigInteger::add));
    assertThat(plays.earlySum(metric))
        .isEqualTo(series.stream().limit(series.size() / 2).mapToLong(v -> v).sum());
  }

  private static boolean isOf(YearMonth month, ActivityFigures activity) {
    return YearMonth.from(activity.day()).equals(month);
  }

  @Test
  void documentOfSomethingElseIsRefused() {
    var document = Moments.NONE.toBytes();
    assertThatThrownBy(() -> Moments.parse(Arrays.copyOf(document, document.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Moments.parse(Arrays.copyOf(document, document.length - 1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** If it is another, documents that are stored would be misread: raise the shape, then this. */
  @Test
  void formIsThatOfTheShape() {
    var figures = new RandomFigures(new Random(7));
    var document = Moments.of(figures.sessions(60), figures.activities(20)).toBytes();
    assertThat(List.of(Moments.SHAPE, Arrays.hashCode(document)))
        .isEqualTo(List.of((short) 5, -1673944814));
  }
}
