package org.smileadventure.ingest.find;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the database has of a session, without what its events say. */
@Component
class StoredSession {
  private static final String STORED = SqlFile.read(StoredSession.class, "stored.sql");
  private static final String SESSION = SqlFile.read(StoredSession.class, "session.sql");

  private final JdbcClient jdbc;

  StoredSession(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Its events.
   *
   * @param sequenceStored null: no sequence was asked for
   * @param firstReceivedAt null: not known without unpacking them
   */
  record Stored(
      ChildId child,
      int events,
      int firstSequence,
      int lastSequence,
      @Nullable Boolean sequenceStored,
      @Nullable Instant firstReceivedAt,
      Instant lastReceivedAt) {}

  /** Its row, and what becomes of it. */
  record Row(
      ChildId child,
      String completionStatus,
      Instant startedAt,
      @Nullable Instant endedAt,
      Instant updatedAt,
      int lostEvents,
      LocalDate month,
      boolean monthDirty,
      boolean invalidationPending) {}

  Optional<Stored> events(SessionId session, @Nullable Integer sequence) {
    return jdbc.sql(STORED)
        .param("session", session.value())
        .param("sequence", sequence, Types.INTEGER)
        .query(
            (row, _) ->
                new Stored(
                    new ChildId(row.getLong("child_id")),
                    row.getInt("events"),
                    row.getInt("first_sequence"),
                    row.getInt("last_sequence"),
                    row.getObject("sequence_stored", Boolean.class),
                    row.getObject("first_received_at") == null
                        ? null
                        : instant(row, "first_received_at"),
                    instant(row, "last_received_at")))
        .optional();
  }

  /**
   * @param child whose it is; null: anybody's
   */
  Optional<Row> row(SessionId session, @Nullable ChildId child) {
    return jdbc.sql(SESSION)
        .param("session", session.value())
        .param("child", child == null ? null : child.value(), Types.BIGINT)
        .query(
            (row, _) ->
                new Row(
                    new ChildId(row.getLong("child_id")),
                    row.getString("completion_status"),
                    instant(row, "started_at"),
                    row.getObject("ended_at") == null ? null : instant(row, "ended_at"),
                    instant(row, "updated_at"),
                    row.getInt("lost_events"),
                    row.getObject("month", LocalDate.class),
                    row.getBoolean("month_dirty"),
                    row.getBoolean("invalidation_pending")))
        .optional();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
