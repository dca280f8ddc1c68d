package org.smileadventure.batch.daily;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which days the summaries may be behind on. Who summarises reads the versions first, then
 * materialises in a later statement, and then cleans what still has the version that was read.
 */
@Component
class DirtyLog {
  private static final String READ_DAYS = SqlFile.read(DirtyLog.class, "read-dirty-days.sql");
  private static final String READ_RANGE = SqlFile.read(DirtyLog.class, "read-dirty-range.sql");
  private static final String CLEAN = SqlFile.read(DirtyLog.class, "clean.sql");

  private final JdbcClient jdbc;

  DirtyLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A day that is dirty, as of a version. */
  record DirtyDay(ChildDay of, long version) {
    private static DirtyDay in(ResultSet row) throws SQLException {
      return new DirtyDay(ChildDay.in(row), row.getLong("version"));
    }
  }

  record ChildDay(long child, LocalDate day) {
    static ChildDay in(ResultSet row) throws SQLException {
      return new ChildDay(row.getLong("child_id"), row.getObject("day", LocalDate.class));
    }

    static long[] children(List<ChildDay> days) {
      return days.stream().mapToLong(ChildDay::child).toArray();
    }

    static String[] days(List<ChildDay> days) {
      return days.stream().map(d -> d.day().toString()).toArray(String[]::new);
    }
  }

  /** Those of these days that are dirty. */
  List<DirtyDay> read(List<ChildDay> days) {
    return jdbc.sql(READ_DAYS)
        .param("children", ChildDay.children(days))
        .param("days", ChildDay.days(days))
        .query((row, _) -> DirtyDay.in(row))
        .list();
  }

  /**
   * The dirty days of these children from one day to another.
   *
   * @param first a date, or {@code -infinity}
   * @param last a date, or {@code infinity}
   */
  List<DirtyDay> read(long[] children, String first, String last) {
    return jdbc.sql(READ_RANGE)
        .param("children", children)
        .param("first", first)
        .param("last", last)
        .query((row, _) -> DirtyDay.in(row))
        .list();
  }

  void clean(List<DirtyDay> dirty) {
    var days = dirty.stream().map(DirtyDay::of).toList();
    jdbc.sql(CLEAN)
        .param("children", ChildDay.children(days))
        .param("days", ChildDay.days(days))
        .param("versions", dirty.stream().mapToLong(DirtyDay::version).toArray())
        .update();
  }
}
