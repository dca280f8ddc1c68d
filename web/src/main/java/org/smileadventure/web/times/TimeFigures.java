package org.smileadventure.web.times;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Window;

/** The figures of a window that are about when, with whom and how regularly. */
public record TimeFigures(
    Window window, BestTime bestTime, Support support, Consistency consistency) {

  /**
   * Of the hours and weekdays with at least three sessions.
   *
   * @param bestHour null: there is none of them, as with bestWeekday
   */
  public record BestTime(
      List<Hour> hours,
      List<Weekday> weekdays,
      @Nullable Integer bestHour,
      @Nullable Integer bestWeekday) {

    /** Less than this between the most and the least engagement tells nothing. */
    private static final double LEAST_EFFECT = 10;

    /** Whether no hour stands out. */
    public boolean isAnyHour() {
      return isAlike(hours.stream().mapToDouble(Hour::engagement).summaryStatistics());
    }

    public boolean isAnyDay() {
      return isAlike(weekdays.stream().mapToDouble(Weekday::engagement).summaryStatistics());
    }

    private static boolean isAlike(DoubleSummaryStatistics engagement) {
      return engagement.getMax() - engagement.getMin() < LEAST_EFFECT;
    }

    public @Nullable Hour best() {
      return hours.stream()
          .filter(hour -> bestHour != null && hour.hour() == bestHour)
          .findFirst()
          .orElse(null);
    }

    public @Nullable Weekday bestDay() {
      return weekdays.stream()
          .filter(day -> bestWeekday != null && day.weekday() == bestWeekday)
          .findFirst()
          .orElse(null);
    }
  }

  /** The sessions that began in an hour of the child's clock. */
  public record Hour(int hour, long n, double engagement) {
    public LocalTime from() {
      return LocalTime.of(hour, 0);
    }

    public LocalTime to() {
      return from().plusHours(1);
    }
  }

  /**
   * The sessions of a day of the week.
   *
   * @param weekday from 1, Monday, to 7
   */
  public record Weekday(int weekday, long n, double engagement) {
    /** Any day that is one. */
    public LocalDate day() {
      return LocalDate.EPOCH.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(weekday)));
    }
  }

  public record Support(Difference engagement, Difference success) {
    /** Whether there is any difference to show. */
    public boolean isTold() {
      return engagement.difference() != null || success.difference() != null;
    }
  }

  /**
   * With somebody at the child's side and without.
   *
   * @param difference with − without; null, as is the interval, where there is too little
   * @param interval where it lies with a confidence of 95 %
   */
  public record Difference(
      Mean with, Mean without, @Nullable Double difference, @Nullable Interval interval) {

    /** What can be told: more, less, none, or too-early. */
    public String told() {
      if (interval == null) {
        return "too-early";
      }
      return interval.low() > 0 ? "more" : interval.high() < 0 ? "less" : "none";
    }
  }

  public record Interval(double low, double high) {}

  public record Mean(long n, @Nullable Double mean) {}

  /**
   * Of completed sessions.
   *
   * @param longestStreak days in a row
   */
  public record Consistency(
      @Nullable Double sessionsPerWeek, long longestStreak, long currentStreak) {}
}
