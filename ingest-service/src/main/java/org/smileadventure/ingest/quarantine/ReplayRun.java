package org.smileadventure.ingest.quarantine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;

/**
 * A run that sends records of the quarantine again.
 *
 * @param since only records that were set aside at that time or later; null: all
 * @param most how many it sends
 * @param askedBy the subject who has asked for it
 * @param sent how many it has sent; a kill may have sent some of them twice, and the store ignores
 *     the second ones
 * @param alreadySent how many had been sent before
 * @param notSendable how many are too large, or their values are
 * @param lookedAt how many it has looked at, of any reason
 * @param failure why it failed, in words
 * @param position where it goes on
 */
record ReplayRun(
    long id,
    String reason,
    @Nullable Instant since,
    int most,
    int perSecond,
    String askedBy,
    Instant askedAt,
    State state,
    int sent,
    int alreadySent,
    int notSendable,
    int lookedAt,
    @Nullable Instant endedAt,
    @Nullable String failure,
    @JsonIgnore String topicId,
    @JsonIgnore Position position,
    @JsonIgnore Instant notBefore) {

  enum State {
    RUNNING,
    COMPLETED,
    STOPPED,
    FAILED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ReplayRun of(ResultSet row) throws SQLException {
    return new ReplayRun(
        row.getLong("id"),
        row.getString("reason"),
        instant(row, "since"),
        row.getInt("most"),
        row.getInt("per_second"),
        row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("sent"),
        row.getInt("already_sent"),
        row.getInt("not_sendable"),
        row.getInt("looked_at"),
        instant(row, "ended_at"),
        row.getString("failure"),
        row.getString("topic_id"),
        new Position(row.getLong("next_id"), row.getLong("end_id")),
        row.getObject("not_before", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  Selection selection() {
    return Selection.of(reason, since);
  }

  @JsonIgnore
  boolean isRunning() {
    return state == State.RUNNING;
  }
}
