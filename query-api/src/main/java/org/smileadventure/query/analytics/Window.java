package org.smileadventure.query.analytics;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;

/** The stretches of days, counted back from the child's today, that figures are given for. */
enum Window {
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

  String wireName() {
    return wireName;
  }

  /** How many days, today among them; null: all there are. */
  @Nullable Integer days() {
    return days;
  }

  static Window named(String name) {
    return Arrays.stream(values())
        .filter(window -> window.wireName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "window",
                    Arrays.stream(values())
                        .map(Window::wireName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    name));
  }
}
