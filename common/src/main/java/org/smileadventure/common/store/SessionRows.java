package org.smileadventure.common.store;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Course;
import org.smileadventure.common.fold.QualityNote;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionDetails;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes sessions as rows of game_sessions. */
public final class SessionRows {
  private static final String WRITE = SqlFile.read(SessionRows.class, "write-sessions.sql");
  private static final String DIFFERENCES =
      SqlFile.read(SessionRows.class, "session-differences.sql");
  private static final JsonMapper JSON = new JsonMapper();

  private static final ColumnArrays<Session> COLUMNS =
      new ColumnArrays<Session>()
          .column("id", figure(SessionFigures::id))
          .column("child_id", figure(SessionFigures::child))
          .column("session_type", figure(SessionFigures::type))
          .column("scenario_name", detail(SessionDetails::scenarioName))
          .column("scenario_id", detail(SessionDetails::scenarioId))
          .column("scenario_version", detail(SessionDetails::scenarioVersion))
          .column("started_at", figure(SessionFigures::startedAt))
          .column("ended_at", detail(SessionDetails::endedAt))
          .column("day", figure(SessionFigures::day))
          .column("duration_seconds", figure(SessionFigures::durationSeconds))
          .column("pause_count", detail(SessionDetails::pauses))
          .column("total_pause_duration", detail(SessionDetails::pausedSeconds))
          .column("active_seconds", figure(SessionFigures::activeSeconds))
          .column("levels_completed", figure(SessionFigures::levels))
          .column("max_level_reached", detail(SessionDetails::maxLevel))
          .column("score", figure(SessionFigures::score))
          .column("interactions_count", figure(SessionFigures::interactions))
          .column("correct_responses", detail(SessionDetails::correct))
          .column("incorrect_responses", detail(SessionDetails::incorrect))
          .column("help_requests", detail(SessionDetails::helps))
          .column("hint_usage_count", detail(SessionDetails::hints))
          .column("success_rate", figure(session -> decimal(session.success(), 2)))
          .column("engagement_score", figure(session -> decimal(session.engagement(), 2)))
          .column("help_rate", detail(SessionDetails::helpRate))
          .column("hint_rate", detail(SessionDetails::hintRate))
          .column("response_time_p50_ms", detail(SessionDetails::medianResponseMillis))
          .column("response_time_p90_ms", detail(SessionDetails::slowResponseMillis))
          .column("initial_emotion", detail(SessionDetails::initialEmotion))
          .column("final_emotion", detail(SessionDetails::finalEmotion))
          .column("distress_seconds", figure(SessionFigures::distressSeconds))
          .column("recovery_seconds", figure(session -> decimal(session.recoveryMillis(), 3)))
          .column("emotional_volatility", detail(SessionDetails::volatility))
          .column("emotions", figure(session -> document(session.course())))
          .column("completion_status", figure(session -> session.status().wireName()))
          .column("exit_reason", detail(SessionDetails::exitReason))
          .column("closed_by_silence", detail(SessionDetails::closedBySilence))
          .column("achievements_unlocked", detail(session -> json(session.achievements())))
          .column("progress_markers_hit", detail(session -> json(session.markers())))
          .column("parent_notes", detail(SessionDetails::parentNotes))
          .column("parent_rating", figure(SessionFigures::rating))
          .column("parent_observed_behavior", detail(session -> json(session.observedBehavior())))
          .column("device_type", detail(SessionDetails::deviceType))
          .column("device_model", detail(SessionDetails::deviceModel))
          .column("app_version", detail(SessionDetails::appVersion))
          .column("environment_type", detail(SessionDetails::environmentType))
          .column("support_person_present", figure(SessionFigures::supported))
          .column("session_data_quality", detail(session -> session.quality().wireName()))
          .column("lost_events", detail(SessionDetails::lostEvents))
          .column("data_quality_notes", detail(session -> notes(session.qualityNotes())));

  private final JdbcClient jdbc;

  public SessionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes these sessions, each once, over what is there of them, and marks their months dirty:
   * those of the days on which they are and on which they were. Whoever writes has locked their
   * children.
   */
  public void write(List<Session> sessions) {
    if (!sessions.isEmpty()) {
      jdbc.sql(WRITE).params(COLUMNS.of(sessions)).query(_ -> {});
    }
  }

  /** Up to 20 of these sessions whose row says something else; of those that have one. */
  public List<String> differences(List<Session> sessions) {
    return sessions.isEmpty()
        ? List.of()
        : jdbc.sql(DIFFERENCES)
            .params(COLUMNS.of(sessions))
            .query((row, _) -> row.getString(1))
            .list();
  }

  private static Function<Session, @Nullable Object> figure(
      Function<SessionFigures, @Nullable Object> value) {
    return session -> value.apply(session.figures());
  }

  private static Function<Session, @Nullable Object> detail(
      Function<SessionDetails, @Nullable Object> value) {
    return session -> value.apply(session.details());
  }

  private static @Nullable BigDecimal decimal(@Nullable Number unscaled, int scale) {
    return unscaled == null ? null : BigDecimal.valueOf(unscaled.longValue(), scale);
  }

  private static @Nullable String document(@Nullable Course course) {
    return course == null ? null : course.toJson();
  }

  private static String notes(List<QualityNote> notes) {
    return JSON.writeValueAsString(
        notes.stream()
            .map(note -> Map.of("rule", note.rule(), "severity", note.severity()))
            .toList());
  }

  private static @Nullable String json(@Nullable Object value) {
    return value == null ? null : JSON.writeValueAsString(value);
  }
}
