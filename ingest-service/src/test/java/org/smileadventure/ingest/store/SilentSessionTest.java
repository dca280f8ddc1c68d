package org.smileadventure.ingest.store;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSessions;
import org.smileadventure.localstack.RealServers;

/** What comes of a session that has been closed meanwhile, as nothing was heard of it. */
@RealServers
class SilentSessionTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
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

  static LongStream seeds() {
    var chosen = Long.getLong("smile.seed");
    return chosen == null ? new Random().longs(CASES) : LongStream.of(chosen);
  }

  @Test
  void lateEventIsComputedInAndTheSessionStaysAbandoned() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT);
    fresh.store(play.events());
    close(Set.of(play.session()));
    play.after(Duration.ofMinutes(3)).interaction(CORRECT);

    fresh.store(play.events());

    assertThat(fresh.row(play))
        .isEqualTo(SessionOracle.rowClosedBySilence(play.events(), ROME).orElseThrow())
        .containsEntry("completion_status", "abandoned")
        .containsEntry("closed_by_silence", true)
        .containsEntry("interactions_count", 4)
        .containsEntry("duration_seconds", 3 + 180);
  }

  @Test
  void endThatWasOnlyLateTakesThePlaceOfTheSilence() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT);
    fresh.store(play.events());
    close(Set.of(play.session()));
    play.completed(50);

    fresh.store(play.events());

    assertThat(fresh.row(play))
        .isEqualTo(SessionOracle.row(play.events(), ROME).orElseThrow())
        .containsEntry("completion_status", "completed")
        .containsEntry("closed_by_silence", false);
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

    var silent = openSessions(arrived);
    close(silent);
    assertRows(arrived, silent, seed);

    var late = new ArrayList<>(told.subList(inTime, told.size()));
    told.stream().filter(_ -> random.nextInt(8) == 0).forEach(late::add);
    for (var batch : batches(late, random)) {
      fresh.store(batch);
      arrived.addAll(batch);
      assertRows(arrived, silent, seed);
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

  /** As the nightly job does it. */
  private static void close(Set<SessionId> sessions) {
    new SessionRows(fresh.jdbc())
        .write(
            new StoredSessions(fresh.jdbc())
                .read(sessions).stream()
                    .flatMap(
                        stored ->
                            SessionFold.of(stored.events(), stored.rating(), stored.zone(), true)
                                .stream())
                    .toList());
  }
}
