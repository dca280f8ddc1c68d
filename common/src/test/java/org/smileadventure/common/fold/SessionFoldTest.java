package org.smileadventure.common.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.FoldedRow;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;

class SessionFoldTest {
  private static final int SESSIONS = Integer.getInteger("smile.sessions", 2_000);
  private static final int HISTORIES = Integer.getInteger("smile.histories", 20);
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final ChildId SAM = new ChildId(7);

  @Test
  void randomSessionsAreThoseOfTheOracle() {
    for (int i = 0; i < SESSIONS; i++) {
      var seed = new Random().nextLong();
      var random = new Random(seed);
      var zone = RandomHistory.anyZone(random);
      assertLikeTheOracle(seed, RandomPlay.by(SAM, random), zone);
    }
  }

  @Test
  void sessionsOfRandomHistoriesAreThoseOfTheOracle() {
    for (int i = 0; i < HISTORIES; i++) {
      var seed = new Random().nextLong();
      var history = RandomHistory.of(SAM, new Random(seed));
      var bySession = new HashMap<Object, List<SessionEvent>>();
      for (var event : history.events()) {
        bySession.computeIfAbsent(event.sessionId(), _ -> new ArrayList<>()).add(event);
      }
      bySession.values().forEach(events -> assertLikeTheOracle(seed, events, history.zone()));
    }
  }

  private static void assertLikeTheOracle(long seed, Collection<SessionEvent> events, ZoneId zone) {
    assertThat(FoldedRow.of(events, zone, false))
        .as("seed %d", seed)
        .isEqualTo(folded(SessionOracle.row(events, zone)));
    assertThat(FoldedRow.of(events, zone, true))
        .as("seed %d, closed by silence", seed)
        .isEqualTo(folded(SessionOracle.rowClosedBySilence(events, zone)));
  }

  /** Without what the database says by itself. */
  private static Optional<Map<String, @Nullable Object>> folded(
      Optional<Map<String, @Nullable Object>> row) {
    row.ifPresent(columns -> columns.remove("next_session_readiness"));
    return row;
  }

