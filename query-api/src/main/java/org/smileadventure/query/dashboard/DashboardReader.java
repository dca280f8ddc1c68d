package org.smileadventure.query.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.ActivityFigures;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.PlayReader;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.dashboard.Dashboard.LastActivity;
import org.smileadventure.query.dashboard.Dashboard.LastSession;
import org.smileadventure.query.dashboard.Dashboard.Period;
import org.smileadventure.query.dashboard.Dashboard.Trends;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a dashboard is made of, in as many statements however many children there are, in
 * transactions to which the viewer's children were opened.
 */
@Component
class DashboardReader {
  private static final String SEEN = SqlFile.read(DashboardReader.class, "seen.sql");
  private static final String LATEST = SqlFile.read(DashboardReader.class, "latest.sql");
  private static final int MOST_CARDS = 50;

  private final JdbcClient jdbc;
  private final WindowReader windows;
  private final PlayReader play;
  private final JsonMapper json;

  DashboardReader(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.windows = new WindowReader(jdbc);
    this.play = new PlayReader(jdbc);
    this.json = json;
  }

  /**
   * The children that the viewer may see.
   *
   * @param total how many there are
   * @param first of them, by number
   */
  record Seen(long total, List<SeenChild> first) {}

  private record Row(SeenChild child, long total) {}

  Seen seen(Viewer viewer) {
    var rows =
        jdbc.sql(SEEN)
            .param("viewer", viewer.id())
            .param("most", MOST_CARDS)
            .query((row, _) -> new Row(child(row), row.getLong("total_children")))
            .list();
    return new Seen(
        rows.isEmpty() ? 0 : rows.getFirst().total(), rows.stream().map(Row::child).toList());
  }

  private static SeenChild child(ResultSet row) throws SQLException {
    return new SeenChild(
        new ChildId(row.getLong("id")),
        row.getString("name"),
        row.getInt("age"),
        row.getInt("points"),
        row.getInt("level"),
        row.getObject("support_level", Integer.class),
        ZoneId.of(row.getString("timezone")),
        row.getObject("last_session_day", LocalDate.class));
  }

  private record Latest(ChildId child, List<LastSession> sessions, List<LastActivity> activities) {}

  Map<ChildId, Glance> glances(List<SeenChild> children, Instant now) {
    var moments =
        windows.read(
            children.stream()
                .flatMap(child -> Stream.of(child.week(now), child.month(now)))
                .toList());
    var activities =
        play.activities(children.stream().map(child -> child.week(now)).toList()).stream()
            .collect(groupingBy(ActivityFigures::child));
    var latest = latest(children);
    return children.stream()
        .collect(
            toMap(
                SeenChild::id,
                child ->
                    glance(
                        figures(moments, child.week(now)),
                        figures(moments, child.month(now)),
                        points(child.week(now), activities.getOrDefault(child.id(), List.of())),
                        Objects.requireNonNull(latest.get(child.id())))));
  }

  private static WindowFigures figures(Map<DayRange, WindowMoments> moments, DayRange days) {
    return WindowFigures.of(Objects.requireNonNull(moments.get(days)), days.first(), days.last());
  }

  private static Glance glance(
      WindowFigures week, WindowFigures month, SortedMap<LocalDate, Long> points, Latest latest) {
    return new Glance(
        period(week),
        period(month),
        month.score().mean(),
        month.engagement().mean(),
        new Trends(
            month.score().trend().direction(),
            month.engagement().trend().direction(),
            month.success().trend().direction(),
            month.duration().trend().direction(),
            month.recovery().trend().direction()),
        month.risks(),
        points,
        latest.sessions(),
        latest.activities());
  }

  private static Period period(WindowFigures figures) {
    var totals = figures.totals();
    return new Period(
        totals.all().sessions(),
        totals.all().completed(),
        totals.minutes(),
        totals.activities(),
        totals.points());
  }

  /** Of each day, also one without. */
  private static SortedMap<LocalDate, Long> points(
      DayRange week, List<ActivityFigures> activities) {
    var points = new TreeMap<LocalDate, Long>();
    for (int day = 0; day < SeenChild.WEEK; day++) {
      points.put(week.last().minusDays(day), 0L);
    }
    for (var activity : activities) {
      points.merge(activity.day(), (long) activity.points(), Long::sum);
    }
    return points;
  }

  private Map<ChildId, Latest> latest(List<SeenChild> children) {
    return jdbc
        .sql(LATEST)
        .param("children", children.stream().mapToLong(child -> child.id().value()).toArray())
        .query(
            (row, _) ->
                new Latest(
                    new ChildId(row.getLong("child_id")),
                    Arrays.asList(json.readValue(row.getString("sessions"), LastSession[].class)),
                    Arrays.asList(
                        json.readValue(row.getString("activities"), LastActivity[].class))))
        .stream()
        .collect(toMap(Latest::child, latest -> latest));
  }
}
