package org.smileadventure.batch.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.batch.sessions.Silence;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sam must not be computed for a while. Kim is there all the time. */
@RealServers
class ChildNotComputedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final People people = new People(jdbc);
  private final ChildId sam = child();
  private final ChildId kim = child();
  private ServiceUnderTest service;

  /** Why a child is not computed. */
  enum Reason {
    RESTRICTED,
    NO_CONSENT
  }

  @BeforeEach
  void start() {
    service = new ServiceUnderTest(url);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDueOfTheChildStaysDueUntilTheReasonIsGone(Reason reason) {
    play(sam);
    play(kim);
    putAside(sam, reason);

    run("nightly");

    assertThat(summarised(sam)).isZero();
    assertThat(summarised(kim)).isOne();
    assertThat(count("SELECT count(*) FROM dirty_child_months WHERE child_id = " + sam)).isOne();

    lift(sam, reason);
    run("nightly");

    assertThat(summarised(sam)).isOne();
    assertThat(count("SELECT count(*) FROM child_window_summary WHERE child_id = " + sam))
        .isEqualTo(5);
    assertThat(dirty()).isZero();
    run("reconcile");
  }

  @ParameterizedTest
  @EnumSource
  void windowsThatAreDueStaySoToo(Reason reason) {
    play(sam);
    play(kim);
    run("nightly");
    jdbc.sql("UPDATE child_window_summary SET due_on = current_date, sessions = 4711").update();
    jdbc.sql("INSERT INTO dirty_child_windows (child_id) VALUES (?)").param(sam.value()).update();
    putAside(sam, reason);

    run("nightly");

    var wrong = "SELECT count(*) FROM child_window_summary WHERE sessions = 4711 AND child_id = ";
    assertThat(count(wrong + sam)).isEqualTo(5);
    assertThat(count(wrong + kim)).isZero();

    lift(sam, reason);
    run("nightly");
    assertThat(count(wrong + sam)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void summariesAreNotLateForIt(Reason reason) {
    play(sam);
    jdbc.sql("UPDATE dirty_child_months SET marked_at = now() - interval '9 days'").update();
    play(kim);
    assertThat(count("SELECT dirty_months FROM v_summary_freshness")).isEqualTo(2);
    putAside(sam, reason);

    assertThat(count("SELECT dirty_months FROM v_summary_freshness")).isOne();
    assertThat(
            count(
                "SELECT count(*) FROM v_summary_freshness WHERE oldest_marked_at < now() - interval '8 days'"))
        .isZero();
  }

  @ParameterizedTest
  @EnumSource
  void silentSessionStaysOpen(Reason reason) {
    for (var child : List.of(sam, kim)) {
      StoredHistory.store(jdbc, Play.by(child, Instant.now()).help().events());
    }
    Silence.pass(jdbc, Duration.ofHours(7));
    putAside(sam, reason);

    run("nightly");
    assertThat(status(sam)).isEqualTo("in_progress");
    assertThat(status(kim)).isEqualTo("abandoned");

    lift(sam, reason);
    run("nightly");
    assertThat(status(sam)).isEqualTo("abandoned");
  }

  @ParameterizedTest
  @EnumSource
  void backfillLeavesItForLater(Reason reason) {
    play(sam);
    play(kim);
    run("nightly");
    jdbc.sql("UPDATE child_month_summary SET sessions = 4711").update();
    var sessions = "SELECT sessions FROM child_month_summary WHERE child_id = ";
    putAside(sam, reason);

    run("backfill");
    assertThat(count(sessions + sam)).isEqualTo(4711);
    assertThat(count(sessions + kim)).isOne();

    lift(sam, reason);
    run("nightly");
    assertThat(count(sessions + sam)).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void whatDiffersOfItIsNoErrorUntilThen(Reason reason) {
    play(sam);
    run("nightly");
    jdbc.sql("UPDATE child_month_summary SET score_sum = score_sum + 1").update();
    StoredHistory.storeEvents(jdbc, Play.by(sam, Instant.now()).help().events());
    putAside(sam, reason);
    run("reconcile");

    lift(sam, reason);
    assertThat(service.run("reconcile", Map.of()).getStatus()).isEqualTo(BatchStatus.FAILED);
  }

  @Test
  void sessionThatWaitsToBeComputedIsNoErrorEither() {
    var play = Play.by(sam, Instant.now()).help();
    StoredHistory.storeEvents(jdbc, play.events());
    jdbc.sql("INSERT INTO late_sessions (session_id, child_id) VALUES (?, ?)")
        .params(play.session().value(), sam.value())
        .update();
    run("reconcile");
  }

  /** Its rows go in one transaction, as ingest has it, which waits for what the night is at. */
  @ParameterizedTest
  @ValueSource(strings = {"child_month_summary", "child_window_summary"})
  void childThatIsErasedMeanwhileIsNotWrittenAgain(String stalled) throws Exception {
    play(sam);
    play(kim);
    stall(stalled);
    try (var holder = MigratedDatabase.withoutPool(url).getConnection();
        var eraser = Executors.newSingleThreadExecutor()) {
      execute(holder, "SELECT pg_advisory_lock(4711)");
      var night = service.bean(JobRuns.class).start("nightly", Map.of());
      await().atMost(PATIENCE).until(this::isStalled);
      var erased =
          eraser.submit(
              () -> {
                eraseSam();
                return null;
              });
      await().atMost(PATIENCE).until(this::eraserWaits);
      execute(holder, "SELECT pg_advisory_unlock(4711)");
      erased.get();
      assertThat(service.ended(night).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(tablesWith(sam)).isEmpty();
    assertThat(tablesWith(kim)).contains("child_month_summary", "child_window_summary");
    run("nightly");
    assertThat(tablesWith(sam)).isEmpty();
  }

  /** Has whoever writes a row of Sam into the table wait for the lock 4711. */
  private void stall(String table) {
    jdbc.sql(
            """
            CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared(4711);
              RETURN new;
            END $$
            """)
        .update();
    jdbc.sql(
            "CREATE TRIGGER stall BEFORE INSERT ON %s FOR EACH ROW WHEN (new.child_id = %s) EXECUTE FUNCTION stall()"
                .formatted(table, sam))
        .update();
  }

  private void eraseSam() throws SQLException {
    try (var connection = MigratedDatabase.withoutPool(url).getConnection()) {
      connection.setAutoCommit(false);
      for (var statement :
          List.of(
              "SELECT pg_advisory_xact_lock(1, (%s / 64 %% 2147483647)::int)",
              "SELECT FROM children WHERE id = %s FOR UPDATE", "SELECT erase_child(%s, false)")) {
        execute(connection, statement.formatted(sam));
      }
      connection.commit();
    }
  }

  private boolean isStalled() {
    return count("SELECT count(*) FROM pg_locks WHERE NOT granted AND objid = 4711") == 1;
  }

  /** Others of the night may wait for the block, too. */
  private boolean eraserWaits() {
    return count(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND query LIKE '%%(1, (%s / 64 %%'"
                .formatted(sam))
        == 1;
  }

  private List<String> tablesWith(ChildId child) {
    return jdbc
        .sql(
            """
            SELECT p.name, p.child FROM personal_data p
            WHERE p.place = 'table' AND p.child IS NOT NULL AND p.child <> 'children'
              AND p.on_erasure IN ('delete', 'anonymise')
            """)
        .query((row, _) -> List.of(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .filter(
            table ->
                count(
                        "SELECT count(*) FROM %s WHERE %s = %s"
                            .formatted(table.get(0), table.get(1), child))
                    > 0)
        .map(List::getFirst)
        .toList();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void run(String job) {
    assertThat(service.run(job, Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  private ChildId child() {
    return people.child(people.parent("parent-" + System.nanoTime() + "@example.org"), "UTC");
  }

  private void play(ChildId child) {
    StoredHistory.store(
        jdbc, Play.by(child, Instant.now().minusSeconds(900)).completed(50).events());
  }

  private void putAside(ChildId child, Reason reason) {
    set(child, reason, true);
  }

  private void lift(ChildId child, Reason reason) {
    set(child, reason, false);
  }

  private void set(ChildId child, Reason reason, boolean aside) {
    switch (reason) {
      case RESTRICTED ->
          jdbc.sql(
                  "UPDATE children SET restricted_at = CASE WHEN :aside THEN now() END WHERE id = :child")
              .param("aside", aside)
              .param("child", child.value())
              .update();
      case NO_CONSENT -> people.consent(child, "play_analytics", null, !aside);
    }
  }

  private long summarised(ChildId child) {
    return count("SELECT count(*) FROM child_month_summary WHERE child_id = " + child);
  }

  private long dirty() {
    return count(
        "SELECT (SELECT count(*) FROM dirty_child_months) + (SELECT count(*) FROM dirty_child_windows)");
  }

  private String status(ChildId child) {
    return jdbc.sql("SELECT completion_status FROM game_sessions WHERE child_id = ?")
        .param(child.value())
        .query(String.class)
        .single();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
