package org.smileadventure.query.picture;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.query.picture.Frame.Mark;

/** Where the ticks of an axis are: few, at numbers and days that are easy to say. */
final class Steps {
  private static final int MOST = 5;
  private static final int MOST_DAYS = 4;
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};
  private static final int[] DAYS = {1, 2, 3, 4, 7, 14};
  private static final int[] MONTHS = {1, 2, 3, 4, 6, 12, 24, 36, 60, 120};
  private static final int DAYS_OF_MONTHS = 50;
  private static final int DAYS_OF_YEARS = 200;

  private Steps() {}

  /** The end of an axis from 0 on which a value has room. */
  static double roundUp(double value) {
    if (value <= 0) {
      return 1;
    }
    var step = step(value);
    return Math.ceil(value / step - 1e-9) * step;
  }

  static List<Mark> numbers(double low, double high, Language language) {
    var step = step(high - low);
    var marks = new ArrayList<Mark>();
    for (var i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      marks.add(
          new Mark(i * step, Words.PICTURES.text(language, "tick", Map.of("value", i * step))));
    }
    return marks;
  }

  private static double step(double range) {
    var power = Math.pow(10, Math.floor(Math.log10(range / (MOST - 1))));
    for (var round : ROUND) {
      if (range / (round * power) <= MOST) {
        return round * power;
      }
    }
    return 10 * power;
  }

  /** By epoch days. */
  static List<Mark> days(LocalDate from, LocalDate to, Language language) {
    var days = ChronoUnit.DAYS.between(from, to);
    var marks = new ArrayList<Mark>();
    if (days < DAYS_OF_MONTHS) {
      var step = first(DAYS, days);
      for (var day = to; !day.isBefore(from); day = day.minusDays(step)) {
        marks.add(mark(day, "day", language));
      }
      return marks.reversed();
    }
    var step = first(MONTHS, ChronoUnit.MONTHS.between(from, to));
    for (var day = from.withDayOfMonth(1).plusMonths(1);
        !day.isAfter(to);
        day = day.plusMonths(1)) {
      if ((day.getYear() * 12 + day.getMonthValue() - 1) % step == 0) {
        marks.add(mark(day, days < DAYS_OF_YEARS ? "day" : "month", language));
      }
    }
    return marks;
  }

  private static int first(int[] steps, long range) {
    for (var step : steps) {
      if (range / step < MOST_DAYS) {
        return step;
      }
    }
    return steps[steps.length - 1];
  }

  private static Mark mark(LocalDate day, String key, Language language) {
    return new Mark(
        (double) day.toEpochDay(), Words.PICTURES.text(language, key, Map.of("day", day)));
  }
}
