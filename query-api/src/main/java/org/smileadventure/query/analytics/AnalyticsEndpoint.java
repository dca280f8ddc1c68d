package org.smileadventure.query.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/children/{id}/analytics?window=30d} */
@RestController
class AnalyticsEndpoint {
  private static final String ANALYTICS = SqlFile.read(AnalyticsEndpoint.class, "analytics.sql");
  private static final Duration TTL = Duration.ofMinutes(15);

  private final ChildAnswers answers;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  AnalyticsEndpoint(ChildAnswers answers, JdbcClient jdbc, InstantSource clock) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @GetMapping("/api/v1/children/{id}/analytics")
  ResponseEntity<byte[]> analytics(
      @PathVariable String id,
      @RequestParam(defaultValue = "30d") String window,
      @AuthenticationPrincipal Jwt token) {
    var viewer = Viewer.of(token);
    var child = ChildAnswers.child(id);
    var frame = Window.named(window);
    return answers.cached(
        viewer, child, "analytics:" + frame.wireName(), TTL, () -> find(viewer, child, frame));
  }

  private Optional<Found> find(Viewer viewer, ChildId child, Window window) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return jdbc.sql(ANALYTICS)
        .param("now", now.toString())
        .param("child", child.value())
        .param("viewer", viewer.id())
        .param("days", window.days(), Types.INTEGER)
        .query((row, _) -> found(row, child, window, now))
        .optional();
  }

  private static Found found(ResultSet row, ChildId child, Window window, Instant now)
      throws SQLException {
    var completed = row.getLong("completed");
    var ended = completed + row.getLong("abandoned") + row.getLong("interrupted");
    var analytics =
        new ChildAnalytics(
            child.value(),
            new ChildAnalytics.Frame(
                window.wireName(),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getString("timezone")),
            new ChildAnalytics.Totals(
                row.getLong("sessions"),
                completed,
                row.getLong("abandoned"),
                row.getLong("interrupted"),
                row.getLong("in_progress"),
                row.getLong("duration_seconds") / 60.0,
                row.getLong("active_seconds") / 60.0,
                row.getLong("interactions"),
                row.getLong("levels"),
                row.getLong("achievements")),
            ChildAnalytics.Share.of(completed, ended),
            distribution(row, "score"),
            distribution(row, "engagement"),
            new ChildAnalytics.Sources(row.getLong("summary_days"), row.getLong("live_days")),
            now);
    return new Found(analytics, now, row.getTimestamp("next_midnight").toInstant());
  }

  private static ChildAnalytics.Distribution distribution(ResultSet row, String of)
      throws SQLException {
    return ChildAnalytics.Distribution.of(
        row.getLong(of + "_n"),
        number(row, of + "_mean"),
        number(row, of + "_sd"),
        number(row, of + "_min"),
        number(row, of + "_max"));
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Double.class);
  }
}
