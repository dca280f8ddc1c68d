package org.smileadventure.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionObserved;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.InteractionRecorded;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.Payload.RegulationUsed;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.Payload.SessionType;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of 24 children who have played for weeks, all summarised by a night, and on which a
 * day has gone by since: five of six children have played again, also on earlier days, and left a
 * session open that is silent by now; for the sixths, who have not, the calendar changes something.
 */
public final class PlayedDatabase {
  static final int CHILDREN = 24;

  private static final SessionStarted STARTED =
      new SessionStarted(
          SessionType.DENTAL_VISIT,
          null,
          "Brushing",
          null,
          null,
          null,
          null,
          null,
          true,
          EmotionalState.ANXIOUS);

  /** Who does not play again is a multiple of it. */
  private static final int STILL = 6;

  private final String url;
  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private int days;

  private PlayedDatabase(String url) {
    this.url = url;
    this.dataSource = MigratedDatabase.dataSource(url);
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** A copy: all of them hold the same. */
  public static PlayedDatabase copy() {
    var database = new PlayedDatabase(MigratedDatabase.newUrl("played", PlayedDatabase::fill));
    database.dayGoesBy();
    return database;
  }

  private static void fill(String url) {
    var database = new PlayedDatabase(url);
    MigratedDatabase.inOneTransaction(database.dataSource, database::begin);
    try (var service = new ServiceUnderTest(url)) {
      var runs = service.bean(JobRuns.class);
      var night = runs.start("nightly", Map.of());
      await()
          .atMost(java.time.Duration.ofSeconds(60))
          .until(() -> runs.execution(night.getId()).getStatus() == BatchStatus.COMPLETED);
    }
  }

  private void begin() {
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    for (int child = 1; child <= CHILDREN; child++) {
      people.child(parent, child % 2 == 0 ? "Europe/Rome" : "UTC");
    }
    play();
  }

  public String url() {
    return url;
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** There is work for each step of the night again. */
  public void dayGoesBy() {
    MigratedDatabase.inOneTransaction(dataSource, this::nextDay);
    // Otherwise the planner, which knows nothing of tables that have just been filled, takes
    // minutes.
    jdbc.sql("ANALYZE").update();
  }

  private void nextDay() {
    days++;
    play();
    leaveSilentSessions();
    leaveOldEvents();
    jdbc.sql("UPDATE child_window_summary SET due_on = current_date WHERE child_id % ? = 0")
        .param(STILL)
        .update();
    jdbc.sql("UPDATE child_month_summary SET shape = 0 WHERE child_id % 5 = 0").update();
    jdbc.sql("UPDATE summary_shape SET shape = 0").update();
    jdbc.sql("UPDATE cohort_ranking SET ranked_at = ranked_at - interval '91 days'").update();
  }

  /**
   * All months are summarised wrongly, as after a mistake in a definition: there is work to mend.
   */
  public void spoil() {
    jdbc.sql("UPDATE child_month_summary SET score_sum = score_sum + 1").update();
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

  /** Completed sessions and activities of children, some days ago. */
  private void play() {
    var events = new ArrayList<SessionEvent>();
    for (int child = 1; child <= CHILDREN; child++) {
      for (int ago = 1; ago <= 60; ago++) {
        if (days == 0 ? ago < 40 : ago % 13 == 1 && child % STILL != 0) {
          events.addAll(played(child, ago));
        }
      }
    }
    StoredHistory.store(jdbc, events);
  }

  private List<SessionEvent> played(int child, int ago) {
    var score = (child * 7 + ago * 13 + days * 5) % 101;
    var start = noon(ago).plusSeconds(60L * score);
    var told = new ArrayList<Payload>();
    told.add(STARTED);
    told.add(new EmotionObserved(EmotionalState.OVERWHELMED, 4, "noise", null));
    told.add(new RegulationUsed("deep_breathing", 4, true));
    told.add(new EmotionObserved(EmotionalState.CALM, 2, null, null));
    told.add(new InteractionRecorded("step-1", Outcome.CORRECT, 100 * score, false));
    told.add(
        new InteractionRecorded(
            "step-2", score % 3 == 0 ? Outcome.INCORRECT : Outcome.CORRECT, 900, false));
    if (ago % 4 == 1) {
      told.add(Play.brushing(score % 10, null, EmotionalState.CALM, 5, 4));
    }
    told.add(
        new SessionEnded(EndStatus.COMPLETED, "normal_completion", score, EmotionalState.CALM));
    return session(child, start, told);
  }

  private Instant noon(int daysAgo) {
    return today().minusDays(daysAgo).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  }

  /** With an id that is the same in each copy. */
  private List<SessionEvent> session(int child, Instant start, List<Payload> told) {
    var id =
        new SessionId(
            new UUID(
                start.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | days << 16 | child));
    var events = new ArrayList<SessionEvent>();
    for (var payload : told) {
      var sequence = events.size() + 1;
      events.add(
          new SessionEvent(
              id, new ChildId(child), sequence, start.plusSeconds(60L * sequence - 60), payload));
    }
    return events;
  }

  private void leaveSilentSessions() {
    var events = new ArrayList<SessionEvent>();
    for (int child = 1; child <= CHILDREN; child++) {
      if (child % STILL != 0) {
        events.addAll(session(child, noon(2).minusSeconds(7_200), List.of(STARTED)));
      }
    }
    StoredHistory.store(jdbc, events);
    for (var update :
        List.of(
            "UPDATE session_events SET received_at = now() - interval '8 h' WHERE session_id = ANY (?::uuid[])",
            "UPDATE game_sessions SET created_at = now() - interval '8 h' WHERE id = ANY (?::uuid[])")) {
      jdbc.sql(update)
          .param(events.stream().map(event -> event.sessionId().toString()).toArray(String[]::new))
          .update();
    }
  }

  /** Of a session of each of the last three months that are over. */
  private void leaveOldEvents() {
    jdbc.sql(
            """
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, received_at, events)
            SELECT least_session_id(start), 1, :days, :days, start, '[]'
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
            SELECT p.inhrelid::regclass::text AS month,
                   concat_ws('/', e.session_id, e.first_seq, e.last_seq, e.packed) AS event, e.events
            FROM pg_inherits p
            CROSS JOIN LATERAL pg_partition_tree(p.inhrelid) t
            LEFT JOIN session_events e ON e.tableoid = t.relid
            WHERE p.inhparent = 'session_events'::regclass AND t.isleaf
            ORDER BY 1, 2
            """)
        .query(
            row -> {
              rows.computeIfAbsent(row.getString("month"), _ -> new ArrayList<>())
                  .add(row.getString("event") + " " + unpacked(row.getBytes("events")));
            });
    return rows;
  }

  /** What they say, and not when they came. */
  private static String unpacked(byte @Nullable [] events) {
    return events == null
        ? ""
        : EventChunk.parts(events, Instant.EPOCH).stream()
            .map(part -> new String(part.json(), UTF_8))
            .collect(joining());
  }

  long packedRows() {
    return jdbc.sql("SELECT count(*) FROM session_events WHERE packed").query(Long.class).single();
  }

  LocalDate today() {
    return jdbc.sql("SELECT current_date").query(LocalDate.class).single();
  }

  /** All rows of all summaries, but for when they were computed. */
  public Map<String, List<String>> summaries() {
    var rows = new TreeMap<String, List<String>>();
    for (var table : List.of("child_month_summary", "child_window_summary")) {
      rows.put(
          table,
          jdbc.sql("SELECT (to_jsonb(t) - 'computed_at')::text FROM " + table + " t ORDER BY 1")
              .query((row, _) -> row.getString(1))
              .list());
    }
    return rows;
  }

  /** What is published of the population, but for when, and under which numbers. */
  public Map<String, List<String>> population() {
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

  /** How a run has ended, or that it goes on. */
  public String status(long run) {
    return jdbc.sql("SELECT status FROM batch_job_execution WHERE job_execution_id = ?")
        .param(run)
        .query(String.class)
        .single();
  }

  /** Whether somebody who summarises months waits for a lock. */
  public boolean summarisingWaits() {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
              AND wait_event_type = 'Lock' AND strpos(query, 'INSERT INTO child_month_summary') > 0)
            """)
        .query(Boolean.class)
        .single();
  }

  /** Ends the connections of all who summarise months, in the middle of their transactions. */
  public void cutOffWhoSummarises() {
    jdbc.sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND strpos(query, 'INSERT INTO child_month_summary') > 0
              AND state = 'active' AND pid <> pg_backend_pid()
            """)
        .query(_ -> {});
  }

  /** How many months and children wait to be summarised. */
  public long dirty() {
    return jdbc.sql(
            "SELECT (SELECT count(*) FROM dirty_child_months) + (SELECT count(*) FROM dirty_child_windows)")
        .query(Long.class)
        .single();
  }
}
