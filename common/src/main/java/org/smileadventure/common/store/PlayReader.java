package org.smileadventure.common.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.ActivityFigures;
import org.smileadventure.common.fold.Course;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what summaries need to know of sessions and activities, by days. Thread-safe. */
public final class PlayReader {
  private static final String SESSIONS = SqlFile.read(PlayReader.class, "play-sessions.sql");
  private static final String ACTIVITIES = SqlFile.read(PlayReader.class, "play-activities.sql");

  private final JdbcClient jdbc;

  public PlayReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In no order; a session whose day is in two of the ranges is there twice. */
  public List<SessionFigures> sessions(Collection<DayRange> ranges) {
    return ranges.isEmpty()
        ? List.of()
        : DayRange.bind(jdbc.sql(SESSIONS), ranges).query((row, _) -> session(row)).list();
  }

  /** The same of activities. */
  public List<ActivityFigures> activities(Collection<DayRange> ranges) {
    return ranges.isEmpty()
        ? List.of()
        : DayRange.bind(jdbc.sql(ACTIVITIES), ranges).query((row, _) -> activity(row)).list();
  }

  private static SessionFigures session(ResultSet row) throws SQLException {
    var startedAt = row.getObject("started_at", OffsetDateTime.class).toInstant();
    var recovery = row.getBigDecimal("recovery_seconds");
    var emotions = row.getString("emotions");
    return new SessionFigures(
        new SessionId(row.getObject("id", UUID.class)),
        new ChildId(row.getLong("child_id")),
        startedAt,
        row.getObject("day", LocalDate.class),
        startedAt.atZone(ZoneId.of(row.getString("timezone"))).getHour(),
        row.getString("session_type"),
        row.getString("scenario"),
        Status.named(row.getString("completion_status")),
        "overwhelmed".equals(row.getString("exit_reason")),
        row.getBoolean("support_person_present"),
        row.getInt("interactions_count"),
        row.getInt("levels_completed"),
        row.getInt("achievements"),
        row.getInt("states_told"),
        integer(row, "score"),
        hundredths(row, "engagement_score"),
        hundredths(row, "success_rate"),
        integer(row, "duration_seconds"),
        integer(row, "active_seconds"),
        integer(row, "distress_seconds"),
        recovery == null ? null : recovery.movePointRight(3).longValueExact(),
        integer(row, "parent_rating"),
        emotions == null ? null : Course.parse(emotions));
  }

  private static ActivityFigures activity(ResultSet row) throws SQLException {
    return new ActivityFigures(
        new ChildId(row.getLong("child_id")),
        row.getObject("day", LocalDate.class),
        row.getString("activity_type"),
        row.getInt("points_earned"),
        row.getBoolean("verified"),
        row.getString("emotional_state_before"),
        row.getString("emotional_state_after"),
        integer(row, "anxiety_level_before"),
        integer(row, "anxiety_level_after"));
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Integer.class);
  }

  private static @Nullable Integer hundredths(ResultSet row, String column) throws SQLException {
    var value = row.getBigDecimal(column);
    return value == null ? null : value.movePointRight(2).intValueExact();
  }
}
