package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

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
   * @param sessions of the window, in any order
   */
  public static Points of(
      Figure figure, LocalDate first, LocalDate last, Collection<SessionFigures> sessions) {
    var length = ChronoUnit.DAYS.between(first, last) < MOST_DAYS_ONE_BY_ONE ? 1 : DAYS_PER_WEEK;
    // By how many stretches before the last one.
    var stretches = new TreeMap<Long, long[]>((a, b) -> Long.compare(b, a));
    for (var session : sessions) {
      var value = figure.metric().of(session);
      if (value != null && session.status() == Status.COMPLETED) {
        var sums =
            stretches.computeIfAbsent(
                ChronoUnit.DAYS.between(session.day(), last) / length, _ -> new long[2]);
        sums[0]++;
        sums[1] += value;
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
  public static Points ofMonths(Figure figure, WindowMoments moments, LocalDate last) {
    var items = new ArrayList<Point>();
    moments
        .months()
        .forEach(
            (month, sum) -> {
              var values = sum.values(figure.metric());
              if (values.n() > 0) {
                items.add(
                    new Point(
                        month.atDay(1),
                        month.equals(YearMonth.from(last)) ? last : month.atEndOfMonth(),
                        values.n(),
                        figure.mean(values.n(), values.sum())));
              }
            });
    return new Points(
        Grain.MONTH,
        List.copyOf(items.subList(Math.max(0, items.size() - MOST_MONTHS), items.size())));
  }
}
