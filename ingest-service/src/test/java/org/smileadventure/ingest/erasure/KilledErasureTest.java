package org.smileadventure.ingest.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.CanaryChild;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.collector.Game;
import org.smileadventure.ingest.fixture.CachedAnswers;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.KafkaServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.PostgresServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A child whose every text is an unlikely one goes through the whole system and is erased, by a
 * service that is killed in its steps, as often as {@code -Dsmile.kills=…} says in all. Then no
 * byte of it is found, wherever one was found before. {@code ./smile chaos erasure} runs this test,
 * and reads the line RESULT that it writes.
 */
@RealServers
@Tag("slow")
class KilledErasureTest {
  private static final List<String> STEPS =
      List.of("announced_at", "erased_at", "cleared_at", "swept_at");
  private static final int KILLS = Integer.getInteger("smile.kills", 2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration A_WHILE = Duration.ofSeconds(15);
  private static final String CANARY = "qvintessa";
  private static final ChildId CHILD = new ChildId(734_098_123_655L);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private PostgresServer postgres;
  private RedisServer redis;
  private KafkaServer kafka;
  private EventTopic topic;
  private JdbcClient db;
  private CanaryChild child;
  private int port;
  private int kills;

  @BeforeEach
  void start() {
    postgres = new PostgresServer(home.resolve("postgres"), LocalStack.SHARED_BINARIES, 0);
    redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
    kafka = KafkaServer.inOwnProcess(home.resolve("kafka"), 0);
    Stream.of(postgres, redis, kafka).parallel().forEach(server -> server.start());
    var url = postgres.jdbcUrl("postgres");
    Flyway.configure().dataSource(url, null, null).load().migrate();
    db = JdbcClient.create(MigratedDatabase.dataSource(url));
    // What was written before is deleted, and not overwritten some day. It need not wait for the
    // disk, as only the service is killed.
    for (var setting :
        List.of("wal_recycle = off", "min_wal_size = '32MB'", "autovacuum = off", "fsync = off")) {
      db.sql("ALTER SYSTEM SET " + setting).update();
    }
    db.sql("SELECT pg_reload_conf()").query(_ -> {});
    stallIn("nothing");
    topic = EventTopic.at(kafka.bootstrapServers());
    child = CanaryChild.plant(db, CHILD, CANARY);
    port = JavaProcess.freePort();
  }

  @AfterEach
  void stop() {
    topic.close();
    kafka.close();
    redis.close();
    postgres.close();
  }

  /**
   * @param eventsKept how long the topic keeps them from now on
   */
  private Process service(Duration eventsKept) {
    return new ServiceUnderTest(
            postgres.jdbcUrl("postgres"),
            redis.uri(),
            kafka.bootstrapServers(),
            topic.name(),
            List.of())
        .with(
            "server.port=" + port,
            "SMILE_INSTANCE_ID=ingest-1",
            "logging.level.org.smileadventure=debug",
            "smile.ingest.erase-every=100ms",
            "smile.topics.events-kept=" + eventsKept.toSeconds() + "s",
            "smile.topics.compacted-within=12s")
        .startProcess(home.resolve("service.log"));
  }

  @Test
  void noByteIsLeftHoweverOftenItIsKilled() throws Exception {
    var service = service(Duration.ofMinutes(10));
    try {
      var play = play();
      var before = found();
      assertThat(before).as("where it is found before").doesNotContainValue(false);
      everyTopicIsCatalogued();

      // Nobody erases while it is asked for.
      JavaProcess.kill(service);
      child.due(play);
      assertThat(new Traces(db).of(child)).containsAll(ErasureTest.erasable(db));
      var erasure = child.askErasure();
      var steps = new ArrayList<>(STEPS);
      Collections.shuffle(steps);
      for (int kill = 0; kill < KILLS; kill++) {
        killIn(steps.get(kill % steps.size()), erasure);
      }
      stallIn("nothing");
      service = service(A_WHILE);
      await().atMost(PATIENCE).until(() -> child.is("swept_at", erasure));

      var resurrected = comeBackAfterAWeek();
      forgetInPostgres();
      var after = new TreeMap<String, Boolean>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(
              () -> {
                forgetWal();
                after.putAll(found());
                assertThat(after).doesNotContainValue(true);
              });
      System.out.printf(
          "%nRESULT places=%d found_before=%d found_after=%d resurrected=%d kills=%d%n",
          before.size() + logs().size(), count(before), count(after), resurrected, kills);
      assertThat(resurrected).isZero();
      for (var log : logs()) {
        assertThat(log).isNotEmptyFile();
        assertThat(KeptBytes.inFiles(log, CANARY)).as(log.toString()).isFalse();
      }
    } finally {
      JavaProcess.kill(service);
    }
  }

  private void everyTopicIsCatalogued() throws Exception {
    try (var admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      var topics =
          admin.listTopics().names().get().stream()
              .filter(name -> !name.startsWith("__"))
              .map(name -> name.replace(topic.name() + "-erasures", "smile-erasures"))
              .map(name -> name.replace(topic.name(), "game-session-events"))
              .toList();
      assertThat(topics).contains("smile-erasures", "game-session-events-quarantine");
      assertThat(
              db.sql("SELECT name FROM personal_data WHERE place = 'topic'")
                  .query(String.class)
                  .list())
          .containsAll(topics);
    }
  }

  private static long count(Map<String, Boolean> places) {
    return places.values().stream().filter(found -> found).count();
  }

  /** What the servers and the service say of their work. */
  private List<Path> logs() {
    return Stream.of("service.log", "postgres/postgres.log", "kafka/kafka.log", "redis/redis.log")
        .map(home::resolve)
        .toList();
  }

  private Play play() {
    var play = child.play();
    topicIsThere();
    topic.send(play.events());
    topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                topic.name(),
                CHILD.toString().getBytes(UTF_8),
                ("{\"childId\": " + CHILD + ", \"name\": \"" + CANARY).getBytes(UTF_8))));
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
    child.rate(play);
    try (var answers = new CachedAnswers(redis.uri())) {
      answers.keep(CHILD);
    }
    db.sql("CHECKPOINT").update();
    return play;
  }

  private void topicIsThere() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> topic.lag() >= 0);
  }

  /** Each place, and whether there is something of the child. */
  private Map<String, Boolean> found() {
    var found = new TreeMap<String, Boolean>();
    found.put("tables", !new Traces(db).of(child).isEmpty());
    found.put("redis", KeptBytes.inRedis(redis.uri(), CHILD.toString()));
    var data = home.resolve("kafka/data");
    found.put("topic of events", KeptBytes.inTopic(data, topic.name(), CANARY));
    found.put("quarantine", KeptBytes.inTopic(data, topic.name() + "-quarantine", CANARY));
    found.put("files of tables", KeptBytes.inFiles(home.resolve("postgres/data/base"), CANARY));
    found.put("log of writes", KeptBytes.inFiles(home.resolve("postgres/data/pg_wal"), CANARY));
    return found;
  }

  /** Runs the service until it is about to say that it has done the step, and kills it there. */
  private void killIn(String step, UUID erasure) {
    stallIn(step);
    db.sql("UPDATE erasures SET swept_at = NULL WHERE id = ?").param(erasure).update();
    db.sql("UPDATE erasures SET %s = NULL WHERE id = ?".formatted(step)).param(erasure).update();
    var service = service(A_WHILE);
    try {
      await().atMost(PATIENCE).until(this::stalls);
    } finally {
      JavaProcess.kill(service);
    }
    kills++;
    db.sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'smile_ingest' AND pid <> pg_backend_pid()
            """)
        .query(_ -> {});
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                db.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'smile_ingest'")
                        .query(Long.class)
                        .single()
                    == 0);
    assertThat(child.is(step, erasure)).isFalse();
  }

  private boolean stalls() {
    return db.sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')")
        .query(Boolean.class)
        .single();
  }

  /** Has whoever notes that this step is done wait for long. */
  private void stallIn(String step) {
    db.sql("DROP TRIGGER IF EXISTS stall ON erasures").update();
    db.sql(
            """
            CREATE OR REPLACE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF to_jsonb(new) ->> '%1$s' IS NOT NULL AND to_jsonb(old) ->> '%1$s' IS NULL THEN
                PERFORM pg_sleep(600);
              END IF;
              RETURN new;
            END $$
            """
                .formatted(step))
        .update();
    db.sql("CREATE TRIGGER stall BEFORE UPDATE ON erasures FOR EACH ROW EXECUTE FUNCTION stall()")
        .update();
  }

  /** Its device was offline. Returns in how many tables there is something of the child then. */
  private int comeBackAfterAWeek() {
    var play = child.play().events();
    var game =
        new Game(
            URI.create("http://127.0.0.1:" + port),
            ServiceUnderTest.TOKENS.token(
                Map.of("scope", "ingest", "children", List.of(CHILD.value()))));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> game.sendBatch(play).problem(410));
    topic.send(play);
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
    return new Traces(db).of(child).size();
  }

  private void forgetInPostgres() {
    db.sql("VACUUM FULL").update();
    db.sql("CHECKPOINT").update();
  }

  private void forgetWal() {
    for (int i = 0; i < 2; i++) {
      db.sql("SELECT pg_switch_wal()").query(_ -> {});
      db.sql("CHECKPOINT").update();
    }
  }
}
