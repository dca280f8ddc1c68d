package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.CacheAwayException;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceProcess;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * Writers and readers over two instances of the service. A write of a child is acknowledged once it
 * is committed and the child is invalidated; a reader notes what is acknowledged before it asks,
 * and what it is answered must be at least as new. Reading takes some time in the database, so that
 * writes come in between a reader's snapshot and its answer's way to the cache.
 *
 * <p>It goes on for as long as {@code -Dsmile.seconds=…} says; if that is twenty or more, Redis is
 * killed in the middle and started again. {@code ./smile chaos query} runs this test, and reads the
 * line RESULT that it writes.
 */
@RealServers
@Tag("slow")
class NeverStaleTest {
  private static final int SECONDS = Integer.getInteger("smile.seconds", 5);
  private static final int SECONDS_FOR_A_KILL = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CHILDREN = 8;
  private static final int READERS = 8;
  private static final int WRITERS = 2;

  @TempDir Path home;

  @Test
  void answerIsNeverOlderThanWhatWasAcknowledgedBeforeItWasAskedFor() throws Exception {
    try (var play = new Play(home, Invalidating.AS_INGEST_DOES)) {
      if (SECONDS < SECONDS_FOR_A_KILL) {
        TimeUnit.SECONDS.sleep(SECONDS);
      } else {
        TimeUnit.SECONDS.sleep(SECONDS / 2);
        play.redis.kill();
        TimeUnit.SECONDS.sleep(SECONDS / 10);
        play.redis.start();
        TimeUnit.SECONDS.sleep(SECONDS - SECONDS / 2 - SECONDS / 10);
      }
      play.end();
      System.out.printf(
          "%nRESULT reads=%d writes=%d violations=%d%n",
          play.reads.get(), play.writes.get(), play.violations.size());

      assertThat(play.violations).isEmpty();
      assertThat(play.refused()).as("fills that came too late").isPositive();
      assertThat(play.hits).hasPositiveValue();
      assertThat(play.writes).hasPositiveValue();
    }
  }

  /** Or else the test above would prove nothing. */
  @Test
  void withoutTheCheckOfTheGenerationThereAreStaleAnswers() throws Exception {
    try (var play = new Play(home, Invalidating.LEAVING_THE_GENERATION)) {
      await().atMost(PATIENCE).until(() -> !play.violations.isEmpty());
      play.end();
    }
  }

  private enum Invalidating {
    AS_INGEST_DOES,
    /** Every fill finds the generation with which it began, as if there were no check of it. */
    LEAVING_THE_GENERATION
  }

  /**
   * A child whose newest session has its version as score, and who has played as many sessions.
   *
   * @param acknowledged the last version that every answer from now on has to know
   */
  private record Subject(ChildId child, String token, AtomicLong acknowledged) {}

  private static final class Play implements AutoCloseable {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger hits = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    final RedisServer redis;
    private final String databaseUrl = MigratedDatabase.newUrl();
    private final Instant firstPlayed =
        Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS);
    private final Invalidating invalidating;
    private final List<ServiceProcess> services;
    private final List<Subject> subjects;
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS + WRITERS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean ended;

    Play(Path home, Invalidating invalidating) throws IOException {
      this.invalidating = invalidating;
      redis = new RedisServer(home.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
      redis.start();
      services =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      new ServiceProcess(
                          databaseUrl, redis.uri(), home.resolve("service-" + i + ".log")))
              .toList();
      var db = JdbcClient.create(MigratedDatabase.dataSource(databaseUrl));
      subjects = IntStream.range(0, CHILDREN).mapToObj(i -> subject(new People(db), i)).toList();
      services.forEach(ServiceProcess::awaitReady);
      slowDown(db);
      for (int i = 0; i < READERS; i++) {
        running.add(threads.submit(this::readUntilEnded));
      }
      for (int i = 0; i < WRITERS; i++) {
        var own = subjects.subList(i * CHILDREN / WRITERS, (i + 1) * CHILDREN / WRITERS);
        running.add(threads.submit(() -> writeUntilEnded(own)));
      }
    }

    private static Subject subject(People people, int i) {
      var parent = people.parent("reader-" + i + "@example.org");
      return new Subject(
          people.child(parent, "UTC"), Tokens.TRUSTED.of(parent, "parent"), new AtomicLong());
    }

