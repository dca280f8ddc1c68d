package org.smileadventure.benchmarks.play;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What children have played, which grows into the past. */
public final class PlayHistory {
  private static final String SESSIONS = SqlFile.read(PlayHistory.class, "insert-play.sql");
  private static final String ACTIVITIES = SqlFile.read(PlayHistory.class, "insert-activities.sql");

  /** Sessions a day of play, as {@code insert-play.sql} draws them. */
  private static final double SESSIONS_A_DAY = 1.5;

  /** A little more than are asked for, as days are drawn by chance. */
  private static final double MARGIN = 1.01;

  private static final int DAYS_A_SET = 10;
  private static final int CHILDREN_A_SET = 200;

  private final String url;
  private final List<ChildId> children;
  private final double playProbability;
  private final LocalDate last;
  private LocalDate first;

  /**
   * No play so far.
   *
   * @param children who play: all from the first to the last
   * @param sessions at least, when it has grown to so many days
   * @param last the day that it ends with
   */
  public PlayHistory(String url, List<ChildId> children, int sessions, int days, LocalDate last) {
    this.url = url;
    this.children = children;
    this.last = last;
    first = last.plusDays(1);
    playProbability = MARGIN * sessions / SESSIONS_A_DAY / children.size() / days;
    if (playProbability > 1) {
      throw new BenchmarkFailure(
          "%,d sessions are more than %,d children play in %d days"
              .formatted(sessions, children.size(), days));
    }
  }

  /**
   * Adds so many days before those there are, in their order, as ingest writes them. Indexes are
   * made anew afterwards and foreign keys left unchecked, which saves minutes.
   */
  public void grow(int days) {
    var end = first;
    first = first.minusDays(days);
    var connection = new SingleConnectionDataSource(url, true);
    try {
      var template = new JdbcTemplate(connection);
      var indexes =
          template.queryForList(
              """
              SELECT indexdef FROM pg_indexes
              WHERE tablename = 'game_sessions' AND indexname <> 'game_sessions_pkey'
              """,
              String.class);
      template
          .queryForList(
              """
              SELECT format('DROP INDEX %I', indexname) FROM pg_indexes
              WHERE tablename = 'game_sessions' AND indexname <> 'game_sessions_pkey'
              """,
              String.class)
          .forEach(template::execute);
      template.execute("SET session_replication_role = replica");
      template.execute("SELECT setseed(0.42)");
      var jdbc = JdbcClient.create(template);
      for (var from = first; from.isBefore(end); from = from.plusDays(DAYS_A_SET)) {
        insert(jdbc, from, earlier(from.plusDays(DAYS_A_SET), end).minusDays(1));
      }
      indexes.forEach(template::execute);
    } finally {
      connection.destroy();
    }
  }

  /** Has the months summarised of all that was played so far, as the job does. */
  public void summarise() {
    var connection = new SingleConnectionDataSource(url, true);
    try {
      var months = new MonthSummaries(JdbcClient.create(connection));
      for (int i = 0; i < children.size(); i += CHILDREN_A_SET) {
        months.fold(
            children.subList(i, Math.min(children.size(), i + CHILDREN_A_SET)).stream()
                .map(child -> new DayRange(child, null, YearMonth.from(last).atEndOfMonth()))
                .toList());
      }
    } finally {
      connection.destroy();
    }
  }

  private void insert(JdbcClient jdbc, LocalDate from, LocalDate to) {
    for (var statement : List.of(SESSIONS, ACTIVITIES)) {
      jdbc.sql(statement)
          .param("first", from.toString())
          .param("last", to.toString())
          .param("first_child", children.getFirst().value())
          .param("last_child", children.getLast().value())
          .param("play_probability", playProbability)
          .update();
    }
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
