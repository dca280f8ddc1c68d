package org.smileadventure.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.KafkaCluster;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Three brokers, two PostgreSQL, a Redis Cluster of six, two of each service and four remote
 * workers behind a proxy, under load: one after the other is killed, rolled out anew, or fails
 * over. {@code ./smile chaos fleet} unpacks the services, runs this test with as many kills as it
 * is told, and reads the line RESULT that it writes.
 */
@RealServers
@Tag("slow")
@Tag("fleet")
@EnabledIfSystemProperty(named = "smile.services", matches = ".+")
class FleetTest {
  private static final int KILLS = Integer.getInteger("smile.kills", 4);
  private static final long SEED = Long.getLong("smile.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PLAYERS = 20;

  /**
   * From so many kills on, everything is tried more than once, and all instances are rolled out.
   */
  private static final int KILLS_OF_A_FULL_RUN = 10;

  private final Random random = new Random(SEED);
  private final Instant begun = Instant.now();
  private int kills;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private enum Victim {
    BROKER,
    SERVICE,
    WORKER,
    REDIS
  }

  @Test
  void whateverDiesNothingIsLostAndNoAnswerIsOlderThanWhatWasAcknowledged() throws Exception {
    say("seed %d, %d kills".formatted(SEED, KILLS));
    try (var fleet =
            new Fleet(
                home,
                Path.of("..", "deploy", "haproxy", "haproxy.cfg").toAbsolutePath().normalize(),
                FleetTest::beginWithPoison);
        var topic = new EventTopic(fleet.kafka.bootstrapServers())) {
      var people = new People(JdbcClient.create(fleet.postgres.jdbc()));
      var admin = people.user("admin@example.org", "admin", "{noop}unused");
      var adminToken = fleet.tokens.token(Map.of("sub", Long.toString(admin), "role", "admin"));
      var players = players(people, fleet);
      try (var jobs = new Jobs(fleet.address(), adminToken);
          var load = new Load(fleet.address(), topic, fleet.postgres, players)) {
        await()
            .atMost(PATIENCE)
            .until(() -> players.stream().allMatch(player -> player.acknowledged() > 0));
        say("all run, and the first sessions are in the answers");

        disturb(fleet, load, jobs);

        load.endSessions();
        var ends = topic.ends();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> topic.isStored(ends));
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    players.stream()
                        .allMatch(player -> player.acknowledged() == player.accepted()));
        load.end();
        say("the load has ended; the jobs have the last word");
        var night = jobs.awaitEnd(jobs.start("nightly"), true);
        var reconciled = jobs.awaitEnd(jobs.start("reconcile"), false);
        var stored = stored(fleet.postgres.jdbc());
        judge(load, players, stored, reconciled.path("failure").asString(""));

        assertThat(night.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(topic.quarantined())
            .as("the first record of each partition is no event")
            .isGreaterThanOrEqualTo(EventTopic.PARTITIONS);
        assertThat(load.hits).hasPositiveValue();
        if (KILLS >= Victim.values().length) {
          assertThat(load.ofNextVersion).as("answers with the new field").hasPositiveValue();
        }
      }
    }
  }

