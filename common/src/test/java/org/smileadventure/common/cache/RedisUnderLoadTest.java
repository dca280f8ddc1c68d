package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** Readers and writers at once, on two instances, while something happens to their Redis. */
@RealServers
@Tag("slow")
class RedisUnderLoadTest {
  private static final int READERS = 6;
  private static final int WRITERS = 2;
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path home;

  @Test
  void twoHundredReadersOnTwoInstancesComputeOnce() throws Exception {
    try (var server = started();
        var one = new CacheFixture(server.uri(), 0);
        var two = new CacheFixture(server.uri(), 0)) {
      readTogether(one, two, new AtomicInteger()); // so that all connections are open
      one.child = CacheFixture.newChild();
      var computations = new AtomicInteger();

      readTogether(one, two, computations);

      assertThat(computations).hasValue(1);
    }
  }

  @Test
  void redisThatIsKilledAndStartedAgainCostsNeitherAnErrorNorAStaleAnswer() throws Exception {
    try (var server = started();
        var load = new Load(server, 20, 100)) {
      load.awaitReadsAndWrites(500, 50);
      server.kill();
      load.awaitMore(load.away);
      load.awaitMore(load.unconfirmed);
      server.start();
      load.awaitMore(load.hits);
      load.awaitReadsAndWrites(500, 50);
      load.assertNothingStale();
    }
  }

  /** Unlike after a restart, the old answers are still there. */
  @Test
  void redisThatDoesNotReplyForAWhileCostsNeitherAnErrorNorAStaleAnswer() throws Exception {
    try (var server = started();
        var load = new Load(server, 20, 100)) {
      load.awaitReadsAndWrites(500, 50);
      try (var admin = admin(server)) {
        admin.executeCommand(
            new CommandArguments(Command.CLIENT).addObjects("PAUSE", "2000", "ALL"));
      }
      load.awaitMore(load.away);
      load.awaitMore(load.unconfirmed);
      load.awaitMore(load.hits);
      load.awaitReadsAndWrites(500, 50);
      load.assertNothingStale();
    }
  }

  @Test
  void redisThatIsFullForgetsAnswersAndNothingIsWrong() throws Exception {
    try (var server = started("--maxmemory", "4mb", "--maxmemory-policy", "allkeys-lru");
        var load = new Load(server, 1_000, 16_000);
        var admin = admin(server)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> figure(admin, "stats", "evicted_keys") > 2_000);
      load.awaitReadsAndWrites(500, 50);
      load.assertNothingStale();
      assertThat(load.away).hasValue(0);
      assertThat(load.hits).hasPositiveValue();
      // what clients' buffers take for the moment comes on top
      assertThat(figure(admin, "memory", "used_memory_peak")).isLessThan(6L * MEGABYTE);
    }
  }

  private RedisServer started(String... settings) {
    var server = new RedisServer(home, LocalStack.SHARED_BINARIES, 0, settings);
    server.start();
    return server;
  }

  private static RedisClient admin(RedisServer server) {
    return RedisClient.builder().hostAndPort("127.0.0.1", server.port()).build();
  }

  private static long figure(RedisClient admin, String section, String name) {
    return admin
        .info(section)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void readTogether(CacheFixture one, CacheFixture two, AtomicInteger computations)
      throws Exception {
    two.child = one.child;
    var begun = new CountDownLatch(200);
    Supplier<Optional<Computed>> compute =
        () -> {
          computations.incrementAndGet();
          return one.computing("once").get();
        };
    var readers = new ArrayList<Callable<String>>();
    for (int i = 0; i < 200; i++) {
      var fixture = i % 2 == 0 ? one : two;
      readers.add(
          () -> {
            begun.countDown();
            begun.await();
            return fixture.read(compute).answer().toString();
          });
    }
    try (var threads = Executors.newFixedThreadPool(200)) {
      var answers = new ArrayList<String>();
      for (var future : threads.invokeAll(readers)) {
        answers.add(future.get(10, TimeUnit.SECONDS));
      }
      assertThat(answers).hasSize(200).containsOnly("once");
    }
  }

  /** A child, the truth about it, and the last truth of which all caches have been told. */
  private record Subject(ChildId child, AtomicLong version, AtomicLong acknowledged) {}

  private static final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger hits = new AtomicInteger();
    final AtomicInteger away = new AtomicInteger();
    final AtomicInteger unconfirmed = new AtomicInteger();
    private final List<String> stale = Collections.synchronizedList(new ArrayList<>());
    private final List<Subject> subjects;
    private final String filling;
    private final CacheFixture one;
    private final CacheFixture two;
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS + WRITERS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean ended;

    Load(RedisServer server, int children, int answerBytes) {
      one = new CacheFixture(server.uri(), 0);
      two = new CacheFixture(server.uri(), 0);
      filling = " ".repeat(answerBytes);
      subjects =
          Stream.generate(
                  () -> new Subject(CacheFixture.newChild(), new AtomicLong(), new AtomicLong()))
              .limit(children)
              .toList();
      for (int i = 0; i < READERS; i++) {
        var fixture = i % 2 == 0 ? one : two;
        running.add(threads.submit(() -> untilEnded(() -> read(fixture))));
      }
      for (int i = 0; i < WRITERS; i++) {
        var fixture = i % 2 == 0 ? one : two;
        running.add(threads.submit(() -> untilEnded(() -> write(fixture))));
      }
    }

    private void untilEnded(Runnable step) {
      while (!ended) {
        step.run();
      }
    }

    private Subject any() {
      return subjects.get(ThreadLocalRandom.current().nextInt(subjects.size()));
    }

    private void read(CacheFixture fixture) {
      var subject = any();
      var atLeast = subject.acknowledged().get();
      var served =
          fixture
              .cache
              .answer(
                  subject.child(),
                  "progress",
                  CacheFixture.TTL,
                  () -> {
                    var version = subject.version().get();
                    pause(); // between reading the database and storing the answer
                    return fixture.computing(version + filling).get();
                  })
              .orElseThrow();
      var version = Long.parseLong(new String(served.answer().body(), UTF_8).strip());
      if (version < atLeast) {
        stale.add("%d served after %d (%s)".formatted(version, atLeast, served.source()));
      }
      reads.incrementAndGet();
      if (served.source() == Source.HIT) {
        hits.incrementAndGet();
      } else if (served.source() == Source.AWAY) {
        away.incrementAndGet();
      }
    }

    private void write(CacheFixture fixture) {
      var subject = any();
      var version = subject.version().incrementAndGet();
      while (!ended) {
        try {
          fixture.cache.invalidate(List.of(subject.child()));
          subject.acknowledged().accumulateAndGet(version, Math::max);
          writes.incrementAndGet();
          pause();
          return;
        } catch (CacheAwayException _) {
          unconfirmed.incrementAndGet();
          pause();
        }
      }
    }

    private static void pause() {
      try {
        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(5_000));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitMore(AtomicInteger count) {
      var before = count.get();
      await().atMost(PATIENCE).until(() -> count.get() > before);
    }

    void awaitReadsAndWrites(int moreReads, int moreWrites) {
      var readsBefore = reads.get();
      var writesBefore = writes.get();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  reads.get() >= readsBefore + moreReads
                      && writes.get() >= writesBefore + moreWrites);
    }

    void assertNothingStale() throws Exception {
      ended = true;
      for (var thread : running) {
        thread.get(10, TimeUnit.SECONDS); // fails if it has met an error
      }
      assertThat(stale).isEmpty();
    }

    @Override
    public void close() {
      ended = true;
      threads.close();
      one.close();
      two.close();
    }
  }
}
