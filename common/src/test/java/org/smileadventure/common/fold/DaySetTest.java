package org.smileadventure.common.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DaySetTest {
  private static final LocalDate START = LocalDate.of(2023, 11, 20);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsTheDaysThatWerePutIn(long seed) {
    var random = new Random(seed);
    var days = new TreeSet<LocalDate>();
    var set = DaySet.NONE;
    for (int i = random.nextInt(60); i > 0; i--) {
      var day = START.plusDays(random.nextInt(120));
      days.add(day);
      set = random.nextBoolean() ? set.with(day) : DaySet.of(day).plus(set);
    }
    assertThat(set.size()).isEqualTo(days.size());
    assertThat(set.first()).isEqualTo(days.isEmpty() ? null : days.first());
    assertThat(set.last()).isEqualTo(days.isEmpty() ? null : days.last());
    var out = new ByteWriter();
    set.write(out);
    assertThat(DaySet.read(new ByteReader(out.written()))).isEqualTo(set);
    assertThat(set.plus(set)).isEqualTo(set);
  }

  @Test
  void streakGoesOverTheEndsOfMonthsAndYears() {
    var set = DaySet.NONE;
    for (var day = LocalDate.of(2023, 12, 30); day.isBefore(LocalDate.of(2024, 1, 3)); ) {
      set = set.with(day);
      day = day.plusDays(1);
    }
    set = set.with(LocalDate.of(2024, 2, 29)).with(LocalDate.of(2024, 3, 1));
    assertThat(set.streak()).isEqualTo(new DaySet.Streak(4, 2));
  }

  @Test
  void lastDayOfALongMonthIsADay() {
    var day = LocalDate.of(2026, 1, 31);
    assertThat(DaySet.of(day).first()).isEqualTo(day);
    assertThat(DaySet.of(day).last()).isEqualTo(day);
    assertThat(DaySet.of(day).streak()).isEqualTo(new DaySet.Streak(1, 1));
  }
}
