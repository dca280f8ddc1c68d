package org.smileadventure.common.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.ActivityFigures;
import org.smileadventure.common.fold.Course;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads what summaries need to know of sessions and activities, by days. Thread-safe. */
public final class PlayReader {
  private static final String SESSIONS = SqlFile.read(PlayReader.class, "play-sessions.sql");
  private static final String ACTIVITIES = SqlFile.read(PlayReader.class, "play-activities.sql");

  private static final int FETCH_ROWS = 500;

  private final JdbcClient jdbc;

  public PlayReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In no order; a session whose day is in two of the ranges is there twice. */
  public List<SessionFigures> sessions(Collection<DayRange> ranges) {
    return sessions(ranges, true);
  }

  /** Without their courses, which are as long as all the rest. */
  public List<SessionFigures> values(Collection<DayRange> ranges) {
    return sessions(ranges, false);
  }

  private List<SessionFigures> sessions(Collection<DayRange> ranges, boolean courses) {
    return ranges.isEmpty()
        ? List.of()
        : select(ranges, courses).query((row, _) -> session(row)).list();
  }

  /**
   * Hands over the same as {@link #sessions}, one by one. Who reads many does so in a transaction:
   * then not all of them are in memory at once.
   */
  void eachSession(Collection<DayRange> ranges, Consumer<SessionFigures> each) {
    if (!ranges.isEmpty()) {
      select(ranges, true)
          .withFetchSize(FETCH_ROWS)
          .query(
              row -> {
                each.accept(session(row));
              });
    }
  }

  private StatementSpec select(Collection<DayRange> ranges, boolean courses) {
    return DayRange.bind(jdbc.sql(SESSIONS), ranges).param("courses", courses);
  }

  /** The same of activities. */
  public List<ActivityFigures> activities(Collection<DayRange> ranges) {
    return ranges.isEmpty()
        ? List.of()
        : DayRange.bind(jdbc.sql(ACTIVITIES), ranges).query((row, _) -> activity(row)).list();
  }

  /** By the places of the columns: to look for each by its name takes as long as to read it. */
  private static SessionFigures session(ResultSet row) throws SQLException {
    var startedAt = row.getObject(3, OffsetDateTime.class).toInstant();
    var recovery = row.getBigDecimal(21);
    var emotions = row.getString(23);
    return new SessionFigures(
        new SessionId(row.getObject(1, UUID.class)),
        new ChildId(row.getLong(2)),
        startedAt,
        row.getObject(4, LocalDate.class),
        startedAt.atZone(ZoneId.of(row.getString(5))).getHour(),
        row.getString(6),
        row.getString(7),
        Status.named(row.getString(8)),
        "overwhelmed".equals(row.getString(9)),
        row.getObject(10, Boolean.class),
        row.getInt(11),
        row.getInt(12),
        row.getInt(13),
        row.getInt(14),
        integer(row, 15),
        hundredths(row, 16),
        hundredths(row, 17),
        integer(row, 18),
        integer(row, 19),
        integer(row, 20),
        recovery == null ? null : recovery.movePointRight(3).longValueExact(),
        integer(row, 22),
        emotions == null ? null : Course.parse(emotions));
  }

  private static ActivityFigures activity(ResultSet row) throws SQLException {
    return new ActivityFigures(
        new ChildId(row.getLong(1)),
        row.getObject(2, LocalDate.class),
        row.getString(3),
        row.getInt(4),
        row.getBoolean(5),
        row.getString(6),
        row.getString(7),
        integer(row, 8),
        integer(row, 9));
  }

  private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
    return row.getObject(column, Integer.class);
  }

  private static @Nullable Integer hundredths(ResultSet row, int column) throws SQLException {
    var value = row.getBigDecimal(column);
    return value == null ? null : value.movePointRight(2).intValueExact();
  }
}
