package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.smileadventure.common.cache.CacheFixture.TTL;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.cache.AnswerCache.Served;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;

@RealServers
class AnswerCacheTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final CacheFixture fixture = new CacheFixture(LocalStack.shared().redis(), 0);
  private final AnswerCache cache = fixture.cache;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void missIsComputedAndThenHit() {
    var missed = fixture.read(fixture.computing("{\"score\":1}"));
    var hit = fixture.read(notComputing());

    assertThat(missed.source()).isEqualTo(Source.MISS);
    assertThat(hit.source()).isEqualTo(Source.HIT);
    assertThat(hit.answer().body()).isEqualTo("{\"score\":1}".getBytes(UTF_8));
    assertThat(hit.answer().etag()).isEqualTo(missed.answer().etag()).hasSize(24);
    assertThat(hit.answer().computedAt()).isEqualTo(fixture.now);
    assertThat(fixture.count("smile.cache.requests", "miss")).isEqualTo(1);
    assertThat(fixture.count("smile.cache.requests", "hit")).isEqualTo(1);
  }

  @Test
  void answersOfOtherNamesAndChildrenAreOthers() {
    fixture.read("week", fixture.computing("week"));
    assertThat(fixture.read("month", fixture.computing("month")).source()).isEqualTo(Source.MISS);
    assertThat(fixture.read("week", notComputing()).answer()).hasToString("week");
    fixture.child = CacheFixture.newChild();
    assertThat(fixture.read("week", fixture.computing("other")).answer()).hasToString("other");
  }

  @Test
  void answerIsServedForItsTimeToLiveAndNoLonger() {
    fixture.read(fixture.computing("old"));
    fixture.now = fixture.now.plus(TTL).minus(MOMENT);
    assertThat(fixture.read(notComputing()).source()).isEqualTo(Source.HIT);
    fixture.now = fixture.now.plus(MOMENT);
    assertThat(fixture.read(fixture.computing("new")).answer()).hasToString("new");
  }

  @Test
  void answerIsServedAsLongAsItIsValidAndNoLonger() {
    var midnight = fixture.now.plusSeconds(60);
    fixture.read(fixture.computing("today", midnight));
    fixture.now = midnight.minus(MOMENT);
    assertThat(fixture.read(notComputing()).source()).isEqualTo(Source.HIT);
    fixture.now = midnight;
    assertThat(fixture.read(fixture.computing("tomorrow")).answer()).hasToString("tomorrow");
  }

  @Test
  void answerThatIsNoLongerValidIsNotStored() {
    fixture.read(fixture.computing("old", fixture.now));
    assertThat(fixture.redis.exists(fixture.answersKey())).isFalse();
  }

  @Test
  void redisForgetsTheHashWithItsLongestAnswer() {
    fixture.read("long", fixture.computing("long"));
    fixture.read("short", fixture.computing("short", fixture.now.plusSeconds(60)));
    assertThat(fixture.redis.pttl(fixture.answersKey()))
        .isBetween(TTL.minusSeconds(60).toMillis(), TTL.toMillis());
  }

  @Test
  void timesToLiveAreSpreadByAtMostTheJitter() {
    try (var jittery = new CacheFixture(LocalStack.shared().redis(), 0.1)) {
      var start = jittery.now;
      var children = IntStream.range(0, 100).mapToObj(_ -> CacheFixture.newChild()).toList();
      for (var child : children) {
        jittery.child = child;
        jittery.read(jittery.computing("a"));
      }
      assertThat(children.stream().map(child -> jittery.life(child, start)))
          .allMatch(life -> life.compareTo(Duration.ofSeconds(810)) >= 0)
          .allMatch(life -> life.compareTo(Duration.ofSeconds(990)) <= 0)
          .anyMatch(life -> life.compareTo(Duration.ofSeconds(850)) < 0)
          .anyMatch(life -> life.compareTo(Duration.ofSeconds(950)) > 0);
    }
  }

  @Test
  void absenceIsNotCached() {
    assertThat(cache.answer(fixture.child, "progress", TTL, Optional::empty)).isEmpty();
    assertThat(fixture.read(fixture.computing("now there")).source()).isEqualTo(Source.MISS);
  }

  @Test
  void failureIsPassedOnAndNotCached() {
    Supplier<Optional<Computed>> failing =
        () -> {
          throw new IllegalStateException("no database");
        };
    assertThatThrownBy(() -> fixture.read(failing)).hasMessage("no database");
    assertThat(fixture.read(fixture.computing("back")).source()).isEqualTo(Source.MISS);
  }

  @Test
  void whoFindsNothingLeavesNobodyWaitingForIt() {
    assertThat(cache.answer(fixture.child, "progress", TTL, Optional::empty)).isEmpty();
    assertThat(fixture.redis.keys("{child:" + fixture.child + "}:lease:*")).isEmpty();
  }

  @Test
  void invalidationMakesTheNextReadFresh() {
    fixture.read("week", fixture.computing("old"));
    fixture.read("month", fixture.computing("old"));
    cache.invalidate(List.of(CacheFixture.newChild(), fixture.child));
    assertThat(fixture.read("week", fixture.computing("new")).answer()).hasToString("new");
    assertThat(fixture.read("month", fixture.computing("new")).answer()).hasToString("new");
    assertThat(fixture.meters.get("smile.cache.invalidations").counter().count()).isEqualTo(2);
  }

  @Test
  void invalidationLeavesOtherChildrenAlone() {
    fixture.read(fixture.computing("mine"));
    cache.invalidate(List.of(CacheFixture.newChild()));
    assertThat(fixture.read(notComputing()).answer()).hasToString("mine");
  }

  @Test
  void answerFromBeforeAWriteIsNotStoredAfterIt() {
    var slow = SlowReader.started(fixture.computing("old"), fixture::read);
    cache.invalidate(List.of(fixture.child));

    assertThat(slow.goOn().answer()).hasToString("old");

    assertThat(fixture.read(fixture.computing("new")).answer()).hasToString("new");
    assertThat(fixture.count("smile.cache.fills", "outdated")).isEqualTo(1);
  }

  @Test
  void answerFromBeforeAWriteDoesNotReplaceOneFromAfterIt() {
    var slow = SlowReader.started(fixture.computing("old"), fixture::read);
    cache.invalidate(List.of(fixture.child));
    fixture.read(fixture.computing("new"));

    slow.goOn();

    assertThat(fixture.read(notComputing()).answer()).hasToString("new");
  }

  @Test
  void answerFromBeforeAWriteIsNotStoredThoughRedisLostTheGenerationTwice() {
    var slow = SlowReader.started(fixture.computing("old"), fixture::read);
    assertThat(fixture.redis.del(fixture.generationKey())).isOne(); // evicted
    fixture.read("month", fixture.computing("old")); // begins another generation
    cache.invalidate(List.of(fixture.child));
    assertThat(fixture.redis.exists(fixture.generationKey())).isFalse();
    fixture.read("month", fixture.computing("new")); // and another

    slow.goOn();

    assertThat(fixture.read(fixture.computing("new")).answer()).hasToString("new");
    assertThat(fixture.read("month", notComputing()).answer()).hasToString("new");
  }

  @Test
  void lostGenerationCostsAFillAndNothingElse() {
    var slow = SlowReader.started(fixture.computing("first"), fixture::read);
    assertThat(fixture.redis.del(fixture.generationKey())).isOne();
    assertThat(slow.goOn().answer()).hasToString("first");
    assertThat(fixture.read(fixture.computing("second")).answer()).hasToString("second");
    assertThat(fixture.read(notComputing()).answer()).hasToString("second");
  }

  /** What the generation is for: the same interleaving without it. */
  @Test
  void fillWithoutGenerationWouldServeTheOldAnswerForItsWholeLife() {
    var naive = new NaiveCache(fixture);
    var slow = SlowReader.<String, String>started(() -> "old", naive::answer);
    naive.invalidate();

    slow.goOn();

    assertThat(naive.answer(() -> "new")).isEqualTo("old");
  }

  private record NaiveCache(CacheFixture fixture) {
    String answer(Supplier<String> compute) {
      var cached = fixture.redis.hget(fixture.answersKey(), "naive");
      if (cached != null) {
        return cached;
      }
      var computed = compute.get();
      fixture.redis.hset(fixture.answersKey(), "naive", computed);
      return computed;
    }

    void invalidate() {
      fixture.redis.unlink(fixture.answersKey());
    }
  }

  @Test
  void manyReadersOfOneMissingAnswerComputeItOnce() throws Exception {
    readTogether(50, fixture.computing("warm")); // so that all connections are open
    fixture.child = CacheFixture.newChild();
    var computations = new AtomicInteger();

    var served =
        readTogether(
            50,
            () -> {
              computations.incrementAndGet();
              return fixture.computing("once").get();
            });

    assertThat(computations).hasValue(1);
    assertThat(served).hasSize(50).allSatisfy(s -> assertThat(s.answer()).hasToString("once"));
    assertThat(served).filteredOn(s -> s.source() == Source.MISS).hasSize(1);
  }

  @Test
  void othersComputeForThemselvesIfTheOneThatComputesDoesNotFinish() {
    var stuck = SlowReader.started(fixture.computing("stuck"), fixture::read);
    var other = fixture.read(fixture.computing("other"));
    assertThat(other.source()).isEqualTo(Source.MISS);
    assertThat(other.answer()).hasToString("other");
    assertThat(fixture.read(notComputing()).answer()).hasToString("other");
    stuck.goOn();
  }

  private List<Served> readTogether(int readers, Supplier<Optional<Computed>> compute)
      throws InterruptedException {
    var begun = new CountDownLatch(readers);
    Callable<Served> reader =
        () -> {
          begun.countDown();
          begun.await();
          return fixture.read(compute);
        };
    try (var threads = Executors.newFixedThreadPool(readers)) {
      var served = new ArrayList<Served>();
      for (var future : threads.invokeAll(Collections.nCopies(readers, reader))) {
        served.add(called(() -> future.get(10, TimeUnit.SECONDS)));
      }
      return served;
    }
  }

  private static <T> T called(Callable<T> callable) {
    try {
      return callable.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ofSeveralChildrenThoseThatAreMissingAreComputedTogether() {
    var one = CacheFixture.newChild();
    var two = CacheFixture.newChild();
    var three = CacheFixture.newChild();
    assertThat(fixture.readAll(List.of(one), _ -> "old")).containsExactly(entry(one, "old"));

    assertThat(
            fixture.readAll(
                List.of(one, two, three),
                missing -> {
                  assertThat(missing).containsExactlyInAnyOrder(two, three);
                  return "new";
                }))
        .containsOnly(entry(one, "old"), entry(two, "new"), entry(three, "new"));
    assertThat(
            fixture.readAll(
                List.of(one, two, three),
                _ -> {
                  throw new AssertionError("computed, though all should have been there");
                }))
        .containsOnly(entry(one, "old"), entry(two, "new"), entry(three, "new"));
    assertThat(fixture.count("smile.cache.requests", "hit")).isEqualTo(4);
    assertThat(fixture.count("smile.cache.requests", "miss")).isEqualTo(3);
  }

  @Test
  void ofSeveralChildrenOnlyTheOneThatWasWrittenIsNotStored() {
    var still = CacheFixture.newChild();
    var written = CacheFixture.newChild();
    var slow =
        SlowReader.<String, Map<ChildId, String>>started(
            () -> "old", compute -> fixture.readAll(List.of(still, written), _ -> compute.get()));
    cache.invalidate(List.of(written));
    assertThat(slow.goOn()).containsOnly(entry(still, "old"), entry(written, "old"));

    assertThat(fixture.readAll(List.of(still, written), _ -> "new"))
        .containsOnly(entry(still, "old"), entry(written, "new"));
  }
}
