package org.smileadventure.common.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what sessions are computed from. */
public final class StoredSessions {
  private static final String READ = SqlFile.read(StoredSessions.class, "read-sessions.sql");

  /** Numbers that a parent's word has are kept as they are. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final JdbcClient jdbc;

  public StoredSessions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those of these sessions of which events are stored, in the order of their ids and children. The
   * events of a session are forgotten all together, so what is stored of one is all there was.
   */
  public List<StoredSession> read(Collection<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<Rows>();
    jdbc.sql(READ)
        .param("session_ids", sessions.stream().map(SessionId::value).toArray(UUID[]::new))
        .param("first", Collections.min(sessions).value())
        .param("last", Collections.max(sessions).value())
        .query(
            row -> {
              if (found.isEmpty() || !found.getLast().isOf(row)) {
                found.add(new Rows(row));
              }
              found.getLast().add(row);
            });
    return found.stream().map(Rows::session).toList();
  }

  /** The rows of a session, one after the other. */
  private static final class Rows {
    private final SessionId id;
    private final ChildId child;
    private final ZoneId zone;
    private final boolean closedBySilence;
    private final @Nullable Status status;
    private final @Nullable String rating;
    private final @Nullable Instant ratedAt;
    private final List<SessionEvent> events = new ArrayList<>();
    private @Nullable Instant ratedByDeviceAt;

    Rows(ResultSet row) throws SQLException {
      id = new SessionId(row.getObject("session_id", UUID.class));
      child = new ChildId(row.getLong("child_id"));
      zone = ZoneId.of(row.getString("timezone"));
      closedBySilence = row.getBoolean("closed_by_silence");
      var written = row.getString("completion_status");
      status = written == null ? null : Status.named(written);
      rating = row.getString("rating");
      var rated = row.getObject("rated_at", OffsetDateTime.class);
      ratedAt = rated == null ? null : rated.toInstant();
    }

    boolean isOf(ResultSet row) throws SQLException {
      return id.value().equals(row.getObject("session_id", UUID.class))
          && child.value() == row.getLong("child_id");
    }

    void add(ResultSet row) throws SQLException {
      var received = row.getObject("received_at", OffsetDateTime.class).toInstant();
      for (var part : EventChunk.parts(row.getBytes("events"), received)) {
        var told = part.events(id, child);
        events.addAll(told);
        if (rating != null && told.stream().anyMatch(e -> e.payload() instanceof ParentRated)) {
          ratedByDeviceAt = part.receivedAt();
        }
      }
    }

    StoredSession session() {
      return new StoredSession(id, child, events, lastWord(), zone, closedBySilence, status);
    }

    private @Nullable ParentRated lastWord() {
      return rating != null
              && ratedAt != null
              && (ratedByDeviceAt == null || ratedAt.isAfter(ratedByDeviceAt))
          ? JSON.readValue(rating, ParentRated.class)
          : null;
    }
  }
}
