package org.smileadventure.batch;

import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of 24 children who have played for weeks, all summarised by a night, and on which a
 * day has gone by since: five of six children have played again, also on earlier days, and left a
 * session open that is silent by now; for the sixths, who have not, the calendar changes something.
 */
public final class PlayedDatabase {
  static final int CHILDREN = 24;

  /** Who does not play again is a multiple of it. */
  private static final int STILL = 6;

  private final String url;
  private final JdbcClient jdbc;
  private int days;

  private PlayedDatabase(String url) {
    this.url = url;
    this.jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  }

  /** A copy: all of them hold the same. */
  public static PlayedDatabase copy() {
    var database = new PlayedDatabase(MigratedDatabase.newUrl("played", PlayedDatabase::fill));
    database.dayGoesBy();
    return database;
  }

  private static void fill(String url) {
    var database = new PlayedDatabase(url);
    var people = new People(database.jdbc);
    var parent = people.parent("parent@example.org");
    for (int child = 1; child <= CHILDREN; child++) {
      people.child(parent, child % 2 == 0 ? "Europe/Rome" : "UTC");
    }
    database.play();
    try (var service = new ServiceUnderTest(url)) {
      var runs = service.bean(JobRuns.class);
      var night = runs.start("nightly", Map.of());
      await()
          .atMost(java.time.Duration.ofSeconds(60))
          .until(() -> runs.execution(night.getId()).getStatus() == BatchStatus.COMPLETED);
    }
  }

