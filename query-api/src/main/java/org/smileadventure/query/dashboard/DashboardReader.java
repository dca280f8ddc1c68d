package org.smileadventure.query.dashboard;

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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.PlayReader;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.dashboard.Dashboard.Card;
import org.smileadventure.query.dashboard.Dashboard.LastActivity;
import org.smileadventure.query.dashboard.Dashboard.LastSession;
import org.smileadventure.query.dashboard.Dashboard.Period;
import org.smileadventure.query.dashboard.Dashboard.Trends;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads all of a viewer's children at a glance, in as many statements however many they are. */
@Component
class DashboardReader {
  private static final String CARDS = SqlFile.read(DashboardReader.class, "cards.sql");
  private static final String LATEST = SqlFile.read(DashboardReader.class, "latest.sql");
  private static final int MOST_CARDS = 50;
  private static final int WEEK = 7;
  private static final int MONTH = 30;

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

  private record Child(
      ChildId id,
      String name,
      int age,
      int points,
      int level,
      @Nullable Integer supportLevel,
      ZoneId zone,
      @Nullable LocalDate lastSessionDay,
      long totalChildren) {

    /** The days that end today, where the child lives. */
    DayRange last(int days, Instant now) {
      var today = LocalDate.ofInstant(now, zone);
      return new DayRange(id, today.minusDays(days - 1L), today);
    }
  }

  private record Latest(List<LastSession> sessions, List<LastActivity> activities) {}

  /** In a transaction to which the viewer's children were opened. */
  Dashboard read(Viewer viewer, Instant now) {
    var children =
        jdbc.sql(CARDS)
            .param("viewer", viewer.id())
            .param("most", MOST_CARDS)
            .query((row, _) -> child(row))
            .list();
    var weeks = children.stream().map(child -> child.last(WEEK, now)).toList();
    var moments =
        windows.read(
            children.stream()
                .flatMap(child -> Stream.of(child.last(WEEK, now), child.last(MONTH, now)))
                .toList());
    var cards =
        children.stream()
            .map(
                child ->
                    card(
                        child,
                        figures(moments, child.last(WEEK, now)),
                        figures(moments, child.last(MONTH, now))))
            .toList();
    var latest = latest(children);
    return new Dashboard(
        children.isEmpty() ? 0 : children.getFirst().totalChildren(),
        sum(cards, Card::week),
        sum(cards, Card::month),
        cards.stream().mapToLong(Card::points).sum(),
        cards,
        points(weeks),
        latest.sessions(),
        latest.activities(),
        now);
  }

  private static Child child(ResultSet row) throws SQLException {
    return new Child(
        new ChildId(row.getLong("id")),
        row.getString("name"),
        row.getInt("age"),
        row.getInt("points"),
        row.getInt("level"),
        row.getObject("support_level", Integer.class),
        ZoneId.of(row.getString("timezone")),
        row.getObject("last_session_day", LocalDate.class),
        row.getLong("total_children"));
  }

  private static WindowFigures figures(Map<DayRange, WindowMoments> moments, DayRange days) {
    return WindowFigures.of(Objects.requireNonNull(moments.get(days)), days.first(), days.last());
  }

  private static Card card(Child child, WindowFigures week, WindowFigures month) {
    return new Card(
        child.id().value(),
        child.name(),
        child.age(),
        child.points(),
        child.level(),
        child.supportLevel(),
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
        child.lastSessionDay());
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

  private static Period sum(List<Card> cards, Function<Card, Period> of) {
    return cards.stream()
        .map(of)
        .reduce(
            new Period(0, 0, 0, 0, 0),
            (a, b) ->
                new Period(
                    a.sessions() + b.sessions(),
                    a.completed() + b.completed(),
                    a.minutes() + b.minutes(),
                    a.activities() + b.activities(),
                    a.points() + b.points()));
  }

  /** Of each day, also one without. */
  private SortedMap<LocalDate, Long> points(List<DayRange> weeks) {
    var points = new TreeMap<LocalDate, Long>();
    for (var week : weeks) {
      for (int day = 0; day < WEEK; day++) {
        points.put(week.last().minusDays(day), 0L);
      }
    }
    for (var activity : play.activities(weeks)) {
      points.merge(activity.day(), (long) activity.points(), Long::sum);
    }
    return points;
  }

  private Latest latest(List<Child> shown) {
    return jdbc.sql(LATEST)
        .param("children", shown.stream().mapToLong(child -> child.id().value()).toArray())
        .query(
            (row, _) ->
                new Latest(
                    Arrays.asList(json.readValue(row.getString("sessions"), LastSession[].class)),
                    Arrays.asList(
                        json.readValue(row.getString("activities"), LastActivity[].class))))
        .single();
  }
}
