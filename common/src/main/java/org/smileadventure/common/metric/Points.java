package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.smileadventure.common.fold.Plays;

/**
 * A figure over the days of a window: a mean for each stretch of days that has a value.
 *
 * @param items in their order
 */
public record Points(Grain grain, List<Point> items) {
  /** What a picture has room for. */
  private static final int MOST_DAYS_ONE_BY_ONE = 92;

  private static final int MOST_MONTHS = 120;
  private static final int DAYS_PER_WEEK = 7;

  public enum Grain {
    DAY,
    WEEK,
    MONTH;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The mean of the n values of these days, both ends in it. */
  public record Point(LocalDate from, LocalDate to, long n, double mean) {}

  /**
   * Of a window that has a first day: for each day of one of up to 92 days, or else for each seven
   * days, counted back from the last one.
   *
   * @param plays of the window
   */
  public static Points of(Figure figure, LocalDate first, LocalDate last, Plays plays) {
    var length = ChronoUnit.DAYS.between(first, last) < MOST_DAYS_ONE_BY_ONE ? 1 : DAYS_PER_WEEK;
    // By how many stretches before the last one.
    var stretches = new TreeMap<Long, long[]>((a, b) -> Long.compare(b, a));
    for (int play = 0; play < plays.size(); play++) {
      if (plays.has(figure.metric(), play)) {
        add(stretches, (last.toEpochDay() - plays.epochDay(play)) / length, figure, plays, play);
      }
    }
    var items = new ArrayList<Point>();
    stretches.forEach(
        (back, sums) -> {
          var to = last.minusDays(back * length);
          var from = to.minusDays(length - 1L);
          items.add(
              new Point(
                  from.isBefore(first) ? first : from, to, sums[0], figure.mean(sums[0], sums[1])));
        });
    return new Points(length == 1 ? Grain.DAY : Grain.WEEK, List.copyOf(items));
  }

  /** Of the window of all days that ends on this one: for each of the last 120 months. */
  public static Points ofMonths(Figure figure, LocalDate last, Plays plays) {
    var months = new TreeMap<YearMonth, long[]>();
    for (int play = 0; play < plays.size(); play++) {
      if (plays.has(figure.metric(), play)) {
        add(months, YearMonth.from(plays.day(play)), figure, plays, play);
      }
    }
    var items = new ArrayList<Point>();
    months.forEach(
        (month, sums) ->
            items.add(
                new Point(
                    month.atDay(1),
                    month.equals(YearMonth.from(last)) ? last : month.atEndOfMonth(),
                    sums[0],
                    figure.mean(sums[0], sums[1]))));
    return new Points(
        Grain.MONTH,
        List.copyOf(items.subList(Math.max(0, items.size() - MOST_MONTHS), items.size())));
  }

  private static <K> void add(
      Map<K, long[]> stretches, K key, Figure figure, Plays plays, int play) {
    var sums = stretches.computeIfAbsent(key, _ -> new long[2]);
    sums[0]++;
    sums[1] += plays.value(figure.metric(), play);
  }
}
