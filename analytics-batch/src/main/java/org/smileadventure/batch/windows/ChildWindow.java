package org.smileadventure.batch.windows;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.metric.WindowMoments;
import tools.jackson.databind.json.JsonMapper;

/** A window of a child, and what its days add up to. */
record ChildWindow(
    long child, LocalDate first, LocalDate last, Window window, WindowMoments moments) {

  private static final Map<Integer, Window> BY_DAYS =
      Arrays.stream(Window.values())
          .filter(window -> window.days() != null)
          .collect(toMap(window -> Objects.requireNonNull(window.days()), identity()));

  /** How long the windows are that are summarised. */
  static int[] days() {
    return BY_DAYS.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** What those are called. */
  static String[] names() {
    return BY_DAYS.values().stream().map(Window::wireName).toArray(String[]::new);
  }

  static ChildWindow in(ResultSet row) throws SQLException {
    var first = row.getObject("first_day", LocalDate.class);
    var last = row.getObject("last_day", LocalDate.class);
    var days = (int) ChronoUnit.DAYS.between(first, last) + 1;
    return new ChildWindow(
        row.getLong("child_id"),
        first,
        last,
        Objects.requireNonNull(BY_DAYS.get(days)),
        WindowMoments.parse(row.getString("moments")));
  }

  String figures(JsonMapper json) {
    return json.writeValueAsString(WindowFigures.of(moments, first, last));
  }

  @Nullable LocalDate dueOn() {
    return WindowFigures.dueOn(moments, Objects.requireNonNull(window.days()), last);
  }

  static long[] children(List<ChildWindow> windows) {
    return windows.stream().mapToLong(ChildWindow::child).toArray();
  }

  /** One text for each, as an array of PostgreSQL takes it; null stays null. */
  static @Nullable String[] texts(
      List<ChildWindow> windows, Function<ChildWindow, @Nullable Object> of) {
    return windows.stream()
        .map(of)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }
}
