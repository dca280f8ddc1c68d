package org.smileadventure.batch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is older than its class is kept goes, what is younger stays. */
@RealServers
class RetentionTest {
  private static final String BY_NOW = "SELECT count(*) FROM %s WHERE child_id = %s";

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final People people = new People(jdbc);
  private final long parent = people.parent("parent@example.org");
  private final ChildId sam = people.child(parent, "UTC");
  private volatile Duration later = Duration.ZERO;
  private ServiceUnderTest service;

  @BeforeEach
  void start() {
    service = new ServiceUnderTest(url, () -> Instant.now().plus(later));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /**
   * Rows of some age.
   *
   * @param days for how long it is kept
   * @param insert a row of the age {@code :age}, an interval
   * @param left how old those are that are left, in days
   */
  record Rows(String name, int days, String insert, String left) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Rows> rows() {
    return Stream.of(
        new Rows(
            "logins that ended",
            90,
            """
            INSERT INTO auth_logins (id, user_id, created_at, expires_at, ended_at, end_reason)
            SELECT gen_random_uuid(), id, now() - interval '1 year', now(), now() - :age::interval, 'logout'
            FROM auth_users LIMIT 1
            """,
            "SELECT now() - ended_at FROM auth_logins"),
        new Rows(
            "logins that expired",
            90,
            """
            INSERT INTO auth_logins (id, user_id, created_at, expires_at)
            SELECT gen_random_uuid(), id, now() - interval '1 year', now() - :age::interval FROM auth_users LIMIT 1
            """,
            "SELECT now() - expires_at FROM auth_logins"),
        new Rows(
            "refresh tokens of logins that are over",
            8,
            """
            WITH login AS (
              INSERT INTO auth_logins (id, user_id, created_at, expires_at, ended_at, end_reason)
              SELECT gen_random_uuid(), id, now() - interval '1 year', now(), now() - interval '1 hour', 'logout'
              FROM auth_users LIMIT 1
              RETURNING id
            )
            INSERT INTO auth_refresh_tokens (digest, login_id, issued_at)
            SELECT sha256(convert_to(:age, 'UTF8')), id, now() - :age::interval FROM login
            """,
            "SELECT now() - issued_at FROM auth_refresh_tokens"),
        new Rows(
            "nights",
            90,
            """
            INSERT INTO nights
            SELECT ended - interval '4 hours', ended - interval '1 hour', ended - interval '4 hours', ended
            FROM (SELECT now() - :age::interval) e (ended)
            """,
            "SELECT now() - ended_at FROM nights"),
        new Rows(
            "how far behind consumers were that are no more",
            90,
            "INSERT INTO consumer_lag VALUES (:age, 'events', 1, 1, now() - :age::interval)",
            "SELECT now() - measured_at FROM consumer_lag"),
        new Rows(
            "links",
            30,
            """
            INSERT INTO account_links (digest, user_id, purpose, expires_at)
            SELECT sha256(convert_to(:age, 'UTF8')), id, 'verify', now() - :age::interval FROM auth_users LIMIT 1
            """,
            "SELECT now() - expires_at FROM account_links"),
        new Rows(
            "links that were used",
            30,
            """
            INSERT INTO account_links (digest, user_id, purpose, expires_at, used_at)
            SELECT sha256(convert_to(:age, 'UTF8')), id, 'verify', now(), now() - :age::interval FROM auth_users LIMIT 1
            """,
            "SELECT now() - used_at FROM account_links"),
        new Rows(
            "invitations",
            30,
            """
            INSERT INTO guardian_invitations (child_id, digest, kind, email, invited_by, expires_at)
            SELECT id, sha256(convert_to(:age, 'UTF8')), 'guardian', 'aunt@example.org', parent_id, now() - :age::interval
            FROM children LIMIT 1
            """,
            "SELECT now() - expires_at FROM guardian_invitations"),
        new Rows(
            "shares",
            90,
            """
            INSERT INTO share_links (child_id, digest, label, window_name, language, made_by, made_at, ends_at)
            SELECT id, sha256(convert_to(:age, 'UTF8')), 'Dentist', '30d', 'en', parent_id,
              now() - :age::interval - interval '1 day', now() - :age::interval
            FROM children LIMIT 1
            """,
            "SELECT now() - ends_at FROM share_links"),
        new Rows(
            "registrations",
            30,
            """
            INSERT INTO auth_users (email, hashed_password, first_name, last_name, created_at)
            VALUES (md5(:age) || '@example.org', '{noop}', 'New', 'Comer', now() - :age::interval)
            """,
            "SELECT now() - created_at FROM auth_users WHERE status = 'pending'"),
        new Rows(
            "mail",
            7,
            """
            INSERT INTO outgoing_mail (recipient, subject, body, created_at)
            VALUES ('parent@example.org', 'Hello', 'Good day', now() - :age::interval)
            """,
            "SELECT now() - created_at FROM outgoing_mail"),
        new Rows(
            "devices",
            90,
            """
            INSERT INTO devices (jti, user_id, name, children, expires_at)
            SELECT gen_random_uuid(), parent_id, 'Tablet', ARRAY[id], now() - :age::interval FROM children LIMIT 1
            """,
            "SELECT now() - expires_at FROM devices"),
        new Rows(
            "revocations",
            0,
            "INSERT INTO revocations (subject, until) VALUES ('jti:' || :age, now() -"
                + " :age::interval)",
            "SELECT now() - until FROM revocations"),
        new Rows(
            "refused events",
            30,
            """
            INSERT INTO refused_events (child_id, session_id, seq, type, reason, detail, last_refused_at)
            SELECT id, gen_random_uuid(), 1, 'help.requested', 'foreign_session', 'no', now() - :age::interval
            FROM children LIMIT 1
            """,
            "SELECT now() - last_refused_at FROM refused_events"),
        new Rows(
            "erasures",
            730,
            """
            INSERT INTO erasures (id, child, asked_as, asked_at, swept_at)
            SELECT gen_random_uuid(), extract(epoch FROM :age::interval)::bigint, 'parent', now() - interval '9 years',
                   now() - :age::interval
            """,
            "SELECT now() - swept_at FROM erasures"),
        new Rows(
            "reads of the quarantine",
            730,
            "INSERT INTO quarantine_read VALUES ('t', 1, now() - :age::interval, '1')",
            "SELECT now() - read_at FROM quarantine_read"),
        new Rows(
            "what was sent again of the quarantine",
            730,
            """
            INSERT INTO quarantine_replay
            VALUES ('t', extract(epoch FROM :age::interval)::bigint, now() - :age::interval, '1')
            """,
            "SELECT now() - replayed_at FROM quarantine_replay"),
        new Rows(
            "runs that sent records of the quarantine again",
            730,
            """
            INSERT INTO quarantine_replay_run
              (topic_id, reason, most, per_second, asked_by, state, next_id, end_id, ended_at)
            VALUES ('t', 'malformed', 1, 1, '1', 'completed', 1, 1, now() - :age::interval)
            """,
            "SELECT now() - ended_at FROM quarantine_replay_run"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsOlderGoesAndWhatIsYoungerStays(Rows rows) {
    for (int more : List.of(-2, -1, 2, 40)) {
      jdbc.sql(rows.insert()).param("age", (rows.days() + more) + " days").update();
    }
    run("retention");
    assertThat(
            jdbc.sql(
                    "SELECT round(extract(epoch FROM age) / 86400) FROM ("
                        + rows.left()
                        + ") AS l (age) ORDER BY 1")
                .query((row, _) -> row.getInt(1))
                .list())
        .containsExactly(rows.days() - 2, rows.days() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE auth_users SET status = 'active', is_verified = true WHERE id = %s",
        "UPDATE auth_users SET is_verified = true WHERE id = %s",
        "UPDATE auth_users SET status = 'suspended' WHERE id = %s",
        "UPDATE children SET parent_id = %s",
        "INSERT INTO guardians (child_id, user_id, added_by) SELECT id, %s, 1 FROM children",
        "INSERT INTO patient_assignments (child_id, professional_id) SELECT id, %s FROM children",
        "INSERT INTO account_links (digest, user_id, purpose, expires_at) SELECT sha256('a'), %s,"
            + " 'verify', now() + interval '1 day'"
      })
  void registrationOfWhichThereIsMoreIsLeft(String more) {
    var user =
        jdbc.sql(
                """
                INSERT INTO auth_users (email, hashed_password, first_name, last_name, created_at)
                VALUES ('new@example.org', '{noop}', 'New', 'Comer', now() - interval '9 years') RETURNING id
                """)
            .query(Long.class)
            .single();
    jdbc.sql(more.formatted(user)).update();
    run("retention");
    assertThat(count("SELECT count(*) FROM auth_users WHERE id = " + user)).isOne();
  }

  /** Those of other servers are named by their setting, and told by ingest. */
  @Test
  void eachClassThatHasAnEndHasARule() {
    var ruled =
        RetentionStep.rules(jdbc, service.bean(ChildBlocks.class)).stream()
            .map(Rule::policy)
            .collect(Collectors.toSet());
    assertThat(
            jdbc.sql(
                    """
                    SELECT class FROM retention_policy
                    WHERE period IS NOT NULL AND what NOT LIKE '%By Kafka%' AND what NOT LIKE '%By Redis%'
                    """)
                .query(String.class)
                .set())
        .isEqualTo(ruled);
  }

  @Test
  void anErasureThatIsNotDoneIsNeverTooOld() {
    jdbc.sql(
            """
            INSERT INTO erasures (id, child, asked_as, asked_at)
            VALUES (gen_random_uuid(), 7, 'parent', now() - interval '9 years')
            """)
        .update();
    run("retention");
    assertThat(count("SELECT count(*) FROM erasures")).isOne();
  }

  /** Who comes with one that was used has copied it. */
  @Test
  void tokensOfALoginThatGoesOnStay() {
    jdbc.sql(
            """
            WITH login AS (
              INSERT INTO auth_logins (id, user_id, created_at, expires_at)
              SELECT gen_random_uuid(), id, now() - interval '9 days', now() + interval '1 hour' FROM auth_users LIMIT 1
              RETURNING id
            )
            INSERT INTO auth_refresh_tokens (digest, login_id, issued_at, used_at)
            SELECT sha256('a'), id, now() - interval '9 days', now() - interval '8 days' FROM login
            """)
        .update();
    run("retention");
    assertThat(count("SELECT count(*) FROM auth_refresh_tokens")).isOne();
  }

  @Test
  void theLastWordAboutAConsentStays() {
    jdbc.sql("DELETE FROM consents").update();
    for (int years = 5; years > 0; years--) {
      people.consent(sam, "play_analytics", null, years % 2 == 1);
      jdbc.sql(
              "UPDATE consents SET given_at = now() - make_interval(years => ?) WHERE given_at ="
                  + " (SELECT max(given_at) FROM consents)")
          .param(years)
          .update();
    }
    run("retention");
    assertThat(
            jdbc.sql("SELECT extract(year FROM age(now(), given_at)) FROM consents ORDER BY id")
                .query((row, _) -> row.getInt(1))
                .list())
        .as("the one that holds, the one before, and the one that held two years ago")
        .containsExactly(2, 1);
  }

  @Test
  void whatWasPlayedGoesTwoYearsAfterTheChildLastPlayed() {
    var kim = people.child(parent, "UTC");
    var restricted = people.child(parent, "UTC");
    play(sam, Instant.now());
    play(kim, Instant.now());
    play(restricted, Instant.now());
    rate(sam);
    run("nightly");
    jdbc.sql("DELETE FROM pending_invalidation").update();

    later = Duration.ofDays(720);
    run("nightly");
    assertThat(left(sam)).isEqualTo(2);
    assertThat(count("SELECT count(*) FROM session_ratings")).isOne();

    later = Duration.ofDays(740);
    play(kim, Instant.now().plus(Duration.ofDays(700)));
    jdbc.sql("UPDATE children SET restricted_at = now() WHERE id = ?")
        .param(restricted.value())
        .update();
    run("nightly");

    assertThat(left(sam)).isZero();
    for (var table :
        List.of(
            "session_events",
            "session_ratings",
            "child_month_summary",
            "child_window_summary",
            "dirty_child_months",
            "dirty_child_windows")) {
      assertThat(count(BY_NOW.formatted(table, sam))).as(table).isZero();
    }
    assertThat(count(BY_NOW.formatted("pending_invalidation", sam))).isOne();
    assertThat(left(kim)).isEqualTo(4);
    assertThat(left(restricted)).isEqualTo(2);
    run("reconcile");
  }

  /** By the server's clock, whatever that of the device says. */
  @Test
  void aChildWhoseDeviceIsInThePastIsNotDormant() {
    play(sam, Instant.now().minus(Duration.ofDays(800)));
    run("nightly");
    assertThat(left(sam)).isEqualTo(2);
  }

  @Test
  void notesGoOnTheirOwnIfTheyAreKeptForLess() {
    jdbc.sql("UPDATE retention_policy SET period = '14 months' WHERE class = 'notes'").update();
    play(sam, Instant.now());
    rate(sam);
    run("nightly");

    later = Duration.ofDays(15 * 31L);
    run("nightly");
    assertThat(count("SELECT count(*) FROM session_ratings")).isZero();
    assertThat(count("SELECT count(*) FROM game_sessions WHERE parent_rating IS NOT NULL"))
        .isZero();
    assertThat(left(sam)).isEqualTo(2);
    assertThat(count(BY_NOW.formatted("dirty_child_months", sam))).isOne();

    run("nightly");
    run("reconcile");
  }

  @Test
  void eventsGoByMonth() {
    play(sam, Instant.now());
    later = Duration.ofDays(13 * 30L);
    run("retention");
    assertThat(count(BY_NOW.formatted("session_events", sam))).isPositive();

    later = Duration.ofDays(15 * 31L);
    run("retention");
    assertThat(count(BY_NOW.formatted("session_events", sam))).isZero();
    assertThat(left(sam)).isEqualTo(2);
  }

  @Test
  void theAuditGoesBySeals() {
    for (int year = 3; year > 0; year--) {
      jdbc.sql(
              "INSERT INTO audit_log (at, actor_role, action) SELECT now() - make_interval(years =>"
                  + " ?), 'system', 'look'")
          .param(year)
          .update();
      jdbc.sql("SELECT FROM seal_audit()").query(_ -> {});
    }
    // As if they had been sealed then.
    jdbc.sql(
            """
            DO $$
            DECLARE previous bytea; s audit_seal;
            BEGIN
              UPDATE audit_seal SET sealed_at = now() - make_interval(years => 4 - id::int);
              FOR s IN SELECT * FROM audit_seal ORDER BY id LOOP
                previous := audit_hash(previous, s);
                UPDATE audit_seal SET hash = previous WHERE id = s.id;
              END LOOP;
            END $$
            """)
        .update();
    run("retention");
    assertThat(count("SELECT count(*) FROM audit_log WHERE action = 'look'")).isEqualTo(1);
    assertThat(
            count(
                "SELECT count(*) FROM verify_audit('{}', '{}') WHERE broken IS NULL AND seals = 3"))
        .isOne();
  }

  @Test
  void whatIsKeptOfTheWorkItselfHasAnEnd() {
    run("partitions");
    for (var age :
        List.of(
            "UPDATE batch_job_execution SET end_time = end_time - interval '100 days', create_time"
                + " = create_time - interval '100 days'",
            """
            INSERT INTO population_print (topic, child_id, contribution, published_at)
            SELECT 'figures', 28 * 1000 + extract(day FROM now())::int % 28, i, now() - i * interval '1 day'
            FROM generate_series(1, 410) i
            """)) {
      jdbc.sql(age).update();
    }
    run("nightly");
    assertThat(count("SELECT count(*) FROM batch_job_execution")).isOne();
    assertThat(count("SELECT count(*) FROM batch_job_instance")).isOne();
    assertThat(count("SELECT max(contribution) FROM population_print WHERE child_id >= 28000"))
        .isEqualTo(400);
  }

  @Test
  void aPeriodIsASetting() {
    for (var change :
        List.of(
            "UPDATE retention_policy SET period = NULL WHERE class = 'mail'",
            "UPDATE retention_policy SET period = '1 day' WHERE class = 'refused'")) {
      jdbc.sql(change).update();
    }
    for (var rows :
        rows().filter(r -> List.of("mail", "refused events").contains(r.name())).toList()) {
      jdbc.sql(rows.insert()).param("age", "20 days").update();
    }
    run("retention");
    assertThat(count("SELECT count(*) FROM outgoing_mail")).isOne();
    assertThat(count("SELECT count(*) FROM refused_events")).isZero();
  }

  @Test
  void aRestartGoesOnWithTheClassThatWasNotDone() {
    for (var rows : rows().filter(r -> List.of("links", "devices").contains(r.name())).toList()) {
      jdbc.sql(rows.insert()).param("age", "200 days").update();
    }
    jdbc.sql("ALTER TABLE devices RENAME TO mislaid").update();
    var failed = service.run("retention", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(count("SELECT count(*) FROM account_links")).isZero();

    jdbc.sql("ALTER TABLE mislaid RENAME TO devices").update();
    var restarted = service.goOn(failed);
    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(count("SELECT count(*) FROM devices")).isZero();
  }

  private void run(String job) {
    assertThat(service.run(job, Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  /** A session with an activity. */
  private void play(ChildId child, Instant at) {
    StoredHistory.store(
        jdbc,
        Play.by(child, at.minusSeconds(900))
            .then(Play.brushing(10, null, null, null, null))
            .completed(50)
            .events());
  }

  private void rate(ChildId child) {
    jdbc.sql(
            """
            SELECT rate_session(:parent, id, '{"rating": 4, "notes": "well done"}')
            FROM game_sessions WHERE child_id = :child
            """)
        .param("parent", parent)
        .param("child", child.value())
        .query(_ -> {});
  }

  /** Sessions and activities. */
  private long left(ChildId child) {
    return count(BY_NOW.formatted("game_sessions", child))
        + count(BY_NOW.formatted("activities", child));
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
