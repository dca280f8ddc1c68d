package org.smileadventure.query.analytics;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.store.DayRange;

/**
 * The days that are asked about: a window that ends today, or from one day to another.
 *
 * @param name of the window, or {@code custom}
 * @param days of the window, today among them; null: all, or custom
 * @param from null unless custom, as is {@code to}
 */
public record Period(
    String name, @Nullable Integer days, @Nullable LocalDate from, @Nullable LocalDate to) {
  private static final String CUSTOM = "custom";
  private static final int MOST_DAYS = 366;
  // Of the years that PostgreSQL reads as Java writes them.
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

  /**
   * The period that the parameters tell; of none of them, the last 30 days.
   *
   * @throws BadParameterException if they tell none
   */
  public static Period of(@Nullable String window, @Nullable String from, @Nullable String to) {
    if (from == null && to == null) {
      return of(window == null ? Window.MONTH : named(window));
    }
    if (window != null) {
      throw new BadParameterException("window", "left out where from and to are given", window);
    }
    var first = day("from", from);
    var last = day("to", to);
    if (last.isBefore(first)) {
      throw new BadParameterException("to", "no day before " + first, last.toString());
    }
    if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
      throw new BadParameterException(
          "to", "a day of the " + MOST_DAYS + " that begin with from", last.toString());
    }
    return new Period(CUSTOM, null, first, last);
  }

  static Period of(Window window) {
    return new Period(window.wireName(), window.days(), null, null);
  }

  /** From one day to another, wherever today is. */
  public boolean isCustom() {
    return from != null;
  }

  /** The days of this period, for a child where it is this day. */
  public DayRange endingOn(ChildId child, LocalDate today) {
    return new DayRange(
        child, days == null ? from : today.minusDays(days - 1L), to == null ? today : to);
  }

  private static Window named(String name) {
    return Window.named(name)
        .orElseThrow(
            () ->
                new BadParameterException(
                    "window",
                    Arrays.stream(Window.values())
                        .map(Window::wireName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    name));
  }

  private static LocalDate day(String parameter, @Nullable String text) {
    var expected = "a day from 2000 on, as 2026-01-31; from and to go together";
    if (text == null) {
      throw new BadParameterException(parameter, expected, "");
    }
    try {
      var day = LocalDate.parse(text);
      if (!day.isBefore(EARLIEST) && !day.isAfter(LATEST)) {
        return day;
      }
    } catch (DateTimeException _) {
      // told below, as for a day that is out of range
    }
    throw new BadParameterException(parameter, expected, text);
  }
}
