package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;

/**
 * When the child is engaged most, by its own clock. Hours and days of the week with fewer than 3
 * sessions are not told.
 *
 * @param bestWeekday from 1, Monday, to 7
 */
public record BestTime(
    List<Hour> hours,
    List<Weekday> weekdays,
    @Nullable Integer bestHour,
    @Nullable Integer bestWeekday,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 3;

  public record Hour(int hour, long n, double engagement) {}

  public record Weekday(int weekday, long n, double engagement) {}

  static BestTime of(WindowMoments moments) {
    var hours = told(moments.hours()).map(c -> new Hour(c.cell(), c.n(), mean(c))).toList();
    var weekdays =
        told(moments.weekdays()).map(c -> new Weekday(c.cell(), c.n(), mean(c))).toList();
    return new BestTime(
        hours,
        weekdays,
        hours.stream()
            .min(
                Comparator.comparingDouble(Hour::engagement)
                    .reversed()
                    .thenComparingInt(Hour::hour))
            .map(Hour::hour)
            .orElse(null),
        weekdays.stream()
            .min(
                Comparator.comparingDouble(Weekday::engagement)
                    .reversed()
                    .thenComparingInt(Weekday::weekday))
            .map(Weekday::weekday)
            .orElse(null),
        hours.isEmpty() || weekdays.isEmpty() ? Lack.ofCases(LEAST_N) : null);
  }

  @Nullable Hour best() {
    return hours.stream()
        .filter(hour -> bestHour != null && hour.hour() == bestHour)
        .findFirst()
        .orElse(null);
  }

  private static Stream<WindowMoments.Cell> told(List<WindowMoments.Cell> cells) {
    return cells.stream()
        .filter(cell -> cell.n() >= LEAST_N)
        .sorted(Comparator.comparingInt(WindowMoments.Cell::cell));
  }

  private static double mean(WindowMoments.Cell cell) {
    return Sample.quotient(cell.sum(), cell.n());
  }
}