  /** Others go on behind what cannot be read. */
  private static void beginWithPoison(KafkaCluster kafka) {
    try (var topic = new EventTopic(kafka.bootstrapServers())) {
      topic.beginWithPoison();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** In turn, and within each round at random. */
  private void disturb(Fleet fleet, Load load, Jobs jobs) throws Exception {
    var full = KILLS >= KILLS_OF_A_FULL_RUN;
    var round = new ArrayList<Victim>();
    while (kills < KILLS) {
      if (round.isEmpty()) {
        round.addAll(Arrays.asList(Victim.values()));
        Collections.shuffle(round, random);
      }
      kill(round.removeFirst(), fleet, jobs);
      kills++;
      if (kills % 8 == 4) {
        failOver(fleet, jobs);
      }
      if (full && kills % 8 == 0) {
        loseReplica(fleet);
      }
      if (kills == Victim.values().length) {
        fillRedis(fleet, load);
        rollOut(fleet, load, full);
      }
    }
  }

  private void kill(Victim victim, Fleet fleet, Jobs jobs) throws InterruptedException {
    switch (victim) {
      case BROKER -> {
        var broker = any(fleet.kafka.nodes());
        say("kill %d: broker at %s".formatted(kills + 1, broker.bootstrapServers()));
        broker.kill();
        stayAway();
        broker.start();
      }
      case SERVICE -> killService(any(services(fleet)), fleet, jobs);
      case WORKER -> {
        var run = jobs.start("nightly");
        jobs.awaitWorkers(run);
        var worker = any(fleet.workers());
        say("kill %d: %s, in a nightly run".formatted(kills + 1, worker.name()));
        worker.kill();
        stayAway();
        worker.start();
        jobs.awaitEnd(run, true);
      }
      case REDIS -> {
        var redis = any(fleet.redis.primaries());
        say("kill %d: Redis' primary at %s".formatted(kills + 1, redis.uri()));
        redis.kill();
        await().atMost(PATIENCE).until(() -> fleet.redis.primaries().size() == 3);
        redis.start();
        fleet.redis.awaitWhole();
      }
    }
  }

  private static List<Instance> services(Fleet fleet) {
    return Stream.of(fleet.ingest(), fleet.query(), fleet.managers())
        .flatMap(List::stream)
        .toList();
  }

  private void killService(Instance instance, Fleet fleet, Jobs jobs) throws InterruptedException {
    say("kill %d: %s".formatted(kills + 1, instance.name()));
    if (fleet.managers().contains(instance)) {
      var run = jobs.start("nightly");
      instance.kill();
      jobs.awaitEnd(run, true);
    } else {
      instance.kill();
      stayAway();
    }
    instance.start();
  }

  private void failOver(Fleet fleet, Jobs jobs) {
    var run = jobs.start("nightly");
    say("PostgreSQL's primary is killed, in a nightly run, and the replica promoted");
    fleet.postgres.failOver();
    jobs.awaitEnd(run, true);
    fleet.postgres.rebuildReplica();
    say("PostgreSQL has a replica again");
  }

  private void loseReplica(Fleet fleet) throws InterruptedException {
    say("PostgreSQL's replica is killed: writers wait, until the operator lets them go on alone");
    fleet.postgres.killReplica();
    stayAway();
    fleet.postgres.goOnAlone();
    stayAway();
    fleet.postgres.returnReplica();
  }

  private void fillRedis(Fleet fleet, Load load) {
    say("Redis is full, and refuses writes");
    fleet.redis.configure("maxmemory-policy", "noeviction");
    fleet.redis.configure("maxmemory", "1");
    var answered = load.answers.successes();
    await().atMost(PATIENCE).until(() -> load.answers.successes() > answered + 100);
    fleet.redis.configure("maxmemory", "0");
    var hits = load.hits.get();
    await().atMost(PATIENCE).until(() -> load.hits.get() > hits + 20);
    say("Redis takes writes again, and answers come from it");
  }

  private void rollOut(Fleet fleet, Load load, boolean all) throws InterruptedException {
    var next =
        NextVersion.jar(
            Instance.jar("query-api"), "org.smileadventure.query.QueryApi", home.resolve("proxy"));
    for (var instance : fleet.query()) {
      roll(instance, next);
      var before = load.ofNextVersion.get();
      await().atMost(PATIENCE).until(() -> load.ofNextVersion.get() > before);
    }
    roll(fleet.ingest().getFirst(), Instance.jar("ingest-service"));
    if (all) {
      roll(fleet.ingest().getLast(), Instance.jar("ingest-service"));
      for (var instance :
          Stream.concat(fleet.managers().stream(), fleet.workers().stream()).toList()) {
        roll(instance, Instance.jar("analytics-batch"));
      }
    }
  }

  private void roll(Instance instance, Path jar) throws InterruptedException {
    say("the next version of %s".formatted(instance.name()));
    instance.roll(jar, Map.of("INFO_APP_VERSION", "next"));
    stayAway();
  }

  private void judge(
      Load load, List<Player> players, Map<SessionId, Stored> stored, String failure) {
    var sent = new HashMap<SessionId, Integer>();
    players.forEach(player -> sent.putAll(player.events()));
    var lost = 0L;
    var doubled = 0L;
    for (var session : sent.entrySet()) {
      var there = stored.getOrDefault(session.getKey(), new Stored(0, 0));
      lost += Math.max(0, session.getValue() - there.sequences());
      doubled += there.events() - there.sequences();
    }
    var availabilities =
        Map.of("answers", load.answers, "http", load.overHttp, "kafka", load.overKafka);
    availabilities.forEach(
        (name, availability) ->
            say(
                "%s: %d, at most %.1f s without any, and %.1f s for one client"
                    .formatted(
                        name,
                        availability.successes(),
                        seconds(availability.longestForAll()),
                        seconds(availability.longestForOne()))));
    System.out.printf(
        "%nRESULT kills=%d lost=%d doubled=%d stale=%d differences=%d unavailable_s_max=%.1f"
            + " sessions=%d answers=%d%n",
        kills,
        lost,
        doubled,
        load.stale.size(),
        failure.isEmpty() ? 0 : 1,
        availabilities.values().stream()
            .mapToDouble(availability -> seconds(availability.longestForAll()))
            .max()
            .orElseThrow(),
        sent.size(),
        load.answers.successes());

    assertThat(lost).as("events that were accepted and are not stored").isZero();
    assertThat(doubled).as("events that are stored twice").isZero();
    assertThat(stored.keySet()).isEqualTo(sent.keySet());
    assertThat(load.stale).isEmpty();
    assertThat(failure).as("differences that reconcile found").isEmpty();
  }

  private record Stored(long events, long sequences) {}

  private static Map<SessionId, Stored> stored(JdbcTemplate jdbc) {
    var stored = new HashMap<SessionId, Stored>();
    jdbc.query(
        "SELECT session_id, count(*), count(DISTINCT seq) FROM v_session_event GROUP BY session_id",
        row -> {
          stored.put(
              new SessionId(row.getObject(1, UUID.class)),
              new Stored(row.getLong(2), row.getLong(3)));
        });
    return stored;
  }

  /** So long that others notice. */
  private void stayAway() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(2_000));
  }

  private <T> T any(List<T> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private void say(String line) {
    System.out.printf(
        "fleet: %3d s: %s%n", Duration.between(begun, Instant.now()).toSeconds(), line);
  }

  private static List<Player> players(People people, Fleet fleet) {
    return IntStream.range(0, PLAYERS)
        .mapToObj(
            i -> {
              var parent = people.parent("parent-" + i + "@example.org");
              var child = people.child(parent, "UTC");
              return new Player(
                  child,
                  fleet.tokens.token(Map.of("sub", Long.toString(parent), "role", "parent")),
                  fleet.tokens.token(
                      Map.of(
                          "sub",
                          Long.toString(parent),
                          "scope",
                          "ingest",
                          "children",
                          List.of(child.value()))));
            })
        .toList();
  }
}
