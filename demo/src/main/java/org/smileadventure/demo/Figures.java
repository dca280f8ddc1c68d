package org.smileadventure.demo;

import java.util.List;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in the database, counted. */
final class Figures {
  private final JdbcClient jdbc;

  Figures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long events() {
    return count("SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM session_events");
  }

  long sessions() {
    return count("SELECT count(*) FROM game_sessions");
  }

  long openSessions() {
    return count("SELECT count(*) FROM game_sessions WHERE completion_status = 'in_progress'");
  }

  /** One that was active for more than a day has no duration, but a note of it. */
  long sessionsOfOverADay() {
    return count(
        """
        SELECT count(*) FROM game_sessions
        WHERE duration_seconds > 86400 OR data_quality_notes @> '[{"rule": "active_over_a_day"}]'
        """);
  }

  long summarisedMonths() {
    return count("SELECT count(*) FROM child_month_summary");
  }

  long dirtyMonths() {
    return count("SELECT count(*) FROM dirty_child_months");
  }

  long windows() {
    return count("SELECT count(*) FROM child_window_summary");
  }

  long pendingInvalidations() {
    return count("SELECT count(*) FROM pending_invalidation");
  }

  /** The players with most real sessions of the past 30 days, most first. */
  List<ChildId> busiestPlayers(int most) {
    return jdbc.sql(
            """
            SELECT child_id FROM game_sessions WHERE scenario_id = :scenario GROUP BY child_id
            ORDER BY count(*) FILTER (WHERE started_at > now() - interval '29 days') DESC, child_id
            LIMIT :most
            """)
        .param("scenario", Replay.SCENARIO)
        .param("most", most)
        .query((row, _) -> new ChildId(row.getLong(1)))
        .list();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
