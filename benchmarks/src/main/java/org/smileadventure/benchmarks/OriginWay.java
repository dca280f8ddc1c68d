package org.smileadventure.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * All rows of a child are loaded and its days computed in the application, for one child after the
 * other, as the game's first version did for each question. It writes nothing.
 */
final class OriginWay {
  private static final String SESSIONS = SqlFile.read(OriginWay.class, "origin-sessions.sql");

  private OriginWay() {}

  /** Seconds. Fails unless it has come upon so many days of play. */
  static double measure(String url, long expectedDays) {
    var connection = new SingleConnectionDataSource(url, true);
    try {
      var jdbc = new JdbcTemplate(connection);
      var begin = System.nanoTime();
      long days = 0;
      for (var child :
          jdbc.query("SELECT id FROM children ORDER BY id", (row, _) -> row.getLong(1))) {
        days += ofChild(jdbc, child);
      }
      var seconds = (System.nanoTime() - begin) / 1e9;
      if (days != expectedDays) {
        throw new BenchmarkFailure(
            "the origin's way: %,d days expected, %,d found".formatted(expectedDays, days));
      }
      return seconds;
    } finally {
      connection.destroy();
    }
  }

  /** How many days were computed of one child. */
  static int ofChild(JdbcTemplate jdbc, long child) {
    return daysOf(jdbc.query(SESSIONS, (row, _) -> PlayedSession.in(row), child));
  }

  private static int daysOf(List<PlayedSession> sessions) {
    var computed = 0;
    var ofDay = new ArrayList<PlayedSession>();
    LocalDate day = null;
    for (var session : sessions) {
      if (!session.day().equals(day) && !ofDay.isEmpty()) {
        computed += DayFigures.of(ofDay).isEmpty() ? 0 : 1;
        ofDay.clear();
      }
      day = session.day();
      ofDay.add(session);
    }
    return ofDay.isEmpty() || DayFigures.of(ofDay).isEmpty() ? computed : computed + 1;
  }
}
