package org.smileadventure.batch.windows;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.fold.WindowMoments.Activity;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Headline;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.store.ColumnArrays;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;

/** A row of {@code child_window_summary}. */
record ChildWindow(
    DayRange days,
    Window window,
    WindowMoments moments,
    Headline headline,
    List<Activity> activities) {
  private static final ColumnArrays<ChildWindow> COLUMNS =
      new ColumnArrays<ChildWindow>()
          .numbers("children", w -> w.days.child().value())
          .column("windows", w -> w.window.wireName())
          .column("firsts", w -> w.days.first())
          .column("lasts", w -> w.days.last())
          .column("due", ChildWindow::dueOn)
          .numbers("sessions", w -> w.moments.sessions())
          .numbers("completed", w -> w.moments.sessions(Status.COMPLETED))
          .numbers("abandoned", w -> w.moments.sessions(Status.ABANDONED))
          .numbers("interrupted", w -> w.moments.sessions(Status.INTERRUPTED))
          .numbers("score_n", w -> w.headline.score().n())
          .column("score_mean", w -> w.headline.score().mean())
          .numbers("engagement_n", w -> w.headline.engagement().n())
          .column("engagement_mean", w -> w.headline.engagement().mean())
          .numbers("success_n", w -> w.success().n())
          .column("success_mean", ChildWindow::successMean)
          .column("score_trend", w -> direction(w.headline.score().trend()))
          .column("engagement_trend", w -> direction(w.headline.engagement().trend()))
          .column(
              "risks",
              w -> w.headline.risks().stream().map(r -> r.rule().wireName()).collect(joining(",")))
          .numbers("activities", sum(Activity::activities))
          .numbers("verified", sum(Activity::verified))
          .numbers("emotional_n", sum(Activity::emotionalN))
          .numbers("improvements", sum(Activity::improvements))
          .numbers("deteriorations", sum(Activity::deteriorations));

  /** Computes these, of days that go with the windows. */
  static List<ChildWindow> read(WindowReader reader, Map<DayRange, Window> asked) {
    return reader.read(asked.keySet()).entrySet().stream()
        .map(read -> of(read.getKey(), asked.get(read.getKey()), read.getValue()))
        .toList();
  }

  private static ChildWindow of(DayRange days, @Nullable Window window, WindowMoments moments) {
    return new ChildWindow(
        days,
        Objects.requireNonNull(window),
        moments,
        Headline.of(moments, days.last()),
        moments.activities());
  }

  /** An array for each column. */
  static Map<String, ?> columns(List<ChildWindow> windows) {
    return COLUMNS.of(windows);
  }

  /** When it is to be computed again although nothing is written; null: never. */
  @Nullable LocalDate dueOn() {
    return WindowFigures.dueOn(moments, window.days(), days.last());
  }

  private Values success() {
    return moments.values(Metric.SUCCESS);
  }

  private @Nullable Double successMean() {
    var success = success();
    return success.n() == 0 ? null : Figure.SUCCESS.mean(success.n(), success.sum());
  }

  private static @Nullable String direction(Trend trend) {
    var direction = trend.direction();
    return direction == null ? null : direction.wireName();
  }

  private static ToLongFunction<ChildWindow> sum(ToLongFunction<Activity> of) {
    return window -> {
      var sum = 0L;
      for (var activity : window.activities) {
        sum += of.applyAsLong(activity);
      }
      return sum;
    };
  }
}
