package org.smileadventure.ingest.store;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.fixture.StoredRows.DirtyDay;
import org.smileadventure.localstack.RealServers;

/** Time goes by in that what is stored is made to have been received earlier. */
@RealServers
class SilentSessionTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final int ALL = 1_000;
  private static final int CASES = 25;

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
    sam = fresh.child(ROME.getId());
  }

  @AfterEach
  void leaveNoSessionOpen() {
    closeSilent("0 seconds", ALL);
  }

  static LongStream seeds() {
    var chosen = Long.getLong("smile.seed");
    return chosen == null ? new Random().longs(CASES) : LongStream.of(chosen);
  }

  @Test
  void sessionSilentForTooLongIsAbandonedAtItsLastEvent() {
    var play =
        Play.by(sam, NOON)
            .interactions(7, CORRECT)
            .feeling(EmotionalState.CALM)
            .after(Duration.ofMinutes(20))
            .help()
            .rated(4);
    fresh.store(play.events());
    pass("6 hours 1 minute");

    assertThat(closeSilent("6 hours", ALL)).isEqualTo(1);

    assertThat(fresh.row(play)).isEqualTo(closedRow(play.events()));
    assertThat(fresh.row(play))
        .containsEntry("completion_status", "abandoned")
        .containsEntry("closed_by_silence", true)
        .containsEntry("ended_at", NOON.plusSeconds(8 + 20 * 60));
    assertThat(closeSilent("6 hours", ALL)).as("closed once").isZero();
  }

  @Test
  void sessionThatWasHeardOfStaysOpen() {
    var play = Play.by(sam, NOON).interactions(7, CORRECT);
    fresh.store(play.events());
    pass("7 hours");
    play.help();
    fresh.store(play.events());

    assertThat(closeSilent("6 hours", ALL)).isZero();
    assertThat(fresh.row(play)).isEqualTo(openRow(play.events()));

    pass("5 hours 59 minutes");
    assertThat(closeSilent("6 hours", ALL)).isZero();
    pass("2 minutes");
    assertThat(closeSilent("6 hours", ALL)).isEqualTo(1);
    assertThat(fresh.row(play)).isEqualTo(closedRow(play.events()));
  }

  @Test
  void noMoreAreClosedAtOnceThanWanted() {
    var plays =
        Stream.generate(() -> Play.by(sam, NOON).interactions(1, CORRECT)).limit(5).toList();
    for (var play : plays) {
      fresh.store(play.events());
      pass("7 hours");
    }

    assertThat(closeSilent("6 hours", 2)).isEqualTo(2);
    assertThat(plays)
        .extracting(play -> fresh.row(play).get("completion_status"))
        .as("the oldest first")
        .containsExactly("abandoned", "abandoned", "in_progress", "in_progress", "in_progress");
    assertThat(closeSilent("6 hours", 2)).isEqualTo(2);
    assertThat(closeSilent("6 hours", 2)).isEqualTo(1);
    assertThat(closeSilent("6 hours", 2)).isZero();
  }

  @Test
  void dayOfAClosedSessionIsMarkedForItsSummary() {
    fresh.store(Play.by(sam, Instant.parse("2025-05-05T22:30:00Z")).help().events());
    pass("7 hours");
    fresh.jdbc().sql("DELETE FROM dirty_child_days").update();

    closeSilent("6 hours", ALL);

    assertThat(fresh.rows().dirtyDays().keySet())
        .containsExactly(new DirtyDay(sam, LocalDate.parse("2025-05-06")));
  }

  @Test
  void nextSessionOfTheChildClosesNothing() {
    var first = Play.by(sam, NOON).interactions(3, CORRECT);
    var second = Play.by(sam, NOON.plusSeconds(3_600)).interactions(3, CORRECT);
    fresh.store(first.events());
    fresh.store(second.events());
    assertThat(closeSilent("6 hours", ALL)).isZero();
    assertThat(fresh.row(first)).isEqualTo(openRow(first.events()));
    assertThat(fresh.row(second)).isEqualTo(openRow(second.events()));
  }

  @Test
  void sessionThatEndedIsLeftAlone() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(5);
    fresh.store(play.events());
    var row = fresh.row(play);
    pass("7 hours");
    assertThat(closeSilent("6 hours", ALL)).isZero();
    assertThat(fresh.row(play)).isEqualTo(row);
  }

  @Test
  void lateEventIsComputedInAndTheSessionStaysAbandoned() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT);
    fresh.store(play.events());
    pass("7 hours");
    closeSilent("6 hours", ALL);
    play.after(Duration.ofMinutes(3)).interaction(CORRECT);

    fresh.store(play.events());

    assertThat(fresh.row(play)).isEqualTo(closedRow(play.events()));
    assertThat(fresh.row(play))
        .containsEntry("completion_status", "abandoned")
        .containsEntry("interactions_count", 4)
        .containsEntry("duration_seconds", 3 + 180);
  }

  @Test
  void endThatWasOnlyLateTakesThePlaceOfTheSilence() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT);
    fresh.store(play.events());
    pass("7 hours");
    closeSilent("6 hours", ALL);
    play.completed(50);

    fresh.store(play.events());

    assertThat(fresh.row(play)).isEqualTo(openRow(play.events()));
    assertThat(fresh.row(play))
        .containsEntry("completion_status", "completed")
        .containsEntry("closed_by_silence", false);
  }

  @Test
  void sessionOfAForgottenMonthIsNotClosed() {
    try (var store = FreshStore.create()) {
      var child = store.child(ROME.getId());
      var play = Play.by(child, NOON).help();
      store.store(play.events());
      var row = store.row(play);
      store.jdbc().sql("UPDATE game_sessions SET created_at = now() - interval '1 day'").update();
      store.jdbc().sql("SELECT forget_session_events('2025-06-01')").query(Integer.class).single();
      assertThat(
              store
                  .jdbc()
                  .sql("SELECT close_silent_sessions('6 hours', 10)")
                  .query(Long.class)
                  .optional())
          .isEmpty();
      assertThat(store.row(play)).isEqualTo(row);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverComesAfterTheSilenceTheRowsAreThoseOfTheOracle(long seed) {
    var random = new Random(seed);
    var told = new ArrayList<SessionEvent>();
    for (int sessions = 1 + random.nextInt(8); sessions > 0; sessions--) {
      told.addAll(RandomPlay.by(sam, random));
    }
    Collections.shuffle(told, random);
    var inTime = random.nextInt(told.size() + 1);
    var arrived = new HashSet<SessionEvent>();
    for (var batch : batches(told.subList(0, inTime), random)) {
      fresh.store(batch);
      arrived.addAll(batch);
    }
    assertThat(closeSilent("6 hours", ALL)).isZero();
    pass("7 hours");

    var open = openSessions(arrived);
    assertThat(closeSilent("6 hours", ALL)).isEqualTo(open.size());
    assertRows(arrived, open, seed);

    var late = new ArrayList<>(told.subList(inTime, told.size()));
    told.stream().filter(_ -> random.nextInt(8) == 0).forEach(late::add);
    for (var batch : batches(late, random)) {
      fresh.store(batch);
      arrived.addAll(batch);
      assertRows(arrived, open, seed);
    }
    assertThat(arrived).hasSameSizeAs(told);
  }

  private static List<List<SessionEvent>> batches(List<SessionEvent> events, Random random) {
    var batches = new ArrayList<List<SessionEvent>>();
    for (int from = 0; from < events.size(); from += batches.getLast().size()) {
      var size = Math.min(1 + random.nextInt(40), events.size() - from);
      batches.add(events.subList(from, from + size));
    }
    return batches;
  }

  private static Set<SessionId> openSessions(Collection<SessionEvent> events) {
    var open = new HashSet<SessionId>();
    SessionOracle.rows(events, ROME)
        .forEach(
            (session, row) -> {
              if ("in_progress".equals(row.get("completion_status"))) {
                open.add(session);
              }
            });
    return open;
  }

  private static void assertRows(
      Collection<SessionEvent> arrived, Set<SessionId> closed, long seed) {
    var expected = new HashMap<SessionId, Map<String, @Nullable Object>>();
    var sessions = arrived.stream().collect(groupingBy(SessionEvent::sessionId));
    sessions.forEach(
        (session, events) -> {
          var row =
              closed.contains(session)
                  ? SessionOracle.rowClosedBySilence(events, ROME)
                  : SessionOracle.row(events, ROME);
          row.ifPresent(columns -> expected.put(session, columns));
        });
    assertThat(fresh.rows().sessions(sessions.keySet())).as("seed %d", seed).isEqualTo(expected);
  }

  private static Map<String, @Nullable Object> closedRow(List<SessionEvent> events) {
    return SessionOracle.rowClosedBySilence(events, ROME).orElseThrow();
  }

  private static Map<String, @Nullable Object> openRow(List<SessionEvent> events) {
    return SessionOracle.row(events, ROME).orElseThrow();
  }

  private static long closeSilent(String silentFor, int most) {
    return fresh
        .jdbc()
        .sql("SELECT close_silent_sessions(?::interval, ?)")
        .params(silentFor, most)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  private static void pass(String time) {
    fresh
        .jdbc()
        .sql("UPDATE session_events SET received_at = received_at - ?::interval")
        .param(time)
        .update();
    fresh
        .jdbc()
        .sql("UPDATE game_sessions SET created_at = created_at - ?::interval")
        .param(time)
        .update();
  }
}