  public String url() {
    return url;
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** There is work for each step of the night again. */
  public void dayGoesBy() {
    days++;
    play();
    leaveSilentSessions();
    leaveOldEvents();
    jdbc.sql("UPDATE child_window_summary SET due_on = current_date WHERE child_id % ? = 0")
        .param(STILL)
        .update();
    // Otherwise the planner, which knows nothing of tables that have just been filled, takes
    // minutes.
    jdbc.sql("ANALYZE").update();
  }

  /** All days are summarised wrongly, as after a mistake in a definition: there is work to mend. */
  void spoil() {
    jdbc.sql("UPDATE child_daily_summary SET score_sum = score_sum + 1").update();
  }

  /** A child of the later half who has played again. */
  static int played(int any) {
    var child = CHILDREN / 2 + 1 + Math.floorMod(any, CHILDREN / 2);
    return child % STILL == 0 ? child - 1 : child;
  }

  /** A child who has not, but for whom the calendar changes something. */
  static int still(int any) {
    return STILL * (1 + Math.floorMod(any, CHILDREN / STILL));
  }

  /**
   * Completed sessions and activities of children c, d days ago, and the marks that go with them.
   */
  private void play() {
    jdbc.sql(
            """
            WITH played AS (
              SELECT c, d, current_date - d AS day, (c * 7 + d * 13 + :days * 5) % 101 AS score
              FROM generate_series(1, :children) c, generate_series(1, 60) d
              WHERE CASE WHEN :days = 0 THEN d < 40 ELSE d % 13 = 1 AND c % :still <> 0 END
            ), sessions AS (
              INSERT INTO game_sessions (
                id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
                active_seconds, score, engagement_score, success_rate, recovery_seconds, interactions_count,
                initial_emotion, final_emotion, distress_seconds, emotions, completion_status, session_data_quality)
              SELECT md5('played ' || :days || '/' || c || '/' || d)::uuid, c, 'dental_visit', 'Brushing',
                day + interval '12 h' + score * interval '1 min', day + interval '12 h' + (score + 10) * interval '1 min',
                day, 600, 540, score, score / 2.0, score / 3.0, score / 7.0, 50, 'anxious', 'calm', score,
                jsonb_build_object('seconds', jsonb_build_object('anxious', score, 'calm', 600.5 - score),
                  'first', 'anxious', 'last', 'calm', 'transitions', '{"anxious>calm": 1}'::jsonb,
                  'observations', 3, 'into_distress', 1, 'triggers', '{"noise": [2, 1]}'::jsonb,
                  'strategies', '{"deep_breathing": [1, 4, 1]}'::jsonb),
                'completed', 'complete'
              FROM played
            ), activities AS (
              INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, points_earned, completed_at, day,
                anxiety_level_before, anxiety_level_after)
              SELECT md5('played ' || :days || '/' || c || '/' || d)::uuid, 1, c, 'dental_care', 'Brushing', score % 10, day + interval '9 h', day, 5, 4 FROM played WHERE d % 4 = 1
            )
            INSERT INTO dirty_child_days (child_id, day) SELECT c, day FROM played ORDER BY c, day
            ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
            """)
        .param("children", CHILDREN)
        .param("days", days)
        .param("still", STILL)
        .update();
  }

  private void leaveSilentSessions() {
    jdbc.sql(
            """
            WITH silent AS (
              SELECT c, md5(:name || c)::uuid AS id, current_date - 2 + interval '10 h' AS start,
                     now() - interval '8 h' + c * interval '1 min' AS heard
              FROM generate_series(1, :children) c WHERE c % :still <> 0
            ), events AS (
              INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, received_at, payload)
              SELECT id, 1, c, 'session.started', start, heard,
                     '{"sessionType": "dental_visit", "scenarioName": "Brushing"}' FROM silent
            ), sessions AS (
              INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day, created_at)
              SELECT id, c, 'dental_visit', 'Brushing', start, start::date, heard FROM silent
            )
            INSERT INTO dirty_child_days (child_id, day) SELECT c, start::date FROM silent ORDER BY c
            ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
            """)
        .param("children", CHILDREN)
        .param("still", STILL)
        .param("name", "silent " + days)
        .update();
  }

  /** Of a session of each of the last three months that are over. */
  private void leaveOldEvents() {
    jdbc.sql(
            """
            INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, received_at, payload)
            SELECT least_session_id(start), :days, 1, 'session.started', start, start,
              '{"sessionType": "dental_visit", "scenarioName": "Brushing"}'
            FROM (
              SELECT date_trunc('month', now(), 'UTC') - ago * interval '1 month' + interval '1 day' AS start
              FROM generate_series(1, 3) ago
            ) old
            """)
        .param("days", days)
        .update();
  }

  /** The last of the months that are ready for events is so no more, as if time had gone by. */
  void loseLastMonth() {
    jdbc.sql(
            """
            DO $$ BEGIN
              EXECUTE 'DROP TABLE IF EXISTS ' || to_char(now() + interval '3 months', '"session_events_"YYYY_MM');
            END $$
            """)
        .update();
  }

  /** What is stored of events, by their months. */
  Map<String, List<String>> events() {
    var rows = new TreeMap<String, List<String>>();
    jdbc.sql(
            """
            SELECT p.inhrelid::regclass::text AS month, e.session_id || '/' || e.seq AS event
            FROM pg_inherits p LEFT JOIN session_events e ON e.tableoid = p.inhrelid
            WHERE p.inhparent = 'session_events'::regclass
            ORDER BY 1, 2
            """)
        .query(
            row -> {
              rows.computeIfAbsent(row.getString("month"), _ -> new ArrayList<>())
                  .add(String.valueOf(row.getString("event")));
            });
    return rows;
  }

  LocalDate today() {
    return jdbc.sql("SELECT current_date").query(LocalDate.class).single();
  }

  /** All rows of all summaries, but for when they were computed. */
  public Map<String, List<String>> summaries() {
    var rows = new TreeMap<String, List<String>>();
    for (var table : tables()) {
      rows.put(
          table,
          jdbc.sql("SELECT (to_jsonb(t) - 'computed_at')::text FROM " + table + " t ORDER BY 1")
              .query((row, _) -> row.getString(1))
              .list());
    }
    return rows;
  }

  /** What is published of the population, but for when, and under which numbers. */
  Map<String, List<String>> population() {
    var rows = new TreeMap<String, List<String>>();
    for (var table : List.of("population_cell", "population_member", "population_print")) {
      rows.put(
          table,
          jdbc.sql(
                  "SELECT (to_jsonb(t) - ARRAY['cell_id', 'published_at', 'members_since'])::text FROM "
                      + table
                      + " t ORDER BY 1")
              .query((row, _) -> row.getString(1))
              .list());
    }
    return rows;
  }

  private List<String> tables() {
    return jdbc.sql(
            "SELECT summary FROM v_day_summaries UNION ALL SELECT unnest(ARRAY['child_window_summary', 'child_total'])")
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** How a run has ended, or that it goes on. */
  public String status(long run) {
    return jdbc.sql("SELECT status FROM batch_job_execution WHERE job_execution_id = ?")
        .param(run)
        .query(String.class)
        .single();
  }

  /** Whether somebody who summarises days waits for a lock. */
  public boolean summarisingWaits() {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
              AND wait_event_type = 'Lock' AND strpos(query, 'materialise_child_days') > 0)
            """)
        .query(Boolean.class)
        .single();
  }

  /** Ends the connections of all who summarise days, in the middle of their transactions. */
  public void cutOffWhoSummarises() {
    jdbc.sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND strpos(query, 'materialise_child_days') > 0
              AND state = 'active' AND pid <> pg_backend_pid()
            """)
        .query(_ -> {});
  }

  /** How many days and children wait to be summarised. */
  public long dirty() {
    return jdbc.sql(
            "SELECT (SELECT count(*) FROM dirty_child_days) + (SELECT count(*) FROM dirty_child_windows)")
        .query(Long.class)
        .single();
  }
}
