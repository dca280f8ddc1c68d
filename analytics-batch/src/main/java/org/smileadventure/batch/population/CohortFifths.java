package org.smileadventure.batch.population;

import java.time.Duration;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * In which fifth of those of its age band and support level each child is. A rank would tell those
 * who know the others of a cohort what the last one has. A fifth tells them a fifth of the ranks,
 * and that once: a window is ranked again only when it has passed, or after a quarter of a year.
 */
final class CohortFifths {
  private static final String FIFTHS = SqlFile.read(CohortFifths.class, "fifths.sql");
  private static final int LONGEST_PAUSE_DAYS = 90;

  private final JdbcClient jdbc;
  private final long least;

  CohortFifths(JdbcClient jdbc, long least) {
    this.jdbc = jdbc;
    this.least = least;
  }

  /** Returns how many rows of the window changed. */
  int update(Window window) {
    return jdbc.sql(FIFTHS)
        .param("window", window.wireName())
        .param("pause", pause(window).toString())
        .param("least", least)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  /** So long after it was ranked the window is not ranked again. */
  static Duration pause(Window window) {
    var days = window.days();
    return Duration.ofDays(days == null ? LONGEST_PAUSE_DAYS : Math.min(days, LONGEST_PAUSE_DAYS));
  }
}
