package org.smileadventure.batch.months;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.batch.months.SummaryDatabase.DAY;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smileadventure.batch.months.DirtyMonths.DirtyMonth;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.ChildMonth;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.localstack.RealServers;

/** The dirty log loses nothing, whatever goes on at the same time. */
@Timeout(1_200)
@RealServers
class DirtyLogTest {
  /** So many writes; {@code ./smile chaos batch} asks for more. */
  private static final int ROUNDS = Integer.getInteger("smile.rounds", 200);

  private final SummaryDatabase database = new SummaryDatabase(MigratedDatabase.newDataSource());

  @Test
  void atEachMomentAReaderSeesWhatWasPlayed() throws Exception {
    var children = new ArrayList<ChildId>();
    for (int i = 0; i < 6; i++) {
      children.add(database.child());
    }
    var going = new AtomicBoolean(true);
    var writes = new AtomicLong();
    var passes = new AtomicLong();
    var looks = new AtomicLong();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var running = new ArrayList<CompletableFuture<Void>>();
      for (int writer = 0; writer < 3; writer++) {
        var random = new Random(writer);
        var late = new ArrayDeque<SessionEvent>();
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (going.get()) {
                    if (random.nextBoolean()) {
                      play(children.get(random.nextInt(children.size())), random, late);
                    } else {
                      write(children.get(random.nextInt(children.size())), random);
                    }
                    writes.incrementAndGet();
                  }
                },
                threads));
      }
      for (int job = 0; job < 2; job++) {
        var chunk = 3 + job;
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (going.get()) {
                    database.pass(chunk);
                    passes.incrementAndGet();
                  }
                },
                threads));
      }
      running.add(
          CompletableFuture.runAsync(
              () -> {
                while (going.get()) {
                  assertThat(database.windowsOtherThanPlayed(DAY.plusMonths(2))).isEmpty();
                  looks.incrementAndGet();
                }
              },
              threads));
      try {
        await()
            .atMost(Duration.ofSeconds(1_000))
            .until(
                () ->
                    running.stream().anyMatch(CompletableFuture::isDone)
                        || (writes.get() >= ROUNDS
                            && passes.get() >= ROUNDS / 5
                            && looks.get() >= ROUNDS / 5));
      } finally {
        going.set(false);
      }
      CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).get();
    }
    assertThat(looks.get()).isGreaterThanOrEqualTo(ROUNDS / 5);

    database.pass(1_000);
    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).isEmpty();
  }

  /** What ingest does: a session, of which the last events come late, or one of these. */
  private void play(ChildId child, Random random, Deque<SessionEvent> late) {
    if (late.isEmpty() || random.nextBoolean()) {
      var events = RandomPlay.by(child, random);
      var arrived = 1 + random.nextInt(events.size());
      store(events.subList(0, arrived));
      late.addAll(events.subList(arrived, events.size()));
    } else {
      store(List.of(late.remove()));
    }
  }

  private void store(List<SessionEvent> events) {
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              lock(events.getFirst().childId());
              StoredHistory.store(database.jdbc(), events);
            });
  }

  /** One writer at a time for each child, as in ingest. */
  private void lock(ChildId child) {
    database
        .jdbc()
        .sql("SELECT FROM children WHERE id = :child FOR NO KEY UPDATE")
        .param("child", child.value())
        .query(_ -> {});
  }

  /** What could become of a month, more drastic than what ingest does. */
  private void write(ChildId child, Random random) {
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              lock(child);
              var day = DAY.plusMonths(random.nextInt(3));
              switch (random.nextInt(3)) {
                case 0 -> database.insert(child, day, random.nextInt(100));
                case 1 -> moveOneSession(child, day, day.plusMonths(1));
                default ->
                    database
                        .jdbc()
                        .sql("DELETE FROM game_sessions WHERE child_id = :child AND day = :day")
                        .param("child", child.value())
                        .param("day", day)
                        .update();
              }
              database.mark(child, day, day.plusMonths(1));
            });
  }

  /** What a late start does. */
  private void moveOneSession(ChildId child, LocalDate from, LocalDate to) {
    database
        .jdbc()
        .sql(
            """
            UPDATE game_sessions
            SET day = :to, score = 100 - score, started_at = started_at + (:to - :from) * interval '1 day',
              ended_at = ended_at + (:to - :from) * interval '1 day'
            WHERE id = (SELECT id FROM game_sessions WHERE child_id = :child AND day = :from LIMIT 1)
            """)
        .param("from", from)
        .param("to", to)
        .param("child", child.value())
        .update();
  }

  @Test
  void aMonthTouchedAfterItWasFoldedStaysDirty() {
    var child = database.child();
    database.session(child, DAY, 40);
    var dirty = dirty(child);
    fold(child);
    database.session(child, DAY, 50); // a writer commits before the job cleans

    new DirtyMonths(database.jdbc()).clean(dirty);

    assertThat(database.dirtyMonths()).isEqualTo(1);
    database.pass(10);
    assertThat(database.summarisedScore(child, DAY)).isEqualTo(90);
    assertThat(database.dirtyMonths()).isZero();
  }

  @Test
  void cleaningWithoutAskingForTheVersionLosesThatTouch() {
    var child = database.child();
    database.session(child, DAY, 40);
    fold(child);
    database.session(child, DAY, 50);

    database
        .jdbc()
        .sql("DELETE FROM dirty_child_months WHERE child_id = :child")
        .param("child", child.value())
        .update();

    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).as("a lost update").isNotEmpty();
  }

  @Test
  void markingWithDoNothingLosesThatTouch() {
    var child = database.child();
    database.session(child, DAY, 40);
    var dirty = dirty(child);
    fold(child);
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              database.insert(child, DAY, 50);
              database
                  .jdbc()
                  .sql(
                      "INSERT INTO dirty_child_months (child_id, month) VALUES (:child, :month) ON CONFLICT DO NOTHING")
                  .param("child", child.value())
                  .param("month", DAY.withDayOfMonth(1))
                  .update();
            });

    new DirtyMonths(database.jdbc()).clean(dirty);

    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).as("a lost update").isNotEmpty();
  }

  @Test
  void aRunWaitsForAnotherThatHasTheSameChildrenAndThenSeesWhatItDid() throws Exception {
    var child = database.child();
    database.session(child, DAY, 40);
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var second =
          database
              .transaction()
              .execute(
                  _ -> {
                    // the first run, in the middle of its transaction
                    new ChildBlocks(database.jdbc()).lock(List.of(child));
                    fold(child);
                    var waiting = CompletableFuture.runAsync(() -> database.pass(10), threads);
                    await()
                        .until(
                            () ->
                                elsewhere(
                                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                    == 1);
                    assertThat(waiting).isNotDone();
                    return waiting;
                  });
      second.get();
    }
    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).isEmpty();
  }

  @Test
  void withoutThatLockAnEarlierSnapshotCouldOverwriteALaterOne() throws Exception {
    var child = database.child();
    database.session(child, DAY, 40);
    fold(child); // the row is there
    var older = new AtomicLong();
    database
        .transaction()
        .executeWithoutResult(
            _ -> {
              // The first run computes from its snapshot, and is slow to write it.
              older.set(
                  database
                      .jdbc()
                      .sql("SELECT sum(score) FROM game_sessions WHERE child_id = :child")
                      .param("child", child.value())
                      .query(Long.class)
                      .single());
              try (var threads =
                  Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
                // Meanwhile a writer commits and a second run, not waiting, does the whole of its
                // work.
                CompletableFuture.runAsync(
                        () -> {
                          database.session(child, DAY, 50);
                          database.pass(10);
                        },
                        threads)
                    .join();
              }
              database
                  .jdbc()
                  .sql("UPDATE child_month_summary SET score_sum = :sum WHERE child_id = :child")
                  .param("sum", older.get())
                  .param("child", child.value())
                  .update();
            });
    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).as("clean, and wrong").isNotEmpty();
  }

  /** On a connection of its own, outside any transaction of this thread. */
  private long elsewhere(String sql) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      return CompletableFuture.supplyAsync(() -> database.count(sql), threads).join();
    }
  }

  private List<DirtyMonth> dirty(ChildId child) {
    return new DirtyMonths(database.jdbc()).read(List.of(child), DAY.withDayOfMonth(1), DAY);
  }

  private void fold(ChildId child) {
    new MonthSummaries(database.jdbc()).fold(List.of(ChildMonth.of(child, DAY).days()));
  }
}
