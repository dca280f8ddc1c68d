package org.smileadventure.batch.daily;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with sessions, written as ingest writes them: with their days marked. */
final class SummaryDatabase {
  static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  /** As in record_sessions, for one day. */
  static final String MARK_DIRTY =
      """
      INSERT INTO dirty_child_days (child_id, day) VALUES (:child, :day)
      ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
      """;

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

  /** Transactions that see the database as it was when they began. */
  TransactionTemplate snapshot() {
    var snapshot = new TransactionTemplate(transactions);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return snapshot;
  }

  ChildId child() {
    return new People(jdbc).child(parent, "UTC");
  }

  /** A completed session of this score, in a transaction with its mark. */
  UUID session(ChildId child, LocalDate day, int score) {
    var id = UUID.randomUUID();
    transaction.executeWithoutResult(
        _ -> {
          insert(id, child, day, score);
          mark(child, day);
        });
    return id;
  }

  void insert(UUID id, ChildId child, LocalDate day, int score) {
    Instant start = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
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
  }

  /** A session of which nothing but its start was heard, so long ago by the server's clock. */
  void openSession(ChildId child, LocalDate day, Duration ago) {
    var id = UUID.randomUUID();
    var start = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toString();
    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql(
                  """
                  INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, received_at, payload)
                  VALUES (:id, 1, :child, 'session.started', :start::timestamptz, now() - :ago::interval,
                          '{"sessionType": "dental_visit", "scenarioName": "Brushing"}')
                  """)
              .param("id", id)
              .param("child", child.value())
              .param("start", start)
              .param("ago", ago.toString())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day, created_at)
                  VALUES (:id, :child, 'dental_visit', 'Brushing', :start::timestamptz, :day, now() - :ago::interval)
                  """)
              .param("id", id)
              .param("child", child.value())
              .param("start", start)
              .param("day", day)
              .param("ago", ago.toString())
              .update();
          mark(child, day);
        });
  }

  Map<String, @Nullable Object> summary(ChildId child, LocalDate day) {
    return jdbc.sql("SELECT * FROM child_daily_summary WHERE child_id = :child AND day = :day")
        .param("child", child.value())
        .param("day", day)
        .query()
        .singleRow();
  }

  List<ChildId> pendingInvalidations() {
    return jdbc.sql("SELECT child_id FROM pending_invalidation ORDER BY child_id")
        .query((row, _) -> new ChildId(row.getLong("child_id")))
        .list();
  }

  void mark(ChildId child, LocalDate day) {
    jdbc.sql(MARK_DIRTY).param("child", child.value()).param("day", day).update();
  }

  long dirtyDays() {
    return count("SELECT count(*) FROM dirty_child_days");
  }

  long summaryRows() {
    return count("SELECT count(*) FROM child_daily_summary");
  }

  /** Rows that the summary has otherwise than its definition, either way. */
  long differences() {
    return count(
        """
        SELECT count(*) FROM summary_differences(1, 9223372036854775807, 1000)
        """);
  }

  /**
   * The summaries that a reader, who takes them all in one snapshot, sees otherwise than defined.
   */
  List<String> unionsOtherThanTheirDefinition() {
    return snapshot()
        .execute(
            _ ->
                jdbc
                    .sql("SELECT definition FROM v_day_summaries")
                    .query((row, _) -> row.getString(1))
                    .list()
                    .stream()
                    .filter(definition -> unionDiffers(definition) > 0)
                    .toList());
  }

  private long unionDiffers(String definition) {
    return count(
        """
        WITH current AS (SELECT to_jsonb(c) - 'live' FROM %1$s_current c),
             defined AS (SELECT to_jsonb(d) FROM %1$s d)
        SELECT (SELECT count(*) FROM (TABLE current EXCEPT ALL TABLE defined) a)
             + (SELECT count(*) FROM (TABLE defined EXCEPT ALL TABLE current) b)
        """
            .formatted(definition));
  }

  long summarisedScore(ChildId child, LocalDate day) {
    return jdbc.sql(
            "SELECT score_sum FROM child_daily_summary WHERE child_id = :child AND day = :day")
        .param("child", child.value())
        .param("day", day)
        .query(Long.class)
        .single();
  }

  /** Where each row lies and who wrote it last: it changes if the row is written again. */
  List<String> rowVersions(ChildId child) {
    return jdbc.sql(
            "SELECT day || ' ' || xmin || ' ' || ctid FROM child_daily_summary WHERE child_id = :child ORDER BY day")
        .param("child", child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** One pass of the job's work over all children, each chunk in a transaction. */
  void pass(int chunk) {
    var execution = allChildren();
    RepeatStatus status;
    do {
      status = chunk(chunk, execution);
    } while (status == RepeatStatus.CONTINUABLE);
  }

  /** The first chunk of such a pass, after which the job dies. */
  void chunk(int chunk) {
    chunk(chunk, allChildren());
  }

  private RepeatStatus chunk(int chunk, StepExecution execution) {
    var tasklet = new MaterialiseDays(jdbc, new DirtyLog(jdbc), new ChildBlocks(jdbc), chunk);
    return transaction.execute(
        _ ->
            tasklet.execute(
                new StepContribution(execution), new ChunkContext(new StepContext(execution))));
  }

  private static StepExecution allChildren() {
    var execution =
        new StepExecution(
            1, "pass", new JobExecution(1, new JobInstance(1, "job"), new JobParameters()));
    execution.setExecutionContext(new ChildRange(1, Long.MAX_VALUE).context());
    return execution;
  }
}
