package org.smileadventure.query.sessions;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads sessions and their events, in transactions to which the child was opened. */
@Component
class Sessions {
  private static final String SESSIONS = SqlFile.read(Sessions.class, "sessions.sql");
  private static final String SESSION = SqlFile.read(Sessions.class, "session.sql");

  private static final String RATED = "parent.rated";
  private static final Set<String> NOTES = Set.of("notes", "observedBehavior");

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Sessions(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A page of a child's sessions; empty if the viewer may not see the child. */
  Optional<SessionPage> find(
      Viewer viewer, ChildId child, SessionFilter filter, Page page, Instant now) {
    var after = page.after() == null ? null : Cursor.momentAndUuid(page.after());
    // A plan for any filter would be one for all at once, and read a whole history for a page.
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
    var rows =
        jdbc.sql(SESSIONS)
            .param("child", child.value())
            .param("viewer", viewer.id())
            .param("before_start", after == null ? "infinity" : after.sqlTime())
            .param(
                "before_id",
                after == null ? "00000000-0000-0000-0000-000000000000" : after.id().toString())
            .param("type", filter.sessionType(), Types.VARCHAR)
            .param("name", filter.namePattern(), Types.VARCHAR)
            .param("first_day", filter.dateFrom(), Types.DATE)
            .param("last_day", filter.dateTo(), Types.DATE)
            .param("status", filter.completionStatus(), Types.VARCHAR)
            .param("min_duration", filter.minDuration(), Types.INTEGER)
            .param("max_duration", filter.maxDuration(), Types.INTEGER)
            .param("min_score", filter.minScore(), Types.INTEGER)
            .param("rating", filter.parentRating(), Types.INTEGER)
            .param("most", page.limitAndOne())
            .query((row, _) -> Optional.ofNullable(row.getString("session")))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var cut =
        page.cut(
            rows.stream()
                .flatMap(Optional::stream)
                .map(document -> json.readValue(document, Session.class))
                .toList(),
            session -> new Cursor.Moment<>(session.startedAt(), session.id()).text());
    return Optional.of(new SessionPage(cut.items(), cut.next(), page.limit(), now));
  }

  /** A session and a page of its events; empty if there is none that the viewer may see. */
  Optional<SessionDetail> find(Viewer viewer, UUID session, Page page, Instant now) {
    var after = page.after() == null ? 0 : Cursor.id(page.after());
    return jdbc.sql(SESSION)
        .param("session", session)
        .param("viewer", viewer.id())
        .param("after", after)
        .param("most", page.limitAndOne())
        .query((row, _) -> detail(row, after, page, now))
        .optional();
  }

  private SessionDetail detail(ResultSet row, long after, Page page, Instant now)
      throws SQLException {
    boolean notes = row.getBoolean("notes");
    var events =
        Stream.of((byte[][]) row.getArray("events").getArray())
            .flatMap(stored -> EventChunk.parts(stored, Instant.EPOCH).stream())
            .flatMap(part -> Arrays.stream(json.readValue(part.json(), StoredEvent[].class)))
            .filter(event -> event.sequence() > after)
            .limit(page.limitAndOne())
            .map(notes ? StoredEvent::told : StoredEvent::toldWithoutNotes)
            .toList();
    var timeline = page.cut(events, event -> Cursor.ofId(event.sequence()));
    return new SessionDetail(
        json.readValue(row.getString("session"), Session.class),
        row.getBoolean("events_kept"),
        timeline.items(),
        timeline.next(),
        page.limit(),
        now);
  }

  /** As it stands in the JSON of a row of session_events. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private record StoredEvent(int sequence, String type, long micros, Map<String, Object> data) {
    SessionDetail.Event told() {
      return new SessionDetail.Event(
          sequence, type, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), data);
    }

    /** For somebody who may not read what guardians note. */
    SessionDetail.Event toldWithoutNotes() {
      if (!type.equals(RATED)) {
        return told();
      }
      var rest = new LinkedHashMap<>(data);
      rest.keySet().removeAll(NOTES);
      return new StoredEvent(sequence, type, micros, rest).told();
    }
  }
}
