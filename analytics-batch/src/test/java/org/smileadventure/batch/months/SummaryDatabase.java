package org.smileadventure.batch.months;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.common.store.PlayReader;
import org.smileadventure.common.store.WindowReader;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with sessions, written as ingest writes them: with their months marked. */
final class SummaryDatabase {
  static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final JdbcClient jdbc;
  private final DataSourceTransactionManager transactions;
  private final TransactionTemplate transaction;
  private final long parent;

  SummaryDatabase(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
    transactions = new DataSourceTransactionManager(dataSource);
    transaction = new TransactionTemplate(transactions);
    parent = new People(jdbc).parent("parent-" + UUID.randomUUID() + "@example.org");
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  TransactionTemplate transaction() {
    return transaction;
  }

  ChildId child() {
    return new People(jdbc).child(parent, "UTC");
  }

  List<ChildId> children() {
    return jdbc.sql("SELECT id FROM children ORDER BY id")
        .query((row, _) -> new ChildId(row.getLong("id")))
        .list();
  }

  /** A completed session of this score, in a transaction with its mark. */
  UUID session(ChildId child, LocalDate day, int score) {
    return transaction.execute(
        _ -> {
          var id = insert(child, day, score);
          mark(child, day);
          return id;
        });
  }

  UUID insert(ChildId child, LocalDate day, int score) {
    var start = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    var id = IDS.construct(start.toEpochMilli());
    jdbc.sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, score, engagement_score, success_rate, interactions_count, completion_status,
              session_data_quality, emotions)
            VALUES (:id, :child, 'dental_visit', 'Brushing', :start::timestamptz,
              :start::timestamptz + interval '10 min', :day, 600, 540, :score, 71.67, 80, 50, 'completed', 'complete',
              '{"seconds": {"calm": 500.5, "anxious": 99.5}, "first": "anxious", "last": "calm",
                "transitions": {"anxious>calm": 1}, "observations": 3, "into_distress": 1,
                "triggers": {"drill": [2, 1]}, "strategies": {"deep breaths": [1, 4, 1]}}')
            """)
        .param("id", id)
        .param("child", child.value())
        .param("start", start.toString())
        .param("day", day)
        .param("score", score)
        .update();
    return id;
  }

  /** A session of which nothing but its start was heard, so long ago by the server's clock. */
  void openSession(ChildId child, Instant start, Duration ago) {
    transaction.executeWithoutResult(
        _ -> {
          var play = Play.by(child, start);
          StoredHistory.store(jdbc, play.events());
          for (var update :
              List.of(
                  "UPDATE session_events SET received_at = now() - :ago::interval WHERE session_id = :id",
                  "UPDATE game_sessions SET created_at = now() - :ago::interval WHERE id = :id")) {
            jdbc.sql(update)
                .param("ago", ago.toString())
                .param("id", play.session().value())
                .update();
          }
        });
  }

  /** Its document as text, as arrays do not compare; of two columns of a name the first counts. */
  Map<String, @Nullable Object> summary(ChildId child, LocalDate day) {
    return jdbc.sql(
            """
            SELECT s.moments::text AS moments, s.* FROM child_month_summary s
            WHERE s.child_id = :child AND s.month = :month
            """)
        .param("child", child.value())
        .param("month", day.withDayOfMonth(1))
        .query()
        .singleRow();
  }

  List<ChildId> pendingInvalidations() {
    return jdbc.sql("SELECT child_id FROM pending_invalidation ORDER BY child_id")
        .query((row, _) -> new ChildId(row.getLong("child_id")))
        .list();
  }

  void mark(ChildId child, LocalDate... days) {
    jdbc.sql(
            "SELECT mark_months(array_fill(:child::bigint, ARRAY[cardinality(:days)]), :days::date[])")
        .param("child", child.value())
        .param("days", List.of(days).stream().map(LocalDate::toString).toArray(String[]::new))
        .query(_ -> {});
  }

  long dirtyMonths() {
    return count("SELECT count(*) FROM dirty_child_months");
  }

  long summaryRows() {
    return count("SELECT count(*) FROM child_month_summary");
  }

  /** Clean months that the summary has otherwise than what was played, either way. */
  List<String> differences() {
    return new MonthSummaries(jdbc)
        .differences(
            children().stream()
                .map(child -> new DayRange(child, null, LocalDate.of(9999, 12, 31)))
                .toList());
  }

  /**
   * The windows up to this day that a reader, who takes them all in one snapshot, sees otherwise
   * than by folding all that was played.
   */
  List<String> windowsOtherThanPlayed(LocalDate last) {
    var snapshot = new TransactionTemplate(transactions);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return snapshot.execute(
        _ -> {
          var windows = new ArrayList<DayRange>();
          for (var child : children()) {
            for (var window : Window.values()) {
              windows.add(new DayRange(child, window.firstDay(last), last));
            }
          }
          var play = new PlayReader(jdbc);
          var different = new ArrayList<String>();
          new WindowReader(jdbc)
              .read(windows)
              .forEach(
                  (window, read) -> {
                    var played =
                        WindowMoments.of(
                            List.of(),
                            play.sessions(List.of(window)),
                            play.activities(List.of(window)),
                            read.surroundings());
                    if (!read.moments().equals(played.moments())) {
                      different.add("%s: %s instead of %s".formatted(window, read, played));
                    }
                  });
          return different;
        });
  }

  long summarisedScore(ChildId child, LocalDate day) {
    return (Long) Objects.requireNonNull(summary(child, day).get("score_sum"));
  }

  /** Where each row lies and who wrote it last: it changes if the row is written again. */
  List<String> rowVersions(ChildId child) {
    return jdbc.sql(
            "SELECT month || ' ' || xmin || ' ' || ctid FROM child_month_summary WHERE child_id = :child ORDER BY month")
        .param("child", child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** One pass of the job's work over all children, each chunk in a transaction. */
  void pass(int chunk) {
    var reader = reader(chunk);
    while (isDone(reader, chunk)) {
      // There may be more.
    }
  }

  /** The first chunk of such a pass, after which the job dies. */
  void chunk(int chunk) {
    isDone(reader(chunk), chunk);
  }

  private ChildReader reader(int chunk) {
    var reader = new ChildReader(jdbc, MonthSteps.NEXT_DIRTY, Map.of(), chunk);
    reader.open(new ChildRange(1, Long.MAX_VALUE).context());
    return reader;
  }

  private boolean isDone(ChildReader reader, int most) {
    return transaction.execute(
        _ -> {
          var chunk = new Chunk<ChildId>();
          for (var child = reader.read(); child != null; child = reader.read()) {
            chunk.add(child);
            if (chunk.size() == most) {
              break;
            }
          }
          if (chunk.isEmpty()) {
            return false;
          }
          FoldMonths.thatAreDirty(jdbc, new ChildBlocks(jdbc)).write(chunk);
          return true;
        });
  }
}
