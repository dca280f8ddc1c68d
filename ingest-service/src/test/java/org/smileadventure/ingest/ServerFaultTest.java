package org.smileadventure.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.collector.Game;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.RunningService;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.KafkaServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The servers that the service needs go away, or fail, and come back. One service goes through all
 * of it and is never started again; each test ends with everything stored.
 */
@RealServers
@Tag("slow")
class ServerFaultTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ENOUGH_FAILURES = 2;
  private static final String PASSWORD = "of-the-test";

  @TempDir private static Path home;
  private static PostgresServer postgres;
  private static RedisServer redis;
  private static KafkaServer kafka;
  private static String url;
  private static StoredRows rows;
  private static JdbcClient jdbc;
  private static EventTopic topic;
  private static CachedAnswers answers;
  private static ConfigurableApplicationContext context;
  private static RunningService service;
  private static People people;
  private static long parent;

  private final Random random = new Random();
  private ChildId sam;
  private int setAside;
  private long storedBefore;

  @BeforeAll
  static void start() {
    postgres = new PostgresServer(home.resolve("postgres"), LocalStack.SHARED_BINARIES, 0);
    redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
    kafka = KafkaServer.inOwnProcess(home.resolve("kafka"), 0);
    Stream.of(postgres, redis, kafka).parallel().forEach(server -> server.start());
    url = postgres.jdbcUrl("postgres");
    Flyway.configure().dataSource(url, null, null).load().migrate();
    var database = MigratedDatabase.withoutPool(url);
    rows = new StoredRows(database);
    jdbc = JdbcClient.create(database);
    people = new People(jdbc);
    parent = people.parent("parent@example.org");
    topic = EventTopic.at(kafka.bootstrapServers());
    answers = new CachedAnswers(redis.uri());
    context =
        new ServiceUnderTest(url, redis.uri(), kafka.bootstrapServers(), topic.name(), List.of())
            .with("smile.ingest.measure-lag-every=200ms")
            .with("smile.metrics-password=" + PASSWORD)
            .with("smile.database.statement-timeout=1s")
            .with("smile.collector.delivery-timeout=2s")
            .with("smile.collector.max-requests-in-flight=1")
            // which tells every attempt to connect
            .with("logging.level.org.apache.kafka.clients.NetworkClient=off")
            .start();
    service = new RunningService(context);
  }

  @AfterAll
  static void stop() {
    service.close();
    answers.close();
    topic.close();
    kafka.close();
    redis.close();
    postgres.close();
  }

  @BeforeEach
  void sam() {
    awaitHealthy();
    sam = people.child(parent, ROME.getId());
    setAside = topic.quarantine().size();
    storedBefore = service.count("smile.ingest.stored");
  }

  @AfterEach
  void awaitHealthy() {
    await().atMost(PATIENCE).until(() -> service.readiness() == 200);
    await().atMost(PATIENCE).until(() -> service.health() == 200);
    await().atMost(PATIENCE).until(() -> service.gauge("smile.ingest.lag.events") == 0);
    assertThat(service.gauge("smile.ingest.lag.seconds")).isZero();
    assertThat(service.liveness()).isEqualTo(200);
  }

  @Test
  void withoutPostgresNothingIsAcknowledgedAndNothingIsLost() {
    var before = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
    var meanwhile = Play.by(sam, NOON).interactions(50, CORRECT).completed(2);
    topic.send(before.events());
    awaitAllTaken();

    postgres.kill();
    var failures = service.failures();
    topic.send(meanwhile.events());
    awaitLag(meanwhile.events().size());
    assertThat(service.health()).isEqualTo(503);
    // Its task is to take events into Kafka, and that it can do.
    assertThat(service.readiness()).isEqualTo(200);
    assertThat(service.liveness()).isEqualTo(200);
    var seconds = service.gauge("smile.ingest.lag.seconds");
    await().atMost(PATIENCE).until(() -> service.gauge("smile.ingest.lag.seconds") > seconds + 1);
    assertThat(service.metrics(PASSWORD)).contains("\nsmile_ingest_lag_events 52.0\n");
    awaitFailures(failures);
    assertThat(topic.lag()).isEqualTo(meanwhile.events().size());

    postgres.start();
    awaitAllTaken();
    assertStored(before.events());
    assertStored(meanwhile.events());
    assertThat(rows.session(meanwhile.session())).containsEntry("interactions_count", 50);
    assertThat(service.count("smile.ingest.stored") - storedBefore).isEqualTo(7 + 52);
    assertNothingSetAside();
  }

  /** Each time while PostgreSQL is waiting for its disk, which is made to take long. */
  @Test
  void postgresKilledInMidCommitLosesNothingAndStoresNothingTwice() throws Exception {
    jdbc.sql("ALTER SYSTEM SET commit_delay = 100000").update();
    jdbc.sql("ALTER SYSTEM SET commit_siblings = 0").update();
    jdbc.sql("SELECT pg_reload_conf()").query().singleRow();
    var children = Stream.generate(() -> people.child(parent, ROME.getId())).limit(10).toList();
    var sent = Collections.synchronizedList(new ArrayList<SessionEvent>());
    try (var game = Executors.newSingleThreadScheduledExecutor()) {
      var playing =
          game.scheduleAtFixedRate(
              () -> {
                var child = children.get(random.nextInt(children.size()));
                var events = new ArrayList<>(RandomPlay.by(child, random));
                Collections.shuffle(events, random);
                topic.send(events);
                sent.addAll(events);
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      for (int kill = 0; kill < 3; kill++) {
        awaitStored(1 + random.nextInt(200));
        awaitCommit();
        postgres.kill();
        assertThat(service.readiness()).isEqualTo(200);
        assertThat(service.liveness()).isEqualTo(200);
        postgres.start();
      }
      assertThat(playing.isDone()).as("the game has failed").isFalse();
      game.shutdown();
      assertThat(game.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    jdbc.sql("ALTER SYSTEM RESET ALL").update();
    jdbc.sql("SELECT pg_reload_conf()").query().singleRow();
    awaitAllTaken();
    assertStored(sent);
    assertNothingSetAside();
  }

  @Test
  void withoutRedisEventsAreStoredAndTheirChildrenAreRemembered() {
    var play = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
    redis.stop();
    for (var event : play.events()) {
      topic.send(List.of(event));
      awaitAllTaken();
    }
    assertStored(play.events());
    assertThat(rows.pendingInvalidations()).containsExactly(sam);
    assertThat(service.health()).isEqualTo(200);
    assertThat(service.readiness()).isEqualTo(200);
    assertThat(service.liveness()).isEqualTo(200);

    redis.start();
    awaitNobodyPending();
  }

  /** The worst way to be away: it takes connections and requests, and does not answer. */
  @Test
  void redisThatHangsDoesNotSlowIngestDown() throws Exception {
    var timeAlone = timeToTake(100);
    signal("STOP");
    try {
      var time = timeToTake(100);
      assertThat(service.readiness()).isEqualTo(200);
      assertThat(service.liveness()).isEqualTo(200);
      assertThat(rows.pendingInvalidations()).containsExactly(sam);
      // A few calls wait for their time-out of half a second; then the circuit breaker is open.
      assertThat(time).isLessThan(timeAlone.multipliedBy(2).plusSeconds(5));
    } finally {
      signal("CONT");
    }
    awaitNobodyPending();
  }

  /** As in a failover: Redis answers, still has what it had, but takes no writes. */
  @Test
  void answersThatCouldNotBeForgottenAreForgottenWhenRedisTakesWritesAgain() {
    answers.keep(sam);
    answers.readOnly(true);
    topic.send(Play.by(sam, NOON).completed(1).events());
    awaitAllTaken();
    assertThat(rows.pendingInvalidations()).containsExactly(sam);
    assertThat(answers.holds(sam)).isTrue();

    answers.readOnly(false);
    awaitNobodyPending();
    assertThat(answers.holds(sam)).isFalse();
  }

  /** Who sends over HTTP meanwhile is told to try again. */
  @Test
  void brokerKilledAndStartedAgainLosesNothingWhileTheGameGoesOn() throws Exception {
    var play = Play.by(sam, NOON).interactions(20, CORRECT).completed(7);
    var device = Game.of(context, List.of(sam));
    device.sendBatch(play.events().subList(0, 1)).allAccepted(1);
    var accepted = service.count("smile.collector.accepted");
    var sent = Collections.synchronizedList(new ArrayList<SessionEvent>());
    try (var game = Executors.newSingleThreadScheduledExecutor()) {
      var playing =
          game.scheduleAtFixedRate(
              () -> {
                var events = RandomPlay.by(sam, random);
                topic.send(events);
                sent.addAll(events);
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      awaitStored(200);

      kafka.kill();
      await().atMost(PATIENCE).until(() -> service.readiness() == 503);
      assertThat(service.liveness()).isEqualTo(200);
      assertThat(service.gauge("smile.ingest.lag.events")).isNaN();
      assertThat(service.gauge("smile.ingest.lag.seconds")).isNaN();
      assertRefused(device, play.events());
      assertThat(service.count("smile.collector.accepted")).isEqualTo(accepted);

      kafka.start();
      await().atMost(PATIENCE).until(() -> service.readiness() == 200);
      awaitStored(200);
      assertThat(playing.isDone()).as("the game has failed").isFalse();
      game.shutdown();
      assertThat(game.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> device.sendBatch(play.events()).allAccepted(play.events().size()));
    device.sendBatch(play.events()).allAccepted(play.events().size());
    awaitAllTaken();
    assertStored(sent);
    assertStored(play.events());
    assertNothingSetAside();
  }

  private static void assertRefused(Game device, List<SessionEvent> events) {
    var refused = service.count("smile.collector.refused");
    var replies =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> device.sendBatch(events)))
            .limit(2)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(replies)
        .extracting(reply -> reply.problem(429).path("detail").asString())
        .allSatisfy(detail -> assertThat(detail).contains("stored once"))
        .anySatisfy(detail -> assertThat(detail).contains("Kafka does not take"))
        .anySatisfy(detail -> assertThat(detail).contains("too many requests"));
    assertThat(replies).extracting(reply -> reply.header("Retry-After")).containsOnly("5");
    assertThat(service.count("smile.collector.refused")).isEqualTo(refused + 2);
  }

  /**
   * PostgreSQL is made to say that its disk is full: really to fill one takes a file system of the
   * test's own, and for that the rights of root.
   */
  @Test
  void whileTheDiskIsFullEventsWaitAndNoneIsSetAside() {
    jdbc.sql(
            """
            CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
            END $$
            """)
        .update();
    jdbc.sql(
            """
            CREATE TRIGGER disk_full BEFORE INSERT ON session_events
            FOR EACH STATEMENT EXECUTE FUNCTION disk_full()
            """)
        .update();
    var failures = service.failures();
    var play = Play.by(sam, NOON).interactions(20, CORRECT).completed(3);
    topic.send(play.events());
    awaitFailures(failures);
    awaitLag(22);
    assertThat(service.readiness()).isEqualTo(200);
    assertThat(service.liveness()).isEqualTo(200);
    assertThat(service.health()).isEqualTo(200);
    assertThat(service.count("smile.ingest.stored")).isEqualTo(storedBefore);
    assertThat(rows.events(List.of(play.session()))).isEmpty();

    jdbc.sql("DROP FUNCTION disk_full CASCADE").update();
    awaitAllTaken();
    assertStored(play.events());
    assertNothingSetAside();
  }

  @Test
  void statementsThatTakeTooLongAreTriedAgainUntilTheyAreThrough() throws Exception {
    var play = Play.by(sam, NOON).interactions(20, CORRECT).completed(3);
    try (var other = DriverManager.getConnection(url)) {
      lockSessions(other);
      var failures = service.failures();
      topic.send(play.events());
      awaitFailures(failures);
      awaitLag(22);
      assertThat(service.readiness()).isEqualTo(200);
      assertThat(service.liveness()).isEqualTo(200);
      assertThat(service.health()).isEqualTo(200);
      assertThat(rows.events(List.of(play.session()))).isEmpty();
      other.rollback();
    }
    awaitAllTaken();
    assertStored(play.events());
    assertThat(service.count("smile.ingest.stored") - storedBefore).isEqualTo(22);
    assertNothingSetAside();
  }

  @Test
  void eventsThatTheDatabaseCouldNotKeepAreSetAsideAndCostTheirNeighboursNothing()
      throws Exception {
    var before = Play.by(sam, NOON).interactions(20, CORRECT).completed(1);
    var poison =
        Play.by(sam, NOON)
            .then(new Payload.HelpRequested("step\u0000one"))
            .help()
            .then(new Payload.AchievementUnlocked("brave\u0000"))
            .completed(2);
    var endless = Play.by(sam, NOON).interaction(CORRECT);
    for (int level = 1; level <= 2_200; level++) {
      endless.level(1, 1_000_000);
    }
    endless.ended(Payload.EndStatus.COMPLETED, null);
    var after = Play.by(sam, NOON).interactions(20, CORRECT).completed(3);
    var batch =
        Stream.of(before, poison, endless, after).flatMap(play -> play.events().stream()).toList();
    try (var other = DriverManager.getConnection(url)) {
      // The first batch waits, so that what follows makes one.
      lockSessions(other);
      topic.send(Play.by(sam, NOON).completed(9).events());
      topic.send(batch);
      other.rollback();
    }
    awaitAllTaken();

    var bad = List.of(poison.events().get(1), poison.events().get(3));
    assertThat(topic.quarantine().stream().skip(setAside))
        .extracting(kafkaRecord -> kafkaRecord.value())
        .containsExactlyElementsOf(bad.stream().map(event -> topic.record(event).value()).toList());
    assertThat(topic.quarantine().stream().skip(setAside))
        .extracting(ServerFaultTest::reason)
        .containsOnly("schema_violation");
    var sound = new ArrayList<>(batch);
    sound.removeAll(bad);
    assertThat(
            rows.events(
                List.of(before.session(), poison.session(), endless.session(), after.session())))
        .containsExactlyInAnyOrderElementsOf(sound);
    assertThat(rows.session(before.session()))
        .isEqualTo(SessionOracle.row(before.events(), ROME).orElseThrow());
    assertThat(rows.session(after.session()))
        .isEqualTo(SessionOracle.row(after.events(), ROME).orElseThrow());
    assertThat(rows.session(poison.session()))
        .containsEntry("lost_events", 2)
        .containsEntry("help_requests", 1)
        .containsEntry("score", null);
    assertThat(rows.session(endless.session()))
        .containsEntry("levels_completed", 2_200)
        .containsEntry("score", Integer.MAX_VALUE);
  }

  @Test
  void quarantineThatFailsKeepsNoAnswerInTheCache() throws Exception {
    var play = Play.by(sam, NOON).completed(1);
    var bad = topic.record(play.events().getFirst());
    bad.headers().remove("ce_type").add("ce_type", "session.dreamt".getBytes(UTF_8));
    var duplicates = service.count("smile.ingest.duplicates");
    answers.keep(sam);
    topic.quarantineTakes(10);
    var failures = service.failures();
    try (var other = DriverManager.getConnection(url)) {
      // The first batch waits, so that what follows makes one.
      lockSessions(other);
      topic.send(Play.by(sam, NOON).completed(9).events());
      topic.sendRecords(
          List.of(
              topic.record(play.events().getFirst()), bad, topic.record(play.events().getLast())));
      other.rollback();
    }
    await().atMost(PATIENCE).until(() -> !answers.holds(sam));
    awaitFailures(failures);
    assertStored(play.events());
    assertThat(topic.lag()).isPositive();
    assertThat(service.liveness()).isEqualTo(200);
    answers.read(sam);
    await().atMost(PATIENCE).until(() -> !answers.holds(sam));

    topic.quarantineTakes(1_048_576);
    awaitAllTaken();
    assertThat(topic.quarantine().stream().skip(setAside))
        .extracting(ServerFaultTest::reason)
        .containsExactly("unknown_type");
    assertStored(play.events());
    assertThat(service.count("smile.ingest.stored") - storedBefore).isEqualTo(2 + 2);
    assertThat(service.count("smile.ingest.duplicates")).isEqualTo(duplicates);
  }

  private Duration timeToTake(int plays) {
    var start = System.nanoTime();
    for (int i = 0; i < plays; i++) {
      topic.send(Play.by(sam, NOON).interactions(10, CORRECT).completed(1).events());
    }
    awaitAllTaken();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Stops Redis where it is, or lets it go on. */
  private static void signal(String name) throws IOException, InterruptedException {
    var pid = Files.readString(home.resolve("redis/redis.pid")).strip();
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static void lockSessions(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE");
    }
  }

  /** Until the listener has committed so many events more. */
  private static void awaitStored(int more) {
    var before = service.count("smile.ingest.stored");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> service.count("smile.ingest.stored") > before + more);
  }

  private static void awaitCommit() {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                jdbc.sql(
                            """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'smile-ingest-service' AND state = 'active' AND query = 'COMMIT'
                        """)
                        .query(Integer.class)
                        .single()
                    > 0);
  }

  private static void awaitFailures(long before) {
    await().atMost(PATIENCE).until(() -> service.failures() >= before + ENOUGH_FAILURES);
  }

  private static void awaitLag(int events) {
    await()
        .atMost(PATIENCE)
        .until(() -> service.gauge("smile.ingest.lag.events"), lag -> lag == events);
  }

  private static void awaitAllTaken() {
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
  }

  private static void awaitNobodyPending() {
    await().atMost(PATIENCE).until(() -> rows.pendingInvalidations().isEmpty());
  }

  /** Each of them once, and their sessions' rows are those of the oracle. */
  private static void assertStored(Collection<SessionEvent> sent) {
    var expected = SessionOracle.rows(sent, ROME);
    var sessions = new HashSet<>(sent.stream().map(SessionEvent::sessionId).toList());
    var stored = rows.events(sessions);
    assertThat(Set.copyOf(stored)).isEqualTo(Set.copyOf(sent));
    assertThat(stored).hasSameSizeAs(sent);
    assertThat(rows.sessions(sessions)).isEqualTo(expected);
  }

  private void assertNothingSetAside() {
    assertThat(topic.quarantine()).hasSize(setAside);
  }

  private static String reason(ConsumerRecord<?, ?> kafkaRecord) {
    return new String(kafkaRecord.headers().lastHeader("smile-reason").value(), UTF_8);
  }
}
