package org.smileadventure.query.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.metric.WindowMoments;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures of a child in a period, what the summaries lack of it computed live. */
@Component
public class WindowReader {
  private static final String ANALYTICS = SqlFile.read(WindowReader.class, "analytics.sql");

  private final JdbcClient jdbc;

  WindowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Figures that were read.
   *
   * @param validUntil the child's next midnight, when the days of a window become others
   */
  public record Read(ChildAnalytics analytics, Instant validUntil) {}

  /**
   * The figures at this time, in one statement; empty if the viewer may not see the child, or there
   * is none. In a transaction to which the child was opened.
   */
  public Optional<Read> read(Viewer viewer, ChildId child, Period period, Instant now) {
    return jdbc.sql(ANALYTICS)
        .param("now", now.toString())
        .param("child", child.value())
        .param("viewer", viewer.id())
        .param("window", period.name())
        .param("days", period.days(), Types.INTEGER)
        .param("from", period.from(), Types.DATE)
        .param("to", period.to(), Types.DATE)
        .query((row, _) -> read(row, child, period, now))
        .optional();
  }

  private static Read read(ResultSet row, ChildId child, Period period, Instant now)
      throws SQLException {
    var from = row.getObject("first_day", LocalDate.class);
    var to = row.getObject("last_day", LocalDate.class);
    var moments = WindowMoments.parse(row.getString("moments"));
    var analytics =
        new ChildAnalytics(
            child.value(),
            new ChildAnalytics.Frame(period.name(), from, to, row.getString("timezone")),
            WindowFigures.of(moments, from, to),
            ChildAnalytics.Cohort.of(
                row.getObject("score_percentile", Double.class),
                row.getObject("engagement_percentile", Double.class),
                row.getObject("percentiles_as_of", LocalDate.class)),
            new ChildAnalytics.Sources(moments.summaryDays(), moments.liveDays()),
            now);
    return new Read(analytics, row.getTimestamp("next_midnight").toInstant());
  }
}
