package org.smileadventure.query.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.query.answer.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures of a child in a period. A window ends today, where the child lives. */
@Component
public class AnalyticsReader {
  private static final String CHILD = SqlFile.read(AnalyticsReader.class, "child.sql");

  private final JdbcClient jdbc;
  private final WindowReader windows;

  AnalyticsReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.windows = new WindowReader(jdbc);
  }

  /**
   * Figures that were read.
   *
   * @param validUntil the child's next midnight, when the days of a window become others
   */
  public record Read(ChildAnalytics analytics, Instant validUntil) {}

  private record Child(
      String timezone,
      @Nullable Integer scoreFifth,
      @Nullable Integer engagementFifth,
      @Nullable Instant rankedAt) {}

  /**
   * The figures at this time; empty if the viewer may not see the child, or there is none. In a
   * transaction to which the child was opened.
   */
  public Optional<Read> read(Viewer viewer, ChildId child, Period period, Instant now) {
    return child(viewer, child, period).map(seen -> read(child, seen, period, now));
  }

  /** The same figures, of the period's days that were read already. */
  public Optional<ChildAnalytics> of(
      Viewer viewer, Period period, DayRange days, WindowMoments moments, Instant now) {
    return child(viewer, days.child(), period)
        .map(seen -> analytics(seen, period, days, moments, now));
  }

  private Optional<Child> child(Viewer viewer, ChildId child, Period period) {
    return jdbc.sql(CHILD)
        .param("child", child.value())
        .param("viewer", viewer.id())
        .param("window", period.name())
        .query((row, _) -> child(row))
        .optional();
  }

  private static Child child(ResultSet row) throws SQLException {
    var ranked = row.getTimestamp("ranked_at");
    return new Child(
        row.getString("timezone"),
        row.getObject("score_fifth", Integer.class),
        row.getObject("engagement_fifth", Integer.class),
        ranked == null ? null : ranked.toInstant());
  }

  private Read read(ChildId id, Child child, Period period, Instant now) {
    var zone = ZoneId.of(child.timezone());
    var today = LocalDate.ofInstant(now, zone);
    var days = period.endingOn(id, today);
    var moments = Objects.requireNonNull(windows.read(List.of(days)).get(days));
    return new Read(
        analytics(child, period, days, moments, now),
        today.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static ChildAnalytics analytics(
      Child child, Period period, DayRange days, WindowMoments moments, Instant now) {
    var ranked = child.rankedAt();
    return new ChildAnalytics(
        days.child().value(),
        new ChildAnalytics.Frame(period.name(), days.first(), days.last(), child.timezone()),
        WindowFigures.of(moments, days.first(), days.last()),
        ChildAnalytics.Cohort.of(
            child.scoreFifth(),
            child.engagementFifth(),
            ranked == null ? null : LocalDate.ofInstant(ranked, ZoneId.of(child.timezone()))),
        new ChildAnalytics.Sources(moments.summaryDays(), moments.liveDays()),
        now);
  }
}
