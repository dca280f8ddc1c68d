package org.smileadventure.ingest.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.CanaryChild;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class ErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CANARY = "qvintessa";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String databaseUrl = MigratedDatabase.newUrl();
  private final JdbcClient db = JdbcClient.create(MigratedDatabase.dataSource(databaseUrl));
  private final Traces traces = new Traces(db);
  private final EventTopic topic = new EventTopic();
  private final CachedAnswers answers = new CachedAnswers(LocalStack.shared().redis());

  /** Others share the cache. */
  private final ChildId id = new ChildId(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50));

  private @Nullable ConfigurableApplicationContext service;

  @AfterEach
  void close() {
    stop();
    answers.close();
    topic.close();
  }

  private void stop() {
    if (service != null) {
      service.close();
      service = null;
    }
  }

  private void start(String url, String... settings) {
    service = at(url).with(settings).start();
  }

  private ServiceUnderTest at(String url) {
    return new ServiceUnderTest(url, LocalStack.shared().redis(), topic.name())
        .with("smile.ingest.erase-every=100ms");
  }

  private CanaryChild planted() {
    return CanaryChild.plant(db, id, CANARY);
  }

  /** It has played, has been rated, and something of it could not be stored. */
  private CanaryChild played() {
    var child = planted();
    played(child, child.play());
    return child;
  }

  private void played(CanaryChild child, Play play) {
    topic.send(play.events());
    topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                topic.name(),
                id.toString().getBytes(UTF_8),
                ("{\"childId\": " + id + ", \"name\": \"" + CANARY).getBytes(UTF_8))));
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
    child.rate(play);
  }

  private void awaitDone(CanaryChild child, UUID erasure) {
    await().atMost(PATIENCE).until(() -> child.is("swept_at", erasure));
  }

  @Test
  void nothingIsLeftInAnyTable() {
    start(databaseUrl);
    var child = planted();
    var play = child.play();
    played(child, play);
    answers.keep(id);
    // While nobody does what is due.
    stop();
    child.due(play);
    assertThat(traces.of(child)).containsAll(erasable(db));
    start(databaseUrl);

    var erasure = child.askErasure();
    awaitDone(child, erasure);

    // With the reason that was given.
    assertThat(traces.of(child)).isEmpty();
    assertThat(answers.holds(id)).isFalse();
    // The record is deleted by one without a value.
    assertThat(topic.quarantine()).hasSize(2);
    assertThat(topic.quarantine().getFirst().key()).isEqualTo(topic.quarantine().getLast().key());
    assertThat(topic.quarantine().getLast().value()).isNull();
    assertThat(
            db.sql(
                    """
                    SELECT (erased_rows ->> 'activities')::int = 1 AND (erased_rows ->> 'children')::int = 1
                      AND (erased_rows ->> 'session_events')::int >= 1 AND swept_rows = '{}'
                    FROM erasures WHERE id = ?
                    """)
                .param(erasure)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(
            db.sql("SELECT action FROM audit_log WHERE child = ? ORDER BY id")
                .param(id.value())
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly("erased");
    // The other child of the device keeps it.
    assertThat(db.sql("SELECT children::text FROM devices").query(String.class).single())
        .isEqualTo("{1}");
    assertThat(db.sql("SELECT child_id < 0 FROM population_member").query(Boolean.class).single())
        .isTrue();
  }

  /** The tables that have to have something of a child, so that its erasure proves something. */
  static List<String> erasable(JdbcClient db) {
    return db.sql(
            """
            SELECT name FROM personal_data
            WHERE place = 'table' AND child IS NOT NULL AND on_erasure IN ('delete', 'anonymise')
            """)
        .query((row, _) -> row.getString("name"))
        .list();
  }

  @Test
  void aTableThatIsLeftOutIsFound() {
    start(databaseUrl);
    var child = played();
    db.sql("DELETE FROM personal_data WHERE name = 'session_events'").update();
    awaitDone(child, child.askErasure());
    assertThat(traces.of(child)).containsExactly("session_events");
  }

  @Test
  void whatAnOpenTransactionWritesGoesWhenItHasEnded() throws SQLException {
    start(databaseUrl);
    var child = planted();
    var erasure = lateWriter(child);
    awaitDone(child, erasure);
    assertThat(traces.of(child)).isEmpty();
    assertThat(
            db.sql("SELECT (swept_rows ->> 'child_month_summary')::int FROM erasures")
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void withoutTheSecondSweepItWouldStay() throws SQLException {
    start(databaseUrl);
    var child = planted();
    sweepsNothing();
    awaitDone(child, lateWriter(child));
    assertThat(traces.of(child)).containsExactly("child_month_summary");
  }

  /** From now on the second sweep finds nothing. */
  private void sweepsNothing() {
    db.sql("ALTER FUNCTION erase_child(bigint, boolean) RENAME TO erase_once").update();
    db.sql(
            """
            CREATE FUNCTION erase_child(erased bigint, thorough boolean) RETURNS jsonb LANGUAGE sql
            RETURN CASE WHEN thorough THEN '{}' ELSE erase_once(erased, false) END
            """)
        .update();
    db.sql("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO smile_ingest").update();
  }

  /** A lock that holds off those who write about a child, and what a mutant has in its place. */
  enum Lock {
    /** Which a job has. */
    BLOCK("SELECT pg_advisory_xact_lock(1, (%d / 64 %% 2147483647)::int)") {
      @Override
      String without(String statement) {
        return statement.startsWith("SELECT pg_advisory_xact_lock(1,")
            ? statement.replace("pg_advisory_xact_lock", "int4pl")
            : statement;
      }
    },
    /** Which ingest has. */
    CHILD("SELECT FROM children WHERE id = %d FOR NO KEY UPDATE") {
      @Override
      String without(String statement) {
        return statement.replaceFirst("(SELECT FROM children WHERE id = \\?) FOR UPDATE", "$1");
      }
    };

    private final String taken;

    Lock(String taken) {
      this.taken = taken;
    }

    abstract String without(String statement);
  }

  /** Where the second sweep does not make up for it, each lock is needed. */
  @ParameterizedTest
  @CsvSource({"BLOCK, true", "BLOCK, false", "CHILD, true", "CHILD, false"})
  void withoutItsLockWhatAWriterWritesWouldStay(Lock lock, boolean held) throws SQLException {
    service = at(databaseUrl).start(held ? statement -> statement : lock::without);
    var child = planted();
    sweepsNothing();
    try (var writer = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      writer.setAutoCommit(false);
      execute(writer, lock.taken.formatted(id.value()));
      var erasure = child.enter();
      // It waits for the lock, or at the last row for the child, or not at all.
      await().atMost(PATIENCE).until(() -> waits() || child.is("cleared_at", erasure));
      execute(writer, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      writer.commit();
      awaitDone(child, erasure);
    }
    assertThat(traces.of(child)).isEqualTo(held ? Set.of() : Set.of("child_month_summary"));
  }

  private boolean waits() {
    return db.sql(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")
        .query(Boolean.class)
        .single();
  }

  @Test
  void withoutTheWaitForOthersWhatTheyWriteWouldStay() throws SQLException {
    service =
        at(databaseUrl)
            .start(
                statement ->
                    statement.contains("pg_snapshot_xmin(pg_current_snapshot())")
                        ? "SELECT cleared_at IS NOT NULL FROM erasures WHERE id = ?"
                        : statement);
    var child = planted();
    try (var late = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      late.setAutoCommit(false);
      execute(late, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      awaitDone(child, child.askErasure());
      late.commit();
    }
    assertThat(traces.of(child)).containsExactly("child_month_summary");
  }

  /** Who has read before the rows went, and has an answer when they are gone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReaderMeanwhileKeepsNoAnswerUnlessItsCacheIsNotCleared(boolean cleared) throws Exception {
    service =
        (cleared
                ? at(databaseUrl)
                : new ServiceUnderTest(
                        databaseUrl, URI.create(LocalStack.shared().redis() + "/13"), topic.name())
                    .with("smile.ingest.erase-every=100ms"))
            .start();
    var child = planted();
    var hasRead = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    try (var readers = Executors.newSingleThreadExecutor()) {
      var reader =
          readers.submit(
              () -> {
                answers.read(
                    id,
                    () -> {
                      hasRead.countDown();
                      mayAnswer.await();
                    });
                return null;
              });
      hasRead.await();
      var erasure = child.askErasure();
      awaitDone(child, erasure);
      mayAnswer.countDown();
      reader.get();
    }
    assertThat(answers.holds(id)).isEqualTo(!cleared);
  }

  /** When nobody remembers any more that its tokens were revoked. */
  @Test
  void whatComesWeeksLaterIsNeitherStoredNorKeptInQuarantine() {
    start(databaseUrl);
    var child = planted();
    awaitDone(child, child.askErasure());
    stop();
    db.sql("UPDATE revocations SET until = now() - interval '1 day'").update();
    db.sql(
            """
            UPDATE erasures SET asked_at = asked_at - interval '60 days', announced_at = announced_at - interval '60 days',
              erased_at = erased_at - interval '60 days', cleared_at = cleared_at - interval '60 days',
              swept_at = swept_at - interval '60 days'
            """)
        .update();
    start(databaseUrl);

    topic.send(child.play().events());
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);

    assertThat(traces.of(child)).isEmpty();
    assertThat(topic.quarantine()).isEmpty();
  }

  /** Writes about the child and commits when the rows are gone. */
  private UUID lateWriter(CanaryChild child) throws SQLException {
    try (var late = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      late.setAutoCommit(false);
      execute(late, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      var erasure = child.askErasure();
      await().atMost(PATIENCE).until(() -> child.is("cleared_at", erasure));
      await()
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> !child.is("swept_at", erasure));
      late.commit();
      return erasure;
    }
  }

  @Test
  void whoHasOnlyReadAndMayWriteYetIsWaitedForToo() throws SQLException {
    start(databaseUrl);
    var child = planted();
    try (var late = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      late.setAutoCommit(false);
      execute(late, "SELECT FROM children");
      var erasure = child.askErasure();
      await().atMost(PATIENCE).until(() -> child.is("cleared_at", erasure));
      await()
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> !child.is("swept_at", erasure));
      execute(late, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      late.commit();
      awaitDone(child, erasure);
    }
    assertThat(traces.of(child)).isEmpty();
  }

  @Test
  void aWriterWhoHasTheChildIsWaitedFor() throws SQLException {
    start(databaseUrl);
    var child = planted();
    try (var ingest = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      ingest.setAutoCommit(false);
      execute(ingest, Lock.CHILD.taken.formatted(id.value()));
      var erasure = child.enter();
      await().atMost(PATIENCE).until(() -> child.is("announced_at", erasure));
      await()
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> !child.is("erased_at", erasure));
      execute(ingest, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      ingest.commit();
      awaitDone(child, erasure);
    }
    assertThat(
            db.sql("SELECT (erased_rows ->> 'child_month_summary')::int FROM erasures")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
    assertThat(traces.of(child)).isEmpty();
  }

  @Test
  void aJobThatHasTheBlockIsWaitedFor() throws SQLException {
    start(databaseUrl);
    var child = planted();
    try (var job = MigratedDatabase.withoutPool(databaseUrl).getConnection()) {
      job.setAutoCommit(false);
      execute(job, Lock.BLOCK.taken.formatted(id.value()));
      var erasure = child.enter();
      await().atMost(PATIENCE).until(() -> child.is("announced_at", erasure));
      await()
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> !child.is("erased_at", erasure));
      // It may need the child, which is not locked before the block is.
      execute(job, "SELECT FROM children WHERE id = " + id + " FOR KEY SHARE");
      execute(job, CanaryChild.SUMMARY.formatted(id, "2026-05-01"));
      job.commit();
      awaitDone(child, erasure);
    }
    assertThat(traces.of(child)).isEmpty();
  }

  /** The devices go on while the rows go. */
  @Test
  void whatArrivesMeanwhileIsGoneToo() {
    start(databaseUrl);
    var child = planted();
    for (int i = 0; i < 20; i++) {
      topic.send(child.play().events());
    }
    await().atMost(PATIENCE).until(() -> traces.of(child).contains("game_sessions"));
    var erasure = child.enter();
    for (int i = 0; i < 200 && !child.is("swept_at", erasure); i++) {
      topic.send(child.play().events());
    }
    awaitDone(child, erasure);
    topic.send(child.play().events());
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
    assertThat(traces.of(child)).isEmpty();
    assertThat(topic.quarantine()).isEmpty();
  }

  @Test
  void aDatabaseThatIsRestoredFromBeforeIsErasedAgain() throws Exception {
    var child = planted();
    var guardians = List.of(child.parent(), child.guardian());
    var backup = copy();
    start(databaseUrl);
    awaitDone(child, child.askErasure());
    stop();

    var restored = JdbcClient.create(MigratedDatabase.dataSource(backup));
    var again = new CanaryChild(restored, id, CANARY);
    assertThat(new Traces(restored).of(again)).contains("children", "consents");
    start(backup);
    await().atMost(PATIENCE).until(() -> readiness() == 200);
    assertThat(
            restored
                .sql("SELECT count(*) FROM children WHERE is_active")
                .query(Long.class)
                .single())
        .as("children seen when it is ready")
        .isZero();

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                restored
                    .sql("SELECT EXISTS (SELECT FROM erasures WHERE swept_at IS NOT NULL)")
                    .query(Boolean.class)
                    .single());
    assertThat(new Traces(restored).of(again)).isEmpty();
    assertThat(restored.sql("SELECT asked_as FROM erasures").query(String.class).single())
        .isEqualTo("replay");
    assertThat(restored.sql("SELECT unnest(guardians) FROM erasures").query(Long.class).list())
        .as("who may read how far it is")
        .containsExactlyInAnyOrderElementsOf(guardians);
    // What its devices send after that is refused.
    topic.send(child.play().events());
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
    assertThat(new Traces(restored).of(again)).isEmpty();
  }

  private int readiness() throws Exception {
    var port = requireNonNull(service).getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** A copy of the database, to which nobody may be connected. */
  private String copy() {
    var name = databaseUrl.replaceFirst(".*/([^?]*).*", "$1");
    MigratedDatabase.disconnect();
    JdbcClient.create(MigratedDatabase.dataSource(LocalStack.shared().jdbcUrl("postgres")))
        .sql("CREATE DATABASE backup_of_%s TEMPLATE %s".formatted(name, name))
        .update();
    return LocalStack.shared().jdbcUrl("backup_of_" + name);
  }

  /** Of the server that it was copied from: this one may never come to it. */
  @Test
  void anErasureThatWasUnderWayWhenTheCopyWasMadeGoesOnOnAnotherServer() {
    start(databaseUrl);
    var child = planted();
    var erasure = child.enter();
    db.sql(
            """
            UPDATE erasures SET announced_at = now(), erased_at = now(), erased_rows = '{}', cleared_at = now(),
              erased_until = '1000000000000'
            """)
        .update();
    awaitDone(child, erasure);
    assertThat(traces.of(child)).isEmpty();
  }

  @Test
  void anAccountThatWasClosedIsClosedAgainInARestoredDatabase() {
    var account = new People(db).parent(CANARY + "@example.org");
    var backup = copy();
    start(databaseUrl);
    var somebody = new CanaryChild(db, id, CANARY);
    awaitDone(somebody, closed(account));
    stop();

    var restored = JdbcClient.create(MigratedDatabase.dataSource(backup));
    assertThat(new Traces(restored).of(somebody)).containsExactly("auth_users");
    start(backup);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                restored
                    .sql("SELECT EXISTS (SELECT FROM erasures WHERE swept_at IS NOT NULL)")
                    .query(Boolean.class)
                    .single());
    assertThat(new Traces(restored).of(somebody)).isEmpty();
    assertThat(
            restored
                .sql(
                    """
                    SELECT u.status || ' ' || e.asked_as || ' ' || r.revoked
                    FROM auth_users u
                    JOIN erasures e ON e.account = u.id
                    JOIN revocations r ON r.subject = 'user:' || u.id
                    """)
                .query(String.class)
                .single())
        .isEqualTo("deleted replay true");
  }

  private UUID closed(long account) {
    return db.sql(
            "INSERT INTO erasures (id, account, asked_as) VALUES (gen_random_uuid(), ?, 'parent')"
                + " RETURNING id")
        .param(account)
        .query(UUID.class)
        .single();
  }

  /** Who could see the child is asked after an incident, and has closed the account since. */
  @Test
  void whoWasAGuardianIsOnRecordAfterTheAccountWasClosed() {
    start(databaseUrl);
    var child = planted();
    var parent = child.parent();
    var guardian = child.guardian();
    awaitDone(child, closed(parent));
    assertThat(
            db.sql(
                    "SELECT action || ' ' || actor || ' ' || split_part(detail, '-', 1) FROM"
                        + " audit_log WHERE child = ? AND action <> 'share_revoked' ORDER BY id")
                .param(id.value())
                .query(String.class)
                .list())
        .filteredOn(line -> line.startsWith("guardian_removed"))
        .containsExactly("guardian_removed %1$d %1$d".formatted(parent));
    assertThat(child.parent()).isEqualTo(guardian);
    assertThat(
            db.sql("SELECT count(*) FROM guardian_invitations WHERE revoked_at IS NULL")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void howLongKafkaKeepsWhatIsToldFromTheSettings() {
    start(
        databaseUrl,
        "smile.topics.events-kept=6h",
        "smile.topics.quarantine-kept=10d",
        "smile.topics.compacted-within=12h");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(readiness()).isEqualTo(200));
    assertThat(
            db.sql(
                    "SELECT class || ' ' || period FROM retention_policy WHERE what LIKE '%By"
                        + " Kafka%' ORDER BY class")
                .query(String.class)
                .list())
        .containsExactly(
            "quarantine 10 days 18:00:00", "quarantine_deleted 16:00:00", "topic_events 09:00:00");
  }

  @Test
  void certificateCountsFromTheLastRefusal() {
    start(databaseUrl);
    var child = planted();
    var erasure = child.askErasure();
    awaitDone(child, erasure);
    assertThat(child.is("last_refused_at", erasure)).isFalse();
    topic.send(child.play().events());
    await().atMost(PATIENCE).until(() -> child.is("last_refused_at", erasure));
    assertThat(
            db.sql(
                    """
                    SELECT r.until = e.last_refused_at + interval '3 days 14 hours' AND e.last_refused_at > now()
                    FROM erasures e CROSS JOIN erasure_remains(e) r WHERE r.name = 'game-session-events'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void anotherChildWithTheSameNumberIsLeftAlone() {
    start(databaseUrl);
    var child = planted();
    awaitDone(child, child.askErasure());
    stop();

    var anew = MigratedDatabase.newUrl();
    var fresh = JdbcClient.create(MigratedDatabase.dataSource(anew));
    var other = CanaryChild.plant(fresh, id, CANARY);
    start(anew);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> new Traces(fresh).of(other).contains("children"));
    assertThat(fresh.sql("SELECT count(*) FROM erasures").query(Long.class).single()).isZero();
  }

  @Test
  void ofAnAccountOnlyItsNumberStays() {
    start(databaseUrl);
    var account = new People(db).user(CANARY + "@example.org", "professional", "{noop}" + CANARY);
    db.sql(
            """
            UPDATE auth_users SET first_name = :canary, last_name = :canary, phone = '0123456789',
              license_number = :canary, specialization = :canary, clinic_name = :canary, clinic_address = :canary,
              avatar_url = 'https://example.org/' || :canary, bio = :canary
            WHERE id = :id
            """)
        .param("canary", CANARY)
        .param("id", account)
        .update();
    db.sql(
            """
            INSERT INTO account_links (digest, user_id, purpose, expires_at)
            VALUES (sha256('a'), :id, 'verify', now())
            """)
        .param("id", account)
        .update();
    db.sql(
            """
            INSERT INTO outgoing_mail (user_id, recipient, subject, body)
            VALUES (:id, :canary || '@example.org', :canary, :canary)
            """)
        .param("canary", CANARY)
        .param("id", account)
        .update();
    db.sql(
            """
            INSERT INTO auth_logins (id, user_id, created_at, expires_at)
            VALUES (gen_random_uuid(), :id, now(), now())
            """)
        .param("id", account)
        .update();
    var somebody = new CanaryChild(db, id, CANARY);
    assertThat(traces.of(somebody)).contains("auth_users", "outgoing_mail");

    var erasure =
        db.sql(
                """
                INSERT INTO erasures (id, account, asked_as) VALUES (gen_random_uuid(), ?, 'professional')
                RETURNING id
                """)
            .param(account)
            .query(UUID.class)
            .single();
    awaitDone(somebody, erasure);

    assertThat(traces.of(somebody)).isEmpty();
    assertThat(db.sql("SELECT email || ' ' || status FROM auth_users").query(String.class).single())
        .isEqualTo("closed-" + account + "@invalid.invalid deleted");
    for (var table : List.of("account_links", "auth_logins", "outgoing_mail")) {
      assertThat(db.sql("SELECT count(*) FROM " + table).query(Long.class).single()).isZero();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