  @Test
  void whatIsNotEndedShowsItsStartAlone() {
    var play = Play.by(SAM, NOON);
    var begun = fold(play.events());
    play.interactions(3, Outcome.CORRECT)
        .help()
        .level(1, 10)
        .achievement("brave")
        .feeling(EmotionalState.CALM)
        .rated(5);
    assertThat(fold(play.events())).isEqualTo(begun);
    assertThat(SessionFold.of(play.events(), rated(3), ROME, false)).contains(begun);
    assertThat(begun.figures().status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void ofNothingThereIsNoSession() {
    assertThat(SessionFold.of(List.of(), null, ROME, true)).isEmpty();
  }

  @Test
  void withoutAStartAnOpenSessionShowsItsFirstEventAlone() {
    var events = Play.by(SAM, NOON).interactions(3, Outcome.CORRECT).help().events();
    var begun = fold(events.subList(1, 2));
    assertThat(fold(events.subList(1, 5))).isEqualTo(begun);
    assertThat(begun.figures().type()).isNull();
    assertThat(begun.details().lostEvents()).isEqualTo(1);
    assertThat(fold(events).details().qualityNotes()).isEmpty();
  }

  @Test
  void figuresSayWhatTheRowDoesNot() {
    var play = Play.by(SAM, Instant.parse("2025-05-05T22:30:00Z"), EmotionalState.ANXIOUS);
    var figures =
        fold(play.achievement("a")
                .achievement("b")
                .achievement("a")
                .then(
                    new Payload.SessionEnded(
                        EndStatus.ABANDONED, "overwhelmed", null, EmotionalState.CALM))
                .events())
            .figures();
    assertThat(figures.hour()).isEqualTo(0);
    assertThat(figures.day()).isEqualTo("2025-05-06");
    assertThat(figures.scenario()).isEqualTo("dental_hygiene");
    assertThat(figures.overwhelmedExit()).isTrue();
    assertThat(figures.supported()).isTrue();
    assertThat(figures.achievements()).isEqualTo(2);
    assertThat(figures.statesTold()).isEqualTo(2);
  }

  @Test
  void aScenarioWithoutAnIdGoesByItsName() {
    var started =
        new Payload.SessionStarted(
            Payload.SessionType.DENTAL_VISIT,
            null,
            "Zoo",
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var figures = fold(Play.by(SAM, NOON, started).completed(0).events()).figures();
    assertThat(figures.scenario()).isEqualTo("Zoo");
    assertThat(figures.supported()).isFalse();
    assertThat(figures.statesTold()).isEqualTo(1);
    assertThat(figures.overwhelmedExit()).isFalse();
  }

  @Test
  void theFirstStartAndTheFirstEndCount() {
    var first = Play.by(SAM, NOON).completed(10).events();
    var more =
        Play.by(SAM, NOON)
            .completed(10)
            .then(Play.by(SAM, NOON, EmotionalState.HAPPY).events().getFirst().payload())
            .ended(EndStatus.INTERRUPTED, 20)
            .events();
    assertThat(fold(more).details().initialEmotion()).isEqualTo("anxious");
    assertThat(fold(more).figures().status()).isEqualTo(Status.COMPLETED);
    assertThat(fold(more).details().endedAt()).isEqualTo(fold(first).details().endedAt());
  }

  @Test
  void whatWasSaidInTheApplicationTakesThePlaceOfTheDevicesWord() {
    var events = Play.by(SAM, NOON).completed(10).rated(2).events();
    var session = SessionFold.of(events, rated(5), ROME, false).orElseThrow();
    assertThat(session.figures().rating()).isEqualTo(5);
    assertThat(session.details().parentNotes()).isEqualTo("said");
    assertThat(session.details().observedBehavior()).isEqualTo(Map.of("calm", 1));
    assertThat(fold(events).figures().rating()).isEqualTo(2);
    assertThat(fold(events).details().parentNotes()).isNull();
  }

  @Test
  void aSumOfScoresIsCutWhereItsColumnEnds() {
    var play = Play.by(SAM, NOON).interaction(Outcome.CORRECT);
    for (int i = 0; i < 2_147; i++) {
      play.level(1, 1_000_000);
    }
    play.level(1, 483_646);
    var almost = new ArrayList<>(play.events());
    almost.addAll(ended(play));
    assertThat(fold(almost).figures().score()).isEqualTo(Integer.MAX_VALUE - 1);
    play.level(1, 1_000_000);
    var beyond = new ArrayList<>(play.events());
    beyond.addAll(ended(play));
    assertThat(fold(beyond).figures().score()).isEqualTo(Integer.MAX_VALUE);
  }

  private static List<SessionEvent> ended(Play play) {
    var last = play.events().getLast();
    return List.of(
        new SessionEvent(
            last.sessionId(),
            last.childId(),
            last.sequence() + 1,
            last.occurredAt(),
            new Payload.SessionEnded(EndStatus.COMPLETED, null, null, null)));
  }

  @Test
  void ofAClockThatRunsToAndFroNoLengthIsTold() {
    var play = Play.by(SAM, Instant.parse("2000-01-01T00:00:00Z"), EmotionalState.ANXIOUS);
    var years = Duration.ofDays(9_000);
    for (int i = 0; i < 20; i++) {
      play.after(years)
          .feeling(EmotionalState.CALM)
          .after(years.negated())
          .feeling(EmotionalState.ANXIOUS);
    }
    var figures = fold(play.after(years).completed(1).events()).figures();
    assertThat(figures.distressSeconds()).isNull();
    assertThat(figures.recoveryMillis()).isNull();
    assertThat(figures.durationSeconds()).isNull();
    assertThat(figures.course()).isNotNull();
  }

  @Test
  void trophiesStandInTheOrderOfCodePoints() {
    var play = Play.by(SAM, NOON);
    for (var id : List.of("🦷", "ﬀ", "z", "é", "Z", "z")) {
      play.achievement(id).then(new Payload.ProgressMarked("skill_" + id));
    }
    var details = fold(play.completed(0).events()).details();
    assertThat(details.achievements()).containsExactly("Z", "z", "é", "ﬀ", "🦷");
    assertThat(details.markers())
        .containsExactly("skill_Z", "skill_z", "skill_é", "skill_ﬀ", "skill_🦷");
  }

  @Test
  void aCourseReadsBackAsItWasWritten() {
    for (int i = 0; i < SESSIONS / 10; i++) {
      var seed = new Random().nextLong();
      SessionFold.of(RandomPlay.by(SAM, new Random(seed)), null, ZoneOffset.UTC, true)
          .map(session -> session.figures().course())
          .ifPresent(
              course ->
                  assertThat(Course.parse(course.toJson())).as("seed %d", seed).isEqualTo(course));
    }
  }

  @Test
  void aCourseLeavesOutWhatItHasNothingOf() {
    var started =
        new Payload.SessionStarted(
            Payload.SessionType.DENTAL_VISIT,
            null,
            "Zoo",
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var silent = Play.by(SAM, NOON, started).events();
    assertThat(course(SessionFold.of(silent, null, ROME, true).orElseThrow()).toJson())
        .isEqualTo("{}");
    var calm =
        Play.by(SAM, NOON, EmotionalState.CALM)
            .after(Duration.ofMillis(10_250))
            .then(new Payload.EmotionObserved(EmotionalState.ANXIOUS, 3, "a \"b\"", null))
            .after(Duration.ofSeconds(100))
            .completed(1);
    assertThat(course(fold(calm.events())).toJson())
        .isEqualTo(
            "{\"seconds\":{\"anxious\":100,\"calm\":10.25},\"first\":\"calm\",\"last\":\"calm\","
                + "\"transitions\":{\"anxious>calm\":1,\"calm>anxious\":1},"
                + "\"observations\":1,\"into_distress\":1,\"triggers\":{\"a \\\"b\\\"\":[1,1]},"
                + "\"episodes\":[[\"a \\\"b\\\"\",100]]}");
  }

  private static Course course(Session session) {
    return Optional.ofNullable(session.figures().course()).orElseThrow();
  }

  private static Payload.ParentRated rated(int rating) {
    return new Payload.ParentRated(rating, "said", Map.of("calm", 1));
  }

  private static Session fold(List<SessionEvent> events) {
    return SessionFold.of(events, null, ROME, false).orElseThrow();
  }
}
