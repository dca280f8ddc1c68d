package org.smileadventure.query.dashboard;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.metric.WindowMoments;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.dashboard.Dashboard.Card;
import org.smileadventure.query.dashboard.Dashboard.LastActivity;
import org.smileadventure.query.dashboard.Dashboard.LastSession;
import org.smileadventure.query.dashboard.Dashboard.Period;
import org.smileadventure.query.dashboard.Dashboard.Trends;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** All of a viewer's children at a glance, in two statements however many they are. */
@RestController
class DashboardEndpoint {
  private static final String CARDS = SqlFile.read(DashboardEndpoint.class, "cards.sql");
  private static final String LATEST = SqlFile.read(DashboardEndpoint.class, "latest.sql");
  private static final int MOST_CARDS = 50;

  private final Answers answers;
  private final OpenedChildren children;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  DashboardEndpoint(Answers answers, OpenedChildren children, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.children = children;
    this.jdbc = jdbc;
    this.json = json;
  }

  @Operation(summary = "All of the viewer's children at a glance")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Dashboard.class)))
  @GetMapping("/api/v1/dashboard")
  ResponseEntity<byte[]> dashboard(Asked asked) {
    var found = children.all(asked.viewer(), asked.line(), () -> find(asked.viewer().id()));
    return answers.of(found, asked.fields());
  }

  private record Row(Card card, SortedMap<LocalDate, Long> points, long totalChildren) {}

  private record Latest(List<LastSession> sessions, List<LastActivity> activities) {}

  private Dashboard find(long viewer) {
    var now = answers.now();
    var rows =
        jdbc.sql(CARDS)
            .param("viewer", viewer)
            .param("now", now.toString())
            .param("most", MOST_CARDS)
            .query((row, _) -> row(row))
            .list();
    var latest = latest(rows.stream().mapToLong(row -> row.card().childId()).toArray());
    var points = new TreeMap<LocalDate, Long>();
    rows.forEach(row -> row.points().forEach((day, sum) -> points.merge(day, sum, Long::sum)));
    return new Dashboard(
        rows.isEmpty() ? 0 : rows.getFirst().totalChildren(),
        sum(rows, Card::week),
        sum(rows, Card::month),
        rows.stream().mapToLong(row -> row.card().points()).sum(),
        rows.stream().map(Row::card).toList(),
        points,
        latest.sessions(),
        latest.activities(),
        now);
  }

  private Row row(ResultSet row) throws SQLException {
    var today = row.getObject("today", LocalDate.class);
    var week =
        WindowFigures.of(WindowMoments.parse(row.getString("week")), today.minusDays(6), today);
    var month =
        WindowFigures.of(WindowMoments.parse(row.getString("month")), today.minusDays(29), today);
    var points = new TreeMap<LocalDate, Long>();
    json.readTree(row.getString("points"))
        .forEachEntry((day, sum) -> points.put(LocalDate.parse(day), sum.longValue()));
    return new Row(
        new Card(
            row.getLong("id"),
            row.getString("name"),
            row.getInt("age"),
            row.getInt("points_of_child"),
            row.getInt("level"),
            row.getObject("support_level", Integer.class),
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
            row.getObject("last_session_day", LocalDate.class)),
        points,
        row.getLong("total_children"));
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

  private static Period sum(List<Row> rows, Function<Card, Period> of) {
    return rows.stream()
        .map(row -> of.apply(row.card()))
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

  private Latest latest(long[] shown) {
    return jdbc.sql(LATEST)
        .param("children", shown)
        .query(
            (row, _) ->
                new Latest(
                    Arrays.asList(json.readValue(row.getString("sessions"), LastSession[].class)),
                    Arrays.asList(
                        json.readValue(row.getString("activities"), LastActivity[].class))))
        .single();
  }
}
