package org.smileadventure.benchmarks.play;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * All rows of a child are loaded as they are and its days computed in the application, as the
 * game's first version did for each question: counts, sums and extremes of the usual values. It
 * knows of no emotions, trends or weeks, and writes nothing.
 */
public final class OriginWay {
  private static final String SESSIONS = "SELECT * FROM game_sessions WHERE child_id = ?";

  private static final List<Function<PlayedSession, @Nullable Number>> VALUES =
      List.of(
          PlayedSession::score,
          PlayedSession::engagement,
          PlayedSession::success,
          PlayedSession::duration,
          PlayedSession::active,
          PlayedSession::distress,
          PlayedSession::recovery,
          PlayedSession::rating);

  private OriginWay() {}

  private record PlayedSession(
      LocalDate day,
      String type,
      String status,
      int interactions,
      int levels,
      @Nullable Number score,
      @Nullable Number engagement,
      @Nullable Number success,
      @Nullable Number duration,
      @Nullable Number active,
      @Nullable Number distress,
      @Nullable Number recovery,
      @Nullable Number rating) {

    static PlayedSession in(ResultSet row) throws SQLException {
      return new PlayedSession(
          row.getObject("day", LocalDate.class),
          row.getString("session_type"),
          row.getString("completion_status"),
          row.getInt("interactions_count"),
          row.getInt("levels_completed"),
          number(row, "score"),
          number(row, "engagement_score"),
          number(row, "success_rate"),
          number(row, "duration_seconds"),
          number(row, "active_seconds"),
          number(row, "distress_seconds"),
          number(row, "recovery_seconds"),
          number(row, "parent_rating"));
    }

    private static @Nullable Number number(ResultSet row, String column) throws SQLException {
      return (Number) row.getObject(column);
    }
  }

  private record Day(
      Map<String, Long> byStatus,
      Map<String, Long> byType,
      int interactions,
      int levels,
      List<DoubleSummaryStatistics> values) {

    static Day of(Collection<PlayedSession> sessions) {
      return new Day(
          counted(sessions, PlayedSession::status),
          counted(sessions, PlayedSession::type),
          sessions.stream().mapToInt(PlayedSession::interactions).sum(),
          sessions.stream().mapToInt(PlayedSession::levels).sum(),
          VALUES.stream().map(value -> statistics(sessions, value)).toList());
    }

    private static Map<String, Long> counted(
        Collection<PlayedSession> sessions, Function<PlayedSession, String> by) {
      return sessions.stream().collect(groupingBy(by, counting()));
    }

    private static DoubleSummaryStatistics statistics(
        Collection<PlayedSession> sessions, Function<PlayedSession, @Nullable Number> value) {
      var statistics = new DoubleSummaryStatistics();
      for (var session : sessions) {
        var told = value.apply(session);
        if (told != null) {
          statistics.accept(told.doubleValue());
        }
      }
      return statistics;
    }
  }

  /** One child after the other. Fails unless all sessions have been come upon. */
  public static Measured measure(Testbed testbed, long sessions) {
    var connection = new SingleConnectionDataSource(testbed.jdbcUrl(), true);
    try {
      var jdbc = new JdbcTemplate(connection);
      var measured =
          testbed.measure(
              "origin's way, writes nothing",
              () ->
                  jdbc.queryForList("SELECT id FROM children ORDER BY id", Long.class).stream()
                      .mapToLong(child -> ofChild(jdbc, child))
                      .sum());
      if (measured.units() != sessions) {
        throw new BenchmarkFailure(
            "the origin's way: %,d sessions expected, %,d found"
                .formatted(sessions, measured.units()));
      }
      return measured;
    } finally {
      connection.destroy();
    }
  }

  /** How many sessions of one child have come into its days. */
  public static long ofChild(JdbcTemplate jdbc, long child) {
    var days =
        jdbc.query(SESSIONS, (row, _) -> PlayedSession.in(row), child).stream()
            .collect(groupingBy(PlayedSession::day));
    return days.values().stream()
        .map(Day::of)
        .flatMap(day -> day.byStatus.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
