package org.smileadventure.benchmarks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.ingest.PlayStream.Delivery;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.localstack.ApplicationServer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ingest service as it is deployed, in a process of its own. */
final class OurService implements AutoCloseable {
  /** As the service's image has it. */
  private static final List<String> MEMORY =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:NewRatio=1",
          "-XX:SurvivorRatio=4",
          "-XX:+UseCompactObjectHeaders");

  static final String TOPIC = "game-session-events";
  private static final String GROUP = "smile-ingest";
  private static final String NAME = "ingest-service";

  private final Testbed testbed;
  private final Path home;
  private final ApplicationServer server;
  private final EventCodec codec = new EventCodec(InstantSource.system());

  /**
   * The service, which does not run yet.
   *
   * @param recording where Flight Recorder writes what the service did
   */
  OurService(Testbed testbed, @Nullable Path recording) {
    this.testbed = testbed;
    home = testbed.directory(NAME);
    server =
        testbed.service(
            NAME,
            home,
            recording,
            MEMORY,
            // Nobody asks this service for anything here.
            Map.of("SMILE_JWKS_URL", "http://127.0.0.1:9/"));
  }

  /** Also migrates the database and makes the topics. */
  void start() {
    server.start();
  }

  /** What the service did, of what, from when on, and the most memory that it ever took. */
  record Run(Measured measured, Tally tally, Instant begin, Optional<Long> peakMegabytes) {}

  Run measure(EventTopic topic, PlayStream stream, int warmUp, int events, List<ChildId> children) {
    var jdbc = testbed.jdbc();
    var process = Testbed.process(home.resolve(NAME + ".pid"));
    var consumption = new Consumption(topic, GROUP, process, home.resolve(NAME + ".log"));

    var warmedUp = fill(topic, stream, warmUp, "to warm up");
    topic.release();
    consumption.awaitAll();
    // Statistics as a database has them that is not new.
    jdbc.execute("VACUUM (ANALYZE) session_events, game_sessions, dirty_child_months");

    var tally = fill(topic, stream, events, "to measure");
    cacheAnswers(children);
    jdbc.execute("CHECKPOINT");
    var begin = now(jdbc);
    var usedBefore = testbed.used(process);
    System.out.println("  released");
    var beginNanos = System.nanoTime();
    topic.release();
    var end = consumption.awaitAll();
    var used = testbed.used(process).since(usedBefore);
    var seconds = (end.nanos() - beginNanos) / 1e9;

    checkRows(jdbc, warmedUp, tally);
    holds(
        "quarantined events",
        warmedUp.spoiled() + tally.spoiled(),
        topic.size(TOPIC + "-quarantine"));
    checkCache(children, children.size() - tally.children());
    return new Run(
        new Measured("smile ingest", events, seconds, used),
        tally,
        begin,
        Testbed.peakMegabytes(process));
  }

  /** What events cost, of whatever else there is in the database; nothing of it is checked. */
  Measured cost(EventTopic topic, PlayStream stream, int warmUp, int events) {
    var process = Testbed.process(home.resolve(NAME + ".pid"));
    var consumption = new Consumption(topic, GROUP, process, home.resolve(NAME + ".log"));
    fill(topic, stream, warmUp, "to warm up");
    topic.release();
    consumption.awaitAll();
    fill(topic, stream, events, "to measure");
    testbed.jdbc().execute("CHECKPOINT");
    var usedBefore = testbed.used(process);
    var begin = System.nanoTime();
    topic.release();
    var end = consumption.awaitAll();
    return new Measured(
        "smile ingest",
        events,
        (end.nanos() - begin) / 1e9,
        testbed.used(process).since(usedBefore));
  }

  private Tally fill(EventTopic topic, PlayStream stream, int events, String what) {
    var tally = new Tally();
    for (int i = 0; i < events; i++) {
      var delivery = stream.next();
      tally.count(delivery);
      topic.append(encoded(delivery));
    }
    topic.flush();
    System.out.printf("  %,d events in Kafka %s%n", events, what);
    return tally;
  }

  private ProducerRecord<String, byte[]> encoded(Delivery delivery) {
    var whole = codec.encode(TOPIC, delivery.event());
    var value =
        switch (delivery.condition()) {
          case CUT_SHORT -> Arrays.copyOf(whole.value(), whole.value().length / 2);
          case OUT_OF_RANGE ->
              new String(whole.value(), UTF_8)
                  .replace("\"intensity\":5", "\"intensity\":9")
                  .getBytes(UTF_8);
          case NEW, REDELIVERED, UNKNOWN_CHILD -> whole.value();
        };
    return new ProducerRecord<>(TOPIC, null, whole.key(), value, whole.headers());
  }

  /** An answer for each child, for the service to remove. */
  private void cacheAnswers(List<ChildId> children) {
    try (var redis = testbed.redisClient();
        var pipeline = redis.pipelined()) {
      redis.flushAll();
      for (var child : children) {
        pipeline.hset(answersKey(child), "analytics", "{}");
      }
      pipeline.sync();
    }
  }

  private static String answersKey(ChildId child) {
    return "{child:" + child + "}:answers";
  }

  private static Instant now(JdbcTemplate jdbc) {
    return JdbcClient.create(jdbc)
        .sql("SELECT clock_timestamp()")
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  private static void checkRows(JdbcTemplate jdbc, Tally before, Tally tally) {
    holds("rows", before.fresh() + tally.fresh(), count(jdbc, "v_session_event"));
    holds("sessions", before.started() + tally.started(), count(jdbc, "game_sessions"));
    holds(
        "sessions that have ended",
        before.ended() + tally.ended(),
        count(jdbc, "game_sessions WHERE completion_status <> 'in_progress'"));
    holds(
        "child-months without a dirty mark",
        0,
        count(
            jdbc,
            "(SELECT child_id, date_trunc('month', day)::date FROM game_sessions"
                + " EXCEPT SELECT child_id, month FROM dirty_child_months) unmarked"));
  }

  private void checkCache(List<ChildId> children, long untouched) {
    try (var redis = testbed.redisClient()) {
      var keys = children.stream().map(OurService::answersKey).toArray(String[]::new);
      holds("answers still cached", untouched, redis.exists(keys));
    }
  }

  private static long count(JdbcTemplate jdbc, String from) {
    return JdbcClient.create(jdbc).sql("SELECT count(*) FROM " + from).query(Long.class).single();
  }

  private static void holds(String what, long expected, long found) {
    if (expected != found) {
      throw new BenchmarkFailure("%s: %,d expected, %,d found".formatted(what, expected, found));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
