package org.smileadventure.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.smileadventure.common.event.Payload.EndStatus.ABANDONED;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;
import static org.smileadventure.common.event.Payload.Outcome.INCORRECT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.ingest.fixture.StoredRows.DirtyMonth;
import org.smileadventure.ingest.store.EventStore.Outcome;
import org.smileadventure.ingest.store.EventStore.Refused;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@RealServers
class EventStoreTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ChildId NOBODY = new ChildId(999_999);

  private static FreshStore fresh;
  private ChildId sam;

  @BeforeAll
  static void open() {
    fresh = FreshStore.create();
  }

  @AfterAll
  static void close() {
    fresh.close();
  }

  @BeforeEach
  void sam() {
    sam = fresh.child("Europe/Rome");
  }

  /** A plan with a subplan may hash all sessions for those of each batch. */
  @Test
  void noPlanHashesAllSessionsForThoseOfABatch() {
    var batch = Stream.generate(UUID::randomUUID).limit(150).toArray(UUID[]::new);
    var plan =
        fresh
            .jdbc()
            .sql("EXPLAIN " + SqlFile.read(EventStore.class, "stored-sessions.sql"))
            .param("session_ids", batch)
            .query(String.class)
            .list();
    assertThat(plan)
        .anyMatch(line -> line.contains("on game_sessions"))
        .noneMatch(line -> line.contains("SubPlan"));
  }

  @Test
  void goldenSessionScoresAsItAlwaysDid() {
    var play =
        Play.by(sam, NOON)
            .interactions(40, CORRECT)
            .interactions(10, INCORRECT)
            .after(Duration.ofSeconds(720 - 50))
            .completed(80);
    fresh.store(play.events());
    assertThat(fresh.row(play))
        .containsEntry("duration_seconds", 720)
        .containsEntry("engagement_score", new BigDecimal("71.67"))
        .containsEntry("success_rate", new BigDecimal("80.00"));
  }

  @Test
  void outcomeCountsWhatWasNotStoredBefore() {
    var events = Play.by(sam, NOON).interactions(8, CORRECT).completed(1).events();
    assertOutcome(fresh.store(events.subList(0, 6)), 6, 0);
    assertOutcome(fresh.store(events), 4, 6);
    assertOutcome(fresh.store(events), 0, 10);
    assertOutcome(fresh.store(List.of()), 0, 0);
  }

  private static void assertOutcome(Outcome outcome, int stored, int duplicates) {
    assertThat(outcome.stored()).isEqualTo(stored);
    assertThat(outcome.duplicates()).hasSize(duplicates);
    assertThat(outcome.refused()).isEmpty();
  }

  @Test
  void firstWordOnAnEventStands() {
    var play = Play.by(sam, NOON).completed(70);
    fresh.store(play.events());
    var end = play.events().getLast();
    fresh.store(
        List.of(
            new SessionEvent(
                end.sessionId(),
                sam,
                end.sequence(),
                end.occurredAt().plusSeconds(9),
                new Payload.SessionEnded(ABANDONED, null, 1, null))));
    assertThat(fresh.rows().events(List.of(play.session())))
        .containsExactlyElementsOf(play.events());
    assertThat(fresh.row(play)).containsEntry("completion_status", "completed");
  }

  @Test
  void activityIsOneRowHoweverOftenItComes() {
    var activity = Play.by(sam, NOON).then(brushingTeeth("with a song")).events().subList(1, 2);
    fresh.store(activity);
    fresh.store(activity);
    assertThat(
            fresh
                .jdbc()
                .sql(
                    "SELECT activity_name, points_earned, notes FROM activities WHERE child_id = ?")
                .param(sam.value())
                .query()
                .listOfRows())
        .containsExactly(
            Map.of("activity_name", "Brushing teeth", "points_earned", 5, "notes", "with a song"));
  }

  @Test
  void eventsOfOneSessionInTransactionsThatOverlapEndInTheRowOfAllOfThem() throws Exception {
    try (var writers = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 20; round++) {
        var plays =
            Stream.generate(() -> Play.by(sam, NOON).interactions(4, CORRECT).completed(7))
                .limit(10)
                .toList();
        var starts = plays.stream().flatMap(play -> play.events().stream().limit(3)).toList();
        var ends = plays.stream().flatMap(play -> play.events().stream().skip(3)).toList();
        var together = new CyclicBarrier(2);
        var one = writers.submit(() -> store(starts, together));
        var other = writers.submit(() -> store(ends, together));
        assertThat(one.get().stored() + other.get().stored()).isEqualTo(60);
        for (var play : plays) {
          assertThat(fresh.row(play))
              .isEqualTo(SessionOracle.row(play.events(), ZoneId.of("Europe/Rome")).orElseThrow());
        }
      }
    }
  }

  private static Outcome store(List<SessionEvent> batch, CyclicBarrier together) throws Exception {
    together.await();
    return fresh.store(batch);
  }

  @Test
  void aSessionIsThereFromItsFirstEventOnWhicheverThatIs() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(70);
    var events = play.events();
    for (var order : List.of(List.of(1, 2), List.of(3, 2, 1), List.of(2, 4, 1), List.of(4, 3))) {
      var other = as(Play.by(sam, NOON), events);
      for (var index : order) {
        fresh.store(List.of(other.get(index)));
      }
      var arrived = order.stream().map(other::get).toList();
      assertThat(fresh.rows().session(other.getFirst().sessionId()))
          .isEqualTo(SessionOracle.row(arrived, ZoneId.of("Europe/Rome")).orElseThrow())
          .containsEntry("session_data_quality", "partial")
          .containsEntry("session_type", null);
      fresh.store(other);
      assertThat(fresh.rows().session(other.getFirst().sessionId()))
          .isEqualTo(SessionOracle.row(other, ZoneId.of("Europe/Rome")).orElseThrow())
          .containsEntry("session_data_quality", "complete");
    }
  }

  /** The same events under another id. */
  private static List<SessionEvent> as(Play id, List<SessionEvent> events) {
    return events.stream()
        .map(
            e ->
                new SessionEvent(
                    id.session(), e.childId(), e.sequence(), e.occurredAt(), e.payload()))
        .toList();
  }

  // Events whose place is taken

  @Test
  void whatComesAgainIsADuplicateAndWhatOnlyHasItsPlaceIsRefused() {
    var play = Play.by(sam, NOON).interactions(6, CORRECT).completed(70);
    fresh.store(play.events());
    var other =
        Play.by(sam, NOON).interactions(2, CORRECT).interactions(3, INCORRECT).completed(70);
    var divergent = as(play, other.events());

    var outcome = fresh.store(divergent);

    assertThat(outcome.stored()).isZero();
    assertThat(outcome.refused())
        .extracting(refused -> refused.decoded().event().sequence(), Refused::reason)
        .containsExactly(
            tuple(4, Rejection.DIVERGENT_DUPLICATE),
            tuple(5, Rejection.DIVERGENT_DUPLICATE),
            tuple(6, Rejection.DIVERGENT_DUPLICATE),
            tuple(7, Rejection.DIVERGENT_DUPLICATE));
    assertThat(outcome.refused().getFirst().detail()).contains("sequence").contains("first");
    assertThat(fresh.rows().events(List.of(play.session()))).isEqualTo(play.events());
  }

  @Test
  void whatDivergesIsFoundInOneBatchInMemoryAndInTheTable() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT);
    var other = as(play, Play.by(sam, NOON).interactions(3, INCORRECT).events()).subList(3, 4);
    var together = new ArrayList<>(play.events());
    together.addAll(other);
    together.addAll(play.events());
    var one = fresh.store(together);
    assertThat(one.stored()).isEqualTo(4);
    assertThat(one.refused())
        .extracting(Refused::reason)
        .containsExactly(Rejection.DIVERGENT_DUPLICATE);
    for (var store : List.of(fresh.store(), fresh.another(0))) {
      assertOutcome(FreshStore.store(store, play.events()), 0, play.events().size());
      assertRefused(
          FreshStore.store(store, other),
          other.getFirst(),
          Rejection.DIVERGENT_DUPLICATE,
          "sequence: the session has another event with this number; the first one stays");
    }
  }

  // Bounds

  @Test
  void moreSessionsThanAChildCanPlayInADayAreRefusedAndTheOthersGoOn() {
    var clock = new AtomicReference<>(NOON);
    var store = fresh.limited(3, clock::get);
    var plays =
        Stream.generate(() -> Play.by(sam, NOON).interaction(CORRECT).completed(1))
            .limit(5)
            .toList();
    var outcome =
        FreshStore.store(store, plays.stream().flatMap(play -> play.events().stream()).toList());
    assertThat(outcome.stored()).isEqualTo(9);
    assertThat(outcome.refused())
        .hasSize(6)
        .extracting(Refused::reason)
        .containsOnly(Rejection.TOO_MANY_SESSIONS);
    plays.getFirst().rated(4);
    assertOutcome(FreshStore.store(store, plays.getFirst().events()), 1, 3);
    assertThat(FreshStore.store(store, plays.get(4).events()).stored()).isZero();
    var kim = Play.by(fresh.child("Europe/Rome"), NOON).completed(1);
    assertThat(FreshStore.store(store, kim.events()).stored()).isEqualTo(2);
    clock.set(NOON.plus(Duration.ofDays(1)));
    assertThat(FreshStore.store(store, plays.get(4).events()).stored()).isEqualTo(3);
  }

  @Test
  void aLongSessionIsNotComputedAgainForEachEventThatIsLate() {
    var play = Play.by(sam, NOON);
    for (int i = 0; i < 5_000; i++) {
      play.after(Duration.ofMillis(10)).interaction(CORRECT);
    }
    play.completed(3);
    fresh.store(play.events());
    assertThat(fresh.row(play)).containsEntry("interactions_count", 5_000);
    var told = play.events().size();
    play.rated(5);
    play.rated(4);
    fresh.store(play.events().subList(told, told + 1));
    fresh.store(play.events().subList(told + 1, told + 2));
    assertThat(fresh.row(play)).containsEntry("parent_rating", null);

    var late =
        new LateSessions(
            fresh.jdbc(), new TransactionTemplate(new JdbcTransactionManager(fresh.database())));
    late.compute();

    assertThat(fresh.row(play))
        .isEqualTo(SessionOracle.row(play.events(), ZoneId.of("Europe/Rome")).orElseThrow());
    assertThat(fresh.jdbc().sql("SELECT count(*) FROM late_sessions").query(Long.class).single())
        .isZero();
  }

  /** More than 20,000 sessions take some seconds to be moved. */
  @Test
  void aChildWhoMovesWithALongHistoryHoldsNobodyUp() throws Exception {
    fresh
        .jdbc()
        .sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day)
            SELECT gen_random_uuid(), :child, 'dental_visit', 'Brushing', at, (at AT TIME ZONE 'Europe/Rome')::date
            FROM generate_series(1, 20000) i,
                 LATERAL (SELECT '2023-01-01T00:00Z'::timestamptz + i * interval '70 minutes') AS t (at)
            """)
        .param("child", sam.value())
        .update();
    fresh
        .jdbc()
        .sql("UPDATE children SET timezone = 'Pacific/Kiritimati' WHERE id = ?")
        .param(sam.value())
        .update();
    var later =
        new LaterWork(
            fresh.jdbc(), new TransactionTemplate(new JdbcTransactionManager(fresh.database())));
    var longest = Duration.ZERO;
    try (var mover = Executors.newSingleThreadExecutor()) {
      var moved =
          mover.submit(
              () -> {
                while (moves() > 0) {
                  later.moveDays();
                }
              });
      do {
        var begin = System.nanoTime();
        fresh.store(Play.by(sam, NOON).completed(1).events());
        longest = max(longest, Duration.ofNanos(System.nanoTime() - begin));
      } while (!isDoneSoon(moved));
    }
    assertThat(longest).isLessThan(Duration.ofSeconds(2));
    assertThat(
            fresh
                .jdbc()
                .sql(
                    """
                    SELECT count(*) FROM game_sessions
                    WHERE child_id = ? AND day <> (started_at AT TIME ZONE 'Pacific/Kiritimati')::date
                    """)
                .param(sam.value())
                .query(Long.class)
                .single())
        .isZero();
  }

  /** Waits for it for as long as a game does between two requests; fails as it does. */
  private static boolean isDoneSoon(Future<?> work) throws Exception {
    try {
      work.get(20, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static long moves() {
    return fresh.jdbc().sql("SELECT count(*) FROM moved_children").query(Long.class).single();
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  // Months to be summed up again

  @Test
  void monthOfAComputedSessionIsThatOfTheChildsDay() {
    var late = Play.by(sam, Instant.parse("2025-05-31T22:30:00Z")).completed(1);
    fresh.store(late.events());
    assertThat(dirtyMonths()).containsExactly(month("2025-06-01"));
  }

  @Test
  void sessionThatHasOnlyStartedMarksItsMonthToo() {
    fresh.store(Play.by(sam, NOON).events());
    assertThat(dirtyMonths()).containsExactly(month("2025-05-01"));
  }

  @Test
  void eachChangeMarksTheMonthAnew() {
    var play = Play.by(sam, NOON).interaction(CORRECT).completed(1).rated(5);
    var versions = new ArrayList<Long>();
    for (var event : play.events()) {
      fresh.store(List.of(event));
      versions.add(fresh.rows().dirtyMonths().get(month("2025-05-01")));
    }
    // the interaction changes nothing: the session has not ended
    assertThat(versions.get(1)).isEqualTo(versions.get(0));
    assertThat(versions.get(2)).isGreaterThan(versions.get(1));
    assertThat(versions.get(3)).isGreaterThan(versions.get(2));
  }

  @Test
  void startThatMovesASessionToAnotherMonthMarksBoth() {
    var play = Play.by(sam, NOON).interaction(CORRECT).completed(1);
    var secondStart =
        new SessionEvent(
            play.session(),
            sam,
            4,
            NOON.plus(Duration.ofDays(30)),
            play.events().getFirst().payload());
    fresh.store(List.of(secondStart));
    assertThat(dirtyMonths()).containsExactly(month("2025-06-01"));
    var before = fresh.rows().dirtyMonths().get(month("2025-06-01"));

    fresh.store(play.events().subList(0, 1));

    assertThat(dirtyMonths()).containsExactlyInAnyOrder(month("2025-05-01"), month("2025-06-01"));
    assertThat(fresh.rows().dirtyMonths().get(month("2025-06-01"))).isGreaterThan(before);
  }

  @Test
  void redeliveryMarksAndWritesNothing() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(1).rated(4);
    fresh.store(play.events());
    var months = fresh.rows().dirtyMonths();
    var version = rowVersion(play.session());

    fresh.store(play.events());

    assertThat(fresh.rows().dirtyMonths()).isEqualTo(months);
    assertThat(rowVersion(play.session())).isEqualTo(version);
  }

  // Refusals

  @Test
  void eventOfAnUnknownChildIsRefusedAlone() {
    var good = Play.by(sam, NOON).completed(1).events();
    var bad = Play.by(NOBODY, NOON).events().getFirst();

    var outcome = fresh.store(List.of(good.get(0), bad, good.get(1)));

    assertThat(outcome.stored()).isEqualTo(2);
    assertRefused(outcome, bad, Rejection.UNKNOWN_CHILD, "childId is of no child that is known");
    assertThat(fresh.rows().events(List.of(bad.sessionId()))).isEmpty();
  }

  @Test
  void sessionOfAnotherChildIsRefusedAndLeftAsItWas() {
    var play = Play.by(sam, NOON).interaction(CORRECT).completed(1);
    fresh.store(play.events());
    var row = fresh.row(play);
    var intruder = claimed(play, fresh.child("Europe/Rome"), 9);

    var outcome = fresh.store(List.of(intruder));

    assertThat(outcome.stored()).isZero();
    assertRefused(
        outcome,
        intruder,
        Rejection.FOREIGN_SESSION,
        "sessionId is that of a session of another child");
    assertThat(fresh.row(play)).isEqualTo(row);
  }

  @Test
  void ofTwoChildrenWithOneNewSessionTheFirstOwnsIt() {
    var play = Play.by(sam, NOON).interaction(CORRECT).completed(1);
    var intruder = claimed(play, fresh.child("Europe/Rome"), 9);
    var unknown = claimed(play, NOBODY, 10);

    var batch = new ArrayList<SessionEvent>();
    batch.add(unknown);
    batch.addAll(play.events());
    batch.add(2, intruder);
    var outcome = fresh.store(batch);

    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(outcome.refused())
        .extracting(refused -> refused.decoded().event(), Refused::reason)
        .containsExactly(
            tuple(unknown, Rejection.UNKNOWN_CHILD), tuple(intruder, Rejection.FOREIGN_SESSION));
    assertThat(fresh.rows().events(List.of(play.session())))
        .containsExactlyElementsOf(play.events());
  }

  /** They are not serialised: a lock for each new session would be thousands in some batches. */
  @Test
  void ofTwoChildrenWhoBeginOneSessionAtOnceNoneGetsWhatTheOtherTold() throws Exception {
    var other = fresh.child("Europe/Rome");
    try (var writers = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 30; round++) {
        var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(1);
        var claim = List.of(claimed(play, other, 20), claimed(play, other, 21));
        var together = new CyclicBarrier(2);
        var owners = writers.submit(() -> store(play.events(), together));
        var others = writers.submit(() -> store(claim, together));

        var stored = new ArrayList<SessionEvent>();
        stored.addAll(owners.get().stored() == 0 ? List.of() : play.events());
        stored.addAll(others.get().stored() == 0 ? List.of() : claim);
        assertThat(stored).isNotEmpty();
        assertThat(fresh.rows().events(List.of(play.session())))
            .containsExactlyInAnyOrderElementsOf(stored);
        var late = List.of(claimed(play, other, 22));
        assertThat(fresh.store(late).stored()).isEqualTo(others.get().stored() == 0 ? 0 : 1);
        if (owners.get().stored() > 0) {
          assertThat(
                  fresh
                      .jdbc()
                      .sql(
                          "SELECT interactions_count FROM game_sessions WHERE id = ? AND child_id ="
                              + " ?")
                      .params(play.session().value(), sam.value())
                      .query(Integer.class)
                      .single())
              .isEqualTo(3);
        }
      }
    }
  }

  /** As the codec lets no such text through, it is the last resort. */
  @Test
  void textThatTheDatabaseCannotKeepCostsItsEventOnly() {
    var play = Play.by(sam, NOON).interactions(30, CORRECT).completed(1);
    var poison = Play.by(sam, NOON).then(new Payload.AchievementUnlocked("brave \0")).completed(1);
    var batch = new ArrayList<>(play.events());
    batch.addAll(13, poison.events());

    var outcome = fresh.store(batch);

    assertThat(outcome.stored()).isEqualTo(34);
    assertThat(outcome.refused())
        .extracting(refused -> refused.decoded().event(), Refused::reason)
        .containsExactly(tuple(poison.events().getLast(), Rejection.REFUSED_BY_DATABASE));
    assertThat(fresh.row(play)).containsEntry("interactions_count", 30);
    assertThat(fresh.row(poison)).containsEntry("completion_status", "in_progress");
  }

  /** The state is that of a statement that takes too long, for one. */
  @ParameterizedTest
  @ValueSource(strings = {"57014", "54000", "53200", "22003", "P0001"})
  void whateverAnEventFailsWithTheOthersGoOnWhenItHasBeenTriedOften(String state) {
    fresh
        .jdbc()
        .sql(
            """
            CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'of %', new.scenario_name USING ERRCODE = new.exit_reason; END $$;
            CREATE OR REPLACE TRIGGER fail BEFORE INSERT OR UPDATE ON game_sessions
            FOR EACH ROW WHEN (new.exit_reason ~ '^[0-9P]{5}$') EXECUTE FUNCTION fail()
            """)
        .update();
    try {
      var good = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
      var broken =
          Play.by(sam, NOON).then(new Payload.SessionEnded(ABANDONED, state, null, null)).events();
      var batch =
          Stream.of(good.events(), broken).flatMap(List::stream).map(DecodedEvent::of).toList();

      var outcome = fresh.store().store(batch, true);

      assertThat(outcome.stored()).isEqualTo(8);
      assertThat(outcome.refused())
          .extracting(Refused::decoded, Refused::reason, Refused::detail)
          .containsExactly(
              tuple(
                  batch.getLast(),
                  Rejection.REFUSED_BY_DATABASE,
                  "the database refuses it (SQL state " + state + ")"));
      assertThat(fresh.row(good)).containsEntry("completion_status", "completed");
    } finally {
      fresh.jdbc().sql("DROP FUNCTION fail() CASCADE").update();
    }
  }

  @Test
  void failureThatIsNoServersIsTakenForTheDatasWhenItHasBeenTriedOften() {
    var good = Play.by(sam, NOON).interactions(5, CORRECT).completed(1);
    var broken = Play.by(sam, NOON).interactions(2, CORRECT);
    fresh.store(broken.events());
    fresh
        .jdbc()
        .sql("UPDATE session_events SET events = '[[]]' WHERE session_id = ?")
        .param(broken.session().value())
        .update();
    var batch =
        Stream.of(good.events(), broken.completed(1).events().subList(3, 4))
            .flatMap(List::stream)
            .map(DecodedEvent::of)
            .toList();
    var store = fresh.another(0);

    assertThatThrownBy(() -> store.store(batch, false)).isInstanceOf(IllegalStateException.class);
    var outcome = store.store(batch, true);

    assertThat(outcome.stored()).isEqualTo(7);
    assertThat(outcome.refused())
        .extracting(Refused::decoded, Refused::reason)
        .containsExactly(tuple(batch.getLast(), Rejection.REFUSED_BY_DATABASE));
    assertThat(fresh.row(good)).containsEntry("completion_status", "completed");
  }

  private List<DirtyMonth> dirtyMonths() {
    return fresh.rows().dirtyMonths().keySet().stream()
        .filter(month -> month.child().equals(sam))
        .toList();
  }

  private DirtyMonth month(String date) {
    return new DirtyMonth(sam, LocalDate.parse(date));
  }

  private static SessionEvent claimed(Play play, ChildId child, int sequence) {
    return new SessionEvent(
        play.session(), child, sequence, NOON, new Payload.HelpRequested("step-1"));
  }

  private static void assertRefused(
      Outcome outcome, SessionEvent event, Rejection reason, String detail) {
    assertThat(outcome.refused())
        .extracting(refused -> refused.decoded().event(), Refused::reason, Refused::detail)
        .containsExactly(tuple(event, reason, detail));
  }

  private static String rowVersion(SessionId session) {
    return fresh
        .jdbc()
        .sql("SELECT xmin || ' ' || updated_at FROM game_sessions WHERE id = :id")
        .param("id", session.value())
        .query(String.class)
        .single();
  }

  private static Payload brushingTeeth(String notes) {
    return new Payload.ActivityRecorded(
        Payload.ActivityType.DENTAL_CARE,
        "Brushing teeth",
        null,
        null,
        5,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        notes);
  }
}
