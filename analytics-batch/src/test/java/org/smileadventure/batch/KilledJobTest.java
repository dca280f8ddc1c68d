package org.smileadventure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;

/**
 * One run after the other is killed in each of its steps and at any other moment, as often as
 * {@code -Dsmile.kills=…} says in all. {@code ./smile chaos batch} runs this test, and reads the
 * line RESULT that it writes.
 *
 * <p>In a step the moment is certain: the test holds a lock that the step needs, of a child
 * somewhere in the middle, and kills the process when it waits for that lock and has nothing else
 * left to do. Any other moment is after so many commits, wherever the run then is.
 */
@RealServers
@Tag("slow")
class KilledJobTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> SMALL_PARTS =
      List.of("smile.batch.children=3", "smile.batch.partitions=4", "smile.batch.pack-after=0s");

  /**
   * Where a run can be held up.
   *
   * @param lock takes what the step needs, given any number
   * @param statement what the step then waits in
   * @param first where the run is held up before the lock is taken, as earlier steps need the same;
   *     null: none does
   */
  private record Gate(
      String step, IntFunction<String> lock, String statement, @Nullable Gate first) {

    Gate(String step, IntFunction<String> lock, String statement) {
      this(step, lock, statement, null);
    }
  }

  /**
   * A job whose runs are killed.
   *
   * @param commits about as many as a run has
   */
  private record KilledJob(String name, int commits, List<Gate> gates) {}

  private static final String SUMMARISING = "INSERT INTO child_month_summary";

  private static final Gate POPULATION =
      new Gate(
          "population-figures",
          _ -> "LOCK TABLE population_member IN ACCESS EXCLUSIVE MODE",
          "population_member");

  private static final Gate TREATMENTS =
      new Gate(
          "treatment-effects",
          _ -> "LOCK TABLE child_treatment_effect IN ACCESS EXCLUSIVE MODE",
          "child_treatment_effect");

  private static final KilledJob NIGHTLY =
      new KilledJob(
          "nightly",
          100,
          List.of(
              new Gate(
                  "partitions-ahead",
                  _ -> "SELECT pg_advisory_xact_lock(hashtext('session_event_partitions'))",
                  "try_session_event_partitions"),
              new Gate(
                  "silent-sessions",
                  any ->
                      "SELECT FROM game_sessions WHERE completion_status = 'in_progress' AND child_id = %d FOR UPDATE"
                          .formatted(PlayedDatabase.played(any)),
                  "INSERT INTO game_sessions"),
              new Gate(
                  "outdated-months",
                  _ -> "LOCK TABLE summary_shape IN ACCESS EXCLUSIVE MODE",
                  "summary_shape"),
              new Gate("dirty-months", KilledJobTest::summaryOfMonths, SUMMARISING),
              TREATMENTS,
              new Gate(
                  "due-windows",
                  any ->
                      "INSERT INTO dirty_child_windows (child_id) VALUES (%d)"
                          .formatted(PlayedDatabase.still(any)),
                  "INSERT INTO dirty_child_windows"),
              new Gate("window-summaries", KilledJobTest::summaryOfWindows, "child_window_summary"),
              POPULATION,
              new Gate(
                  "population-distributions",
                  _ -> "SELECT pg_advisory_xact_lock(hashtext('population'), hashtext('joined'))",
                  "pg_advisory_xact_lock"),
              new Gate(
                  "retention",
                  _ -> "LOCK TABLE retention_policy IN ACCESS EXCLUSIVE MODE",
                  "retention_policy"),
              // When the packed rows are written, and those that they take the place of are gone.
              new Gate(
                  "pack-events",
                  _ -> "LOCK TABLE unpacked_sessions IN SHARE MODE",
                  "DELETE FROM unpacked_sessions",
                  POPULATION),
              new Gate(
                  "reconcile-sample",
                  _ -> "LOCK TABLE late_sessions IN ACCESS EXCLUSIVE MODE",
                  "late_sessions",
                  POPULATION)));

  private static final KilledJob BACKFILL =
      new KilledJob(
          "backfill",
          60,
          List.of(
              // When it knows into how many ranges it will cut, but not yet where.
              new Gate(
                  "rebuild-months",
                  _ -> "LOCK TABLE children IN ACCESS EXCLUSIVE MODE",
                  "SELECT coalesce(min(id), 1) AS first"),
              new Gate("rebuild-months", KilledJobTest::summaryOfMonths, SUMMARISING),
              TREATMENTS,
              new Gate(
                  "window-summaries", KilledJobTest::summaryOfWindows, "child_window_summary")));

  private static final KilledJob RECONCILE =
      new KilledJob(
          "reconcile",
          12,
          List.of(
              new Gate(
                  "reconcile-all",
                  _ -> "LOCK TABLE late_sessions IN ACCESS EXCLUSIVE MODE",
                  "late_sessions")));

  private static final KilledJob PARTITIONS =
      new KilledJob(
          "partitions",
          2,
          List.of(
              // When the month's table is made, but takes no events yet.
              new Gate(
                  "partitions-ahead",
                  _ -> "LOCK TABLE session_events_default IN ACCESS SHARE MODE",
                  "ensure_session_event_partitions")));

  private static final KilledJob RETENTION =
      new KilledJob(
          "retention",
          2,
          List.of(
              // At the first month that goes or, if none is left, at what the default partition
              // has.
              new Gate(
                  "forget-events",
                  _ -> "LOCK TABLE session_events_default IN SHARE MODE",
                  "forget_session_events")));

  private static final List<KilledJob> ALL =
      List.of(NIGHTLY, BACKFILL, RECONCILE, PARTITIONS, RETENTION);

  private static final int KILLS = Integer.getInteger("smile.kills", 2);

  private static String summaryOfMonths(int any) {
    return "SELECT FROM child_month_summary WHERE child_id = %d FOR UPDATE"
        .formatted(PlayedDatabase.played(any));
  }

  private static String summaryOfWindows(int any) {
    return "SELECT FROM child_window_summary WHERE child_id = %d FOR UPDATE"
        .formatted(PlayedDatabase.played(any));
  }

  private final PlayedDatabase database = PlayedDatabase.copy();
  private final PlayedDatabase undisturbed = PlayedDatabase.copy();
  private final Random random = new Random();

  // What the service wrote tells why a run went another way.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private @Nullable ServiceProcess service;
  private int kills;
  private int completed;

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aRunKilledInAnyOfItsStepsGoesOnAndLeavesWhatItWouldHaveLeft() throws Exception {
    try (var other = new ServiceUnderTest(undisturbed.url(), SMALL_PARTS.toArray(String[]::new))) {
      while (kills < KILLS) {
        var chosen = chosen();
        var today = database.today();
        runKilled(NIGHTLY, Map.of(), chosen);
        other.run("nightly", Map.of());
        database.spoil();
        undisturbed.spoil();
        runKilled(BACKFILL, Map.of(), chosen);
        other.run("backfill", Map.of());
        runKilled(RECONCILE, Map.of(), chosen);
        undisturbed.loseLastMonth();
        runKilled(PARTITIONS, Map.of(), chosen);
        other.run("partitions", Map.of());
        var before = Map.of("before", database.today().withDayOfMonth(1).toString());
        runKilled(RETENTION, before, chosen);
        other.run("retention", before);
        assumeThat(database.today()).as("nothing to be held against it").isEqualTo(today);
        assertThat(database.dirty()).isZero();
        assertThat(undisturbed.dirty()).isZero();
        assertThat(database.summaries()).isEqualTo(undisturbed.summaries());
        assertThat(database.population()).isEqualTo(undisturbed.population());
        assertThat(database.events()).isEqualTo(undisturbed.events());
        assertThat(database.packedRows()).isPositive().isEqualTo(undisturbed.packedRows());
        database.dayGoesBy();
        undisturbed.dayGoesBy();
      }
    }
    System.out.printf("%nRESULT kills=%d completed=%d differences=0%n", kills, completed);
  }

  /** Where the runs of a round are killed. */
  private record Kills(Set<Gate> gates, Set<KilledJob> atAnyMoment) {}

  /** All gates, or as many of them as there are kills left, less one; the rest at any moment. */
  private Kills chosen() {
    var left = KILLS - kills;
    var gates = ALL.stream().flatMap(job -> job.gates().stream()).toList();
    var chosen = someOf(gates, left - 1);
    return new Kills(chosen, someOf(ALL, left - chosen.size()));
  }

  private <T> Set<T> someOf(List<T> all, int most) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return Set.copyOf(shuffled.subList(0, Math.min(all.size(), most)));
  }

  /** Kills it at those of its gates that were chosen, and at any moment if that was. */
  private void runKilled(KilledJob job, Map<String, String> arguments, Kills chosen)
      throws Exception {
    var next = new Request("/api/v1/jobs/" + job.name() + "/executions", arguments);
    for (var gate : job.gates()) {
      if (chosen.gates().contains(gate)) {
        next = restart(killedAt(gate, next, job));
      }
    }
    if (chosen.atAnyMoment().contains(job)) {
      var killed = killedAtAnyMoment(next, job);
      if (!isToGoOn(killed)) {
        completed++;
        return;
      }
      next = restart(killed);
    }
    var last = next.sentTo(running(job));
    await()
        .atMost(PATIENCE)
        .until(() -> database.status(last), status -> !status.startsWith("START"));
    assertThat(database.status(last)).isEqualTo("COMPLETED");
    assertThat(stepsNotCompletedExactlyOnceAndLast(last)).isEmpty();
    completed++;
  }

  private record Request(String path, Map<String, String> arguments) {
    long sentTo(ServiceProcess service) throws IOException, InterruptedException {
      return service.accepted(path, arguments);
    }
  }

  private static Request restart(long run) {
    return new Request("/api/v1/jobs/executions/" + run + "/restart", Map.of());
  }

  private boolean isToGoOn(long run) {
    return !database.status(run).equals("COMPLETED");
  }

  /** After so many commits that it is likely, but not certain, that the run is in the middle. */
  private long killedAtAnyMoment(Request next, KilledJob job) throws Exception {
    var run = next.sentTo(running(job));
    var commits = random.nextInt(job.commits());
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> commits(run) >= commits || !database.status(run).startsWith("START"));
    kill();
    return run;
  }

  private void kill() {
    running().close();
    service = null;
    kills++;
    endItsConnections();
  }

  private long commits(long run) {
    return database
        .jdbc()
        .sql(
            "SELECT coalesce(sum(commit_count), 0) FROM batch_step_execution WHERE job_execution_id = ?")
        .param(run)
        .query(Long.class)
        .single();
  }

  private long killedAt(Gate gate, Request next, KilledJob job) throws Exception {
    var process = running(job);
    try (var holder = MigratedDatabase.withoutPool(database.url()).getConnection();
        var before = MigratedDatabase.withoutPool(database.url()).getConnection()) {
      var earlier = gate.first();
      long run;
      if (earlier == null || hasDoneAndGoesOn(job, earlier.step())) {
        hold(gate, holder);
        run = next.sentTo(process);
      } else {
        hold(earlier, before);
        run = next.sentTo(process);
        awaitHeldUpAt(earlier, run);
        hold(gate, holder);
        before.rollback();
      }
      awaitHeldUpAt(gate, run);
      kill();
      assertThat(database.status(run)).isEqualTo("STARTED");
      return run;
    }
  }

  private void hold(Gate gate, Connection holder) throws SQLException {
    holder.setAutoCommit(false);
    try (var statement = holder.createStatement()) {
      statement.execute(gate.lock().apply(random.nextInt(PlayedDatabase.CHILDREN)));
    }
  }

  private void awaitHeldUpAt(Gate gate, long run) {
    await("a run held up in " + gate.step())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(
            () -> assertThat(database.status(run)).as("held up at %s", gate).startsWith("START"))
        .until(() -> isHeldUpAt(gate, run));
  }

  /**
   * With work left for this job: the months to come, a service makes itself as it starts. A run
   * that was killed between that and its end would not make them again.
   */
  private ServiceProcess running(KilledJob job) {
    var process = running();
    if (job.equals(PARTITIONS) && !hasDoneAndGoesOn(job, "partitions-ahead")) {
      database.loseLastMonth();
    }
    return process;
  }

  /** In an earlier run, which this one goes on with. */
  private boolean hasDoneAndGoesOn(KilledJob job, String step) {
    return database
        .jdbc()
        .sql(
            """
            SELECT bool_or(s.step_name = :step AND s.status = 'COMPLETED') AND NOT bool_or(e.status = 'COMPLETED')
            FROM batch_job_execution e
            LEFT JOIN batch_step_execution s ON s.job_execution_id = e.job_execution_id
            WHERE e.job_instance_id = (SELECT max(job_instance_id) FROM batch_job_instance WHERE job_name = :job)
            """)
        .param("step", step)
        .param("job", job.name())
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  private ServiceProcess running() {
    if (service == null) {
      service = new ServiceProcess(database.url(), home.resolve("service.log"), SMALL_PARTS);
    }
    return service;
  }

  /** It waits in this step; other partitions have come to their end, or wait for this one. */
  private boolean isHeldUpAt(Gate gate, long run) {
    return database
        .jdbc()
        .sql(
            """
            SELECT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'smile-analytics-batch'
                  AND wait_event_type = 'Lock' AND strpos(query, :statement) > 0)
              AND EXISTS (
                SELECT FROM batch_step_execution
                WHERE job_execution_id = :run AND step_name = :step AND status = 'STARTED')
              AND NOT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'smile-analytics-batch'
                  AND state <> 'idle' AND wait_event_type IS DISTINCT FROM 'Lock')
            """)
        .param("statement", gate.statement())
        .param("step", gate.step())
        .param("run", run)
        .query(Boolean.class)
        .single();
  }

  /** The server notices that a process has died when it next talks to it. */
  private void endItsConnections() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name = 'smile-analytics-batch'
                        """)
                    .query((row, _) -> row.getBoolean(1))
                    .list()
                    .isEmpty());
  }

  private List<String> stepsNotCompletedExactlyOnceAndLast(long run) {
    return database
        .jdbc()
        .sql(
            """
            SELECT s.step_name || ': ' || string_agg(s.status, ', ' ORDER BY s.step_execution_id)
            FROM batch_step_execution s
            JOIN batch_job_execution e ON e.job_execution_id = s.job_execution_id
            WHERE e.job_instance_id = (SELECT job_instance_id FROM batch_job_execution WHERE job_execution_id = ?)
            GROUP BY s.step_name
            HAVING count(*) FILTER (WHERE s.status = 'COMPLETED') <> 1
              OR max(s.step_execution_id) FILTER (WHERE s.status = 'COMPLETED') <> max(s.step_execution_id)
            """)
        .param(run)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