    // A statement's snapshot is taken before it sleeps.
    private static void slowDown(JdbcClient db) {
      db.sql("ALTER VIEW v_child_access RENAME TO v_child_access_at_once").update();
      db.sql(
              """
              CREATE VIEW v_child_access AS
              SELECT a.* FROM v_child_access_at_once a CROSS JOIN pg_sleep(0.03 * random())
              """)
          .update();
      db.sql("GRANT SELECT ON v_child_access TO public").update();
    }

    private Void readUntilEnded() throws IOException, InterruptedException {
      var random = ThreadLocalRandom.current();
      while (!ended) {
        var subject = subjects.get(random.nextInt(CHILDREN));
        var service = random.nextInt(services.size());
        var view = random.nextBoolean() ? "sessions" : "analytics?window=30d";
        var atLeast = subject.acknowledged().get();

        var reply =
            services
                .get(service)
                .get("/api/v1/children/" + subject.child() + "/" + view, subject.token());

        var version = version(reply);
        if (version < atLeast) {
          violations.add(
              "instance %d: %s of child %s is of version %d, %d was acknowledged (%s)"
                  .formatted(
                      service, view, subject.child(), version, atLeast, reply.cacheStatus()));
        }
        reads.incrementAndGet();
        if ("hit".equals(reply.cacheStatus())) {
          hits.incrementAndGet();
        }
      }
      return null;
    }

    private static long version(Reply reply) {
      var answer = reply.ok();
      return answer.has("sessions")
          ? answer.path("sessions").path(0).path("score").longValue(0)
          : answer.path("totals").path("sessions").longValue();
    }

    private Void writeUntilEnded(List<Subject> own) throws InterruptedException {
      var random = ThreadLocalRandom.current();
      var connection = new SingleConnectionDataSource(databaseUrl, true);
      try (var client = RedisClient.builder().hostAndPort("127.0.0.1", redis.port()).build()) {
        var db = JdbcClient.create(connection);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(connection));
        var cache = new AnswerCache(client, 0, InstantSource.system(), new SimpleMeterRegistry());
        while (!ended) {
          var subject = own.get(random.nextInt(own.size()));
          var version = subject.acknowledged().get() + 1;
          transaction.executeWithoutResult(_ -> store(db, subject.child(), version));
          invalidate(db, client, cache, subject.child());
          subject.acknowledged().set(version);
          writes.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
        }
      } finally {
        connection.destroy();
      }
      return null;
    }

    private void store(JdbcClient db, ChildId child, long version) {
      PlayedSession.completed(firstPlayed.plusSeconds(version), Math.toIntExact(version))
          .store(db, child, ZoneOffset.UTC);
    }

    private void invalidate(JdbcClient db, RedisClient client, AnswerCache cache, ChildId child) {
      var key = "{child:" + child + "}:generation";
      var generation = invalidating == Invalidating.LEAVING_THE_GENERATION ? client.get(key) : null;
      try {
        cache.invalidate(List.of(child));
      } catch (CacheAwayException _) {
        leaveToTheServices(db, child);
      }
      if (generation != null) {
        client.set(key, generation, SetParams.setParams().px(Duration.ofMinutes(2).toMillis()));
      }
    }

    /** Returns when one of the services has made up for it. */
    private static void leaveToTheServices(JdbcClient db, ChildId child) {
      db.sql(
              """
              INSERT INTO pending_invalidation (child_id, since) VALUES (:child, clock_timestamp())
              ON CONFLICT (child_id) DO UPDATE SET since = excluded.since
              """)
          .param("child", child.value())
          .update();
      Callable<Boolean> done =
          () ->
              db.sql("SELECT NOT EXISTS (SELECT FROM pending_invalidation WHERE child_id = :child)")
                  .param("child", child.value())
                  .query(Boolean.class)
                  .single();
      await().atMost(PATIENCE).until(done);
    }

    /** Answers that were not stored, as a write had come in between. */
    double refused() throws IOException, InterruptedException {
      double count = 0;
      for (var service : services) {
        count += service.counter("smile_cache_fills_total", "result", "outdated");
      }
      return count;
    }

    /** Stops readers and writers, and fails if one of them has met an error. */
    void end() throws Exception {
      ended = true;
      for (var thread : running) {
        thread.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() {
      ended = true;
      threads.close();
      services.forEach(ServiceProcess::close);
      redis.close();
    }
  }
}
