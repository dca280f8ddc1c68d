package org.smileadventure.web.child;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Dates;

/**
 * One figure of a child.
 *
 * @param picture SVG that the API drew; null: it cannot be had now
 */
public record FigurePage(Child child, Figure figure, @Nullable String picture) {

  /** Without the year, but in a window of a year, where each day is there twice. */
  public String shortDay(Dates dates, LocalDate day) {
    return figure.window().name().equals("365d") ? dates.day(day) : dates.shortDay(day);
  }
}
