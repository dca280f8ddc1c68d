package org.smileadventure.query.population;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.ActivityCell;
import org.smileadventure.common.population.Cohorts;
import org.smileadventure.common.population.Leaf;
import org.smileadventure.common.population.Moments;
import org.smileadventure.common.population.PopulationCell;
import org.smileadventure.common.population.PopulationCell.Measures;
import org.smileadventure.common.population.PopulationCell.PlayCounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cells that are published; they are a few dozen, however many children there are. */
@Component
class PopulationCells {
  private final JdbcClient jdbc;

  PopulationCells(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What cohorts are answered from. */
  Cohorts cohorts() {
    return new Cohorts(
        jdbc.sql("SELECT * FROM v_population_cell").query((row, _) -> cell(row)).list(),
        jdbc.sql("SELECT * FROM v_population_activity")
            .query((row, _) -> activityCell(row))
            .list());
  }

  private static ActivityCell activityCell(ResultSet row) throws SQLException {
    return new ActivityCell(
        leaves(row),
        row.getTimestamp("published_at").toInstant(),
        new ActivityCell.Counts(
            row.getLong("children"),
            row.getLong("activities"),
            row.getLong("verified"),
            row.getLong("emotional_n"),
            row.getLong("improvements"),
            row.getLong("deteriorations")));
  }

  private static Set<Leaf> leaves(ResultSet row) throws SQLException {
    return Arrays.stream((String[]) row.getArray("leaves").getArray())
        .map(Leaf::parse)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static PopulationCell cell(ResultSet row) throws SQLException {
    var children = row.getLong("children");
    return new PopulationCell(
        leaves(row),
        row.getTimestamp("published_at").toInstant(),
        new PlayCounts(
            children,
            row.getLong("sessions"),
            row.getLong("completed"),
            row.getLong("abandoned"),
            row.getLong("interrupted")),
        measures(row, children));
  }

  private static @Nullable Measures measures(ResultSet row, long children) throws SQLException {
    row.getDouble("score_sum");
    return row.wasNull()
        ? null
        : new Measures(
            moments(row, children, "score"),
            moments(row, children, "engagement"),
            moments(row, children, "success"));
  }

  private static Moments moments(ResultSet row, long children, String metric) throws SQLException {
    return new Moments(children, row.getDouble(metric + "_sum"), row.getDouble(metric + "_sum_sq"));
  }
}
