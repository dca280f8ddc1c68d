package org.smileadventure.query.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.metric.WindowMoments;
import org.smileadventure.common.service.BadParameterException;
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
    var frame = window(window);
    return answers.cached(
        viewer, child, "analytics:" + frame.wireName(), TTL, () -> find(viewer, child, frame));
  }

  private Optional<Found> find(Viewer viewer, ChildId child, Window window) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return jdbc.sql(ANALYTICS)
        .param("now", now.toString())
        .param("child", child.value())
        .param("viewer", viewer.id())
        .param("window", window.wireName())
        .param("days", window.days(), Types.INTEGER)
        .query((row, _) -> found(row, child, window, now))
        .optional();
  }

  private static Found found(ResultSet row, ChildId child, Window window, Instant now)
      throws SQLException {
    var from = row.getObject("first_day", LocalDate.class);
    var to = row.getObject("last_day", LocalDate.class);
    var moments = WindowMoments.parse(row.getString("moments"));
    var analytics =
        new ChildAnalytics(
            child.value(),
            new ChildAnalytics.Frame(window.wireName(), from, to, row.getString("timezone")),
            WindowFigures.of(moments, from, to),
            new ChildAnalytics.Cohort(
                row.getObject("score_percentile", Double.class),
                row.getObject("engagement_percentile", Double.class),
                row.getObject("percentiles_as_of", LocalDate.class)),
            new ChildAnalytics.Sources(moments.summaryDays(), moments.liveDays()),
            now);
    return new Found(analytics, now, row.getTimestamp("next_midnight").toInstant());
  }

  private static Window window(String name) {
    return Window.named(name)
        .orElseThrow(
            () ->
                new BadParameterException(
                    "window",
                    Arrays.stream(Window.values())
                        .map(Window::wireName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    name));
  }
}
