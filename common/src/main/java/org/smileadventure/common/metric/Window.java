package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stretches of days, counted back from the child's today, that figures are given for. */
public enum Window {
  WEEK("7d", 7),
  MONTH("30d", 30),
  QUARTER("90d", 90),
  YEAR("365d", 365),
  ALL("all", null);

  private final String wireName;
  private final @Nullable Integer days;

  Window(String wireName, @Nullable Integer days) {
    this.wireName = wireName;
    this.days = days;
  }

  public String wireName() {
    return wireName;
  }

  /** How many days, today among them; null: all there are. */
  public @Nullable Integer days() {
    return days;
  }

  /** The first day of the window that ends on this one; null: from the first day on. */
  public @Nullable LocalDate firstDay(LocalDate last) {
    return days == null ? null : last.minusDays(days - 1L);
  }

  public static Optional<Window> named(String name) {
    return Arrays.stream(values()).filter(window -> window.wireName.equals(name)).findFirst();
  }
}
