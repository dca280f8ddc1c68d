package org.smileadventure.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What all children have played, which grows into the past. */
final class PlayHistory {
  private static final String SESSIONS = SqlFile.read(PlayHistory.class, "insert-play.sql");
  private static final String ACTIVITIES = SqlFile.read(PlayHistory.class, "insert-activities.sql");

  /** Sessions a day of play, as {@code insert-play.sql} draws them. */
  private static final double SESSIONS_A_DAY = 1.5;

  /** A little more than are asked for, as days are drawn by chance. */
  private static final double MARGIN = 1.01;

  private static final int DAYS_A_SET = 10;

  private final String url;
  private final double playProbability;
  private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private LocalDate first = last.plusDays(1);

  /**
   * No play so far.
   *
   * @param sessions at least, when it has grown to so many days
   */
  PlayHistory(String url, int children, int sessions, int days) {
    this.url = url;
    playProbability = MARGIN * sessions / SESSIONS_A_DAY / children / days;
    if (playProbability > 1) {
      throw new BenchmarkFailure(
          "%,d sessions are more than %,d children play in %d days"
              .formatted(sessions, children, days));
    }
  }

  /** The days that the last growth added. */
  record Span(LocalDate first, LocalDate last) {
    long days() {
      return ChronoUnit.DAYS.between(first, last) + 1;
    }
  }

  /**
   * Adds so many days before those there are, in their order, as ingest writes them. Indexes are
   * made anew afterwards and foreign keys left unchecked, which saves minutes.
   */
  Span grow(int days) {
    var span = new Span(first.minusDays(days), first.minusDays(1));
    first = span.first();
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
      for (var from = span.first(); !from.isAfter(span.last()); from = from.plusDays(DAYS_A_SET)) {
        insert(jdbc, from, earlier(from.plusDays(DAYS_A_SET - 1), span.last()));
      }
      indexes.forEach(template::execute);
    } finally {
      connection.destroy();
    }
    return span;
  }

  long sessions() {
    return JdbcClient.create(Testbed.jdbc(url))
        .sql("SELECT count(*) FROM game_sessions")
        .query(Long.class)
        .single();
  }

  private void insert(JdbcClient jdbc, LocalDate from, LocalDate to) {
    for (var statement : List.of(SESSIONS, ACTIVITIES)) {
      var bound = jdbc.sql(statement).param("first", from.toString()).param("last", to.toString());
      if (statement.equals(SESSIONS)) {
        bound = bound.param("play_probability", playProbability);
      }
      bound.update();
    }
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
