package org.smileadventure.common.store;

import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.ActivityFigures;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what windows add up to: whole clean months from their summaries, the rest from sessions and
 * activities. So it is complete whether a job has run or not. To see one state of the database, it
 * has to run in a transaction that sees one snapshot. Four statements, however many windows are
 * read. Thread-safe.
 */
public final class WindowReader {
  private static final String MONTHS = SqlFile.read(WindowReader.class, "window-months.sql");
  private static final String SURROUNDINGS =
      SqlFile.read(WindowReader.class, "window-surroundings.sql");

  private final JdbcClient jdbc;
  private final PlayReader play;

  public WindowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.play = new PlayReader(jdbc);
  }

  /** The moments of each of these windows, in their order. */
  public Map<DayRange, WindowMoments> read(Collection<DayRange> windows) {
    var histories = histories(windows);
    var surroundings = surroundings(windows).iterator();
    var moments = new LinkedHashMap<DayRange, WindowMoments>();
    for (var window : windows) {
      moments.put(window, history(histories, window.child()).moments(window, surroundings.next()));
    }
    return moments;
  }

  /** What has been read of a child: of a month the summary, or else what was played. */
  private static final class History {
    final Map<YearMonth, Moments> summaries = new TreeMap<>();
    final Map<YearMonth, DayRange> live = new HashMap<>();
    final List<SessionFigures> sessions = new ArrayList<>();
    final List<ActivityFigures> activities = new ArrayList<>();

    /** Whether the window has all days of the month. */
    static boolean isWhole(YearMonth month, DayRange window) {
      return !(window.first() != null && month.atDay(1).isBefore(window.first()))
          && !month.atEndOfMonth().isAfter(window.last());
    }

    /** Has the days that this window has of the month read. */
    void readLive(YearMonth month, DayRange window) {
      var days = new ChildMonth(window.child(), month).days();
      var first = window.first();
      live.merge(
          month,
          new DayRange(
              window.child(),
              first == null || first.isBefore(days.first()) ? days.first() : first,
              window.last().isBefore(days.last()) ? window.last() : days.last()),
          History::hull);
    }

    private static DayRange hull(DayRange a, DayRange b) {
      var first =
          a.first() != null && b.first() != null && b.first().isBefore(a.first())
              ? b.first()
              : a.first();
      return new DayRange(a.child(), first, b.last().isAfter(a.last()) ? b.last() : a.last());
    }

    WindowMoments moments(DayRange window, WindowMoments.Surroundings surroundings) {
      var whole = new TreeMap<>(summaries);
      whole.keySet().removeIf(month -> !isWhole(month, window));
      return WindowMoments.of(
          whole.values(),
          sessions.stream().filter(s -> isLive(s.day(), window, whole)).toList(),
          activities.stream().filter(a -> isLive(a.day(), window, whole)).toList(),
          surroundings);
    }

    private static boolean isLive(
        LocalDate day, DayRange window, Map<YearMonth, Moments> summaries) {
      return !(window.first() != null && day.isBefore(window.first()))
          && !day.isAfter(window.last())
          && !summaries.containsKey(YearMonth.from(day));
    }
  }

  private static History history(Map<ChildId, History> histories, ChildId child) {
    return histories.computeIfAbsent(child, _ -> new History());
  }

  private Map<ChildId, History> histories(Collection<DayRange> windows) {
    var histories = new HashMap<ChildId, History>();
    var ofChildren = windows.stream().collect(groupingBy(DayRange::child));
    readMonths(ofChildren, histories);
    for (var window : windows) {
      var history = history(histories, window.child());
      if (window.first() != null) {
        readEdge(YearMonth.from(window.first()), window, history);
      }
      readEdge(YearMonth.from(window.last()), window, history);
    }
    var live =
        histories.values().stream().flatMap(history -> history.live.values().stream()).toList();
    play.sessions(live).forEach(s -> history(histories, s.child()).sessions.add(s));
    play.activities(live).forEach(a -> history(histories, a.child()).activities.add(a));
    return histories;
  }

  private static void readEdge(YearMonth month, DayRange window, History history) {
    if (!History.isWhole(month, window)) {
      history.readLive(month, window);
    }
  }

  /** Reads summaries, and which months have none that counts. */
  private void readMonths(Map<ChildId, List<DayRange>> windows, Map<ChildId, History> histories) {
    var hulls = windows.values().stream().map(WindowReader::months).toList();
    DayRange.bind(jdbc.sql(MONTHS), hulls)
        .param("shape", Moments.SHAPE)
        .query(
            row -> {
              var child = new ChildId(row.getLong("child_id"));
              var month = YearMonth.from(row.getObject("month", LocalDate.class));
              var history = history(histories, child);
              var moments = row.getBytes("moments");
              if (moments == null) {
                windows.getOrDefault(child, List.of()).stream()
                    .filter(window -> History.isWhole(month, window))
                    .forEach(window -> history.readLive(month, window));
              } else {
                history.summaries.put(month, Moments.parse(moments));
              }
            });
  }

  /** From the first whole month of a child's windows to the last one, by their first days. */
  private static DayRange months(List<DayRange> windows) {
    var first =
        windows.stream()
            .map(DayRange::first)
            .map(day -> day == null ? LocalDate.MIN : day)
            .min(LocalDate::compareTo)
            .orElseThrow();
    var last = windows.stream().map(DayRange::last).max(LocalDate::compareTo).orElseThrow();
    return new DayRange(
        windows.getFirst().child(),
        first.equals(LocalDate.MIN) ? null : first,
        YearMonth.from(last.plusDays(1)).minusMonths(1).atDay(1));
  }

  private List<WindowMoments.Surroundings> surroundings(Collection<DayRange> windows) {
    return DayRange.bind(jdbc.sql(SURROUNDINGS), windows)
        .query((row, _) -> surroundings(row))
        .list();
  }

  private static WindowMoments.Surroundings surroundings(ResultSet row) throws SQLException {
    return new WindowMoments.Surroundings(
        row.getObject("sessions", Long.class),
        day(row, "first_day"),
        day(row, "last_play"),
        day(row, "next_day"));
  }

  private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }
}
