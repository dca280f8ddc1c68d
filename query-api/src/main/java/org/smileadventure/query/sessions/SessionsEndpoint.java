package org.smileadventure.query.sessions;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.sessions.SessionPage.Session;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/children/{id}/sessions?limit=20&cursor=…} */
@RestController
class SessionsEndpoint {
  private static final String SESSIONS = SqlFile.read(SessionsEndpoint.class, "sessions.sql");
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 100;

  private final ChildAnswers answers;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  SessionsEndpoint(ChildAnswers answers, JdbcClient jdbc, InstantSource clock) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @GetMapping("/api/v1/children/{id}/sessions")
  ResponseEntity<byte[]> sessions(
      @PathVariable String id,
      @RequestParam(defaultValue = "" + DEFAULT_LIMIT) String limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Jwt token) {
    var viewer = Viewer.of(token);
    var child = ChildAnswers.child(id);
    var most = limit(limit);
    if (cursor == null && most == DEFAULT_LIMIT) {
      return answers.cached(viewer, child, "sessions", TTL, () -> find(viewer, child, most, null));
    }
    var after = cursor == null ? null : Cursor.parse(cursor);
    return answers.uncached(child, () -> find(viewer, child, most, after));
  }

  private static int limit(String text) {
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
      throw new BadParameterException("limit", "a number from 1 to " + MOST, text);
    }
    return Integer.parseInt(text);
  }

  private Optional<Found> find(Viewer viewer, ChildId child, int most, @Nullable Cursor after) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // One more than asked for tells whether there is a page after.
    List<Optional<Session>> rows =
        jdbc.sql(SESSIONS)
            .param("child", child.value())
            .param("viewer", viewer.id())
            .param("before_start", after == null ? "infinity" : after.startedAt().toString())
            .param(
                "before_id",
                after == null ? "00000000-0000-0000-0000-000000000000" : after.id().toString())
            .param("most", most + 1)
            .query((row, _) -> session(row))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var sessions = rows.stream().flatMap(Optional::stream).limit(most).toList();
    var next =
        rows.size() > most
            ? new Cursor(sessions.getLast().startedAt(), sessions.getLast().id()).text()
            : null;
    return Optional.of(new Found(new SessionPage(sessions, next, most, now), now, Instant.MAX));
  }

  private static Optional<Session> session(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    if (id == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Session(
            id,
            row.getString("session_type"),
            row.getString("scenario_id"),
            row.getString("scenario_name"),
            row.getString("scenario_version"),
            Objects.requireNonNull(instant(row, "started_at")),
            instant(row, "ended_at"),
            row.getString("completion_status"),
            row.getString("exit_reason"),
            integer(row, "duration_seconds"),
            row.getInt("pause_count"),
            row.getInt("total_pause_duration"),
            integer(row, "active_seconds"),
            row.getInt("levels_completed"),
            row.getInt("max_level_reached"),
            integer(row, "score"),
            row.getInt("interactions_count"),
            row.getInt("correct_responses"),
            row.getInt("incorrect_responses"),
            row.getInt("help_requests"),
            row.getInt("hint_usage_count"),
            row.getObject("success_rate", BigDecimal.class),
            row.getObject("engagement_score", BigDecimal.class),
            row.getString("initial_emotion"),
            row.getString("final_emotion"),
            integer(row, "parent_rating"),
            row.getString("device_type"),
            row.getString("environment_type"),
            row.getBoolean("support_person_present"),
            row.getString("session_data_quality"),
            row.getInt("lost_events"),
            texts(row, "achievements_unlocked"),
            texts(row, "progress_markers_hit")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Integer.class);
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
