package org.smileadventure.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.smileadventure.ingest.statement.OtherGame.ADL;
import static org.smileadventure.ingest.statement.OtherGame.GAMES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Envelope;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.InteractionRecorded;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.RandomEvent;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.xapi.Vocabulary;
import org.smileadventure.ingest.statement.StatementEvents.Event;
import org.smileadventure.ingest.statement.StatementEvents.Events;
import org.smileadventure.ingest.statement.StatementEvents.Refusal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Random cases are made from their seed; {@code -Dsmile.seed=…} runs one again. */
class StatementEventsTest {
  private static final int CASES = 100;
  private static final int EVENTS_OF_A_TYPE = 100;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ChildId SAM = new ChildId(433);
  private static final Map<String, Long> NAMES = Map.of("sam", SAM.value());
  private static final String UNKNOWN =
      "actor is no child; say with --child NAME=NUMBER which child it is";
  private static final String UNTYPED =
      "it is of another game; say with --session-type what its sessions are about";
  private static final SessionId SESSION = SessionId.parse("01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a");
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final SessionId WALK = SessionId.parse("01a1fb67-1800-7c3a-9b1f-2f4e5d6c7b8b");
  private static final EventCodec CODEC =
      new EventCodec(InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z")));

  private final StatementEvents ours = new StatementEvents(Map.of(), null);
  private final StatementEvents others = new StatementEvents(NAMES, "dental_visit");

  @Test
  void publishedExamplesComeBackButForWhatIsLeftOut() {
    assertComesBack(Stream.of(EventType.values()).map(StatementEventsTest::example).toList());
  }

  static LongStream seeds() {
    var chosen = Long.getLong("smile.seed");
    return chosen == null ? new Random().longs(CASES) : LongStream.of(chosen);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyHistoryComesBackInWhateverOrder(long seed) {
    var random = new Random(seed);
    var history = new ArrayList<>(RandomHistory.of(SAM, random).events());
    Collections.shuffle(history, random);
    assertComesBack(history);
  }

  @ParameterizedTest
  @EnumSource
  void anythingThatTheSchemaAcceptsComesBack(EventType type) {
    var random = new Random(type.wireName().hashCode());
    var events =
        Stream.generate(() -> RandomEvent.of(type, SESSION, SAM, 7, NOW, random))
            .filter(sent -> sent.wrong() == null)
            .limit(EVENTS_OF_A_TYPE)
            .map(StatementEventsTest::decoded)
            .toList();
    for (var event : events) {
      assertComesBack(List.of(event));
    }
  }

  private void assertComesBack(Collection<SessionEvent> told) {
    var made = ours.of(Exported.statements(told));

    assertThat(made.refused()).isEmpty();
    assertThat(made.passedOver()).isZero();
    assertThat(decoded(made))
        .containsExactlyInAnyOrderElementsOf(told.stream().map(Exported::imported).toList());
    assertThat(made.events())
        .extracting(Event::statement)
        .containsExactlyInAnyOrderElementsOf(told.stream().map(Exported::id).toList());
    assertThat(made.events())
        .extracting(event -> event.cloudEvent().path("id").stringValue())
        .containsExactlyInAnyOrderElementsOf(
            told.stream().map(event -> event.sessionId() + "/" + event.sequence()).toList());
  }

  /** Its statements have another registration, as record stores take no such UUID. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "c", "f"})
  void sessionIdOfAnyVariantComesBack(String variant) {
    var session = SessionId.parse("01a1f97c-5f00-7c3a-" + variant + "b1f-2f4e5d6c7b8a");
    assertComesBack(
        List.of(
            new SessionEvent(session, SAM, 1, NOW, OtherGame.started("zoo")),
            new SessionEvent(session, SAM, 2, NOW, new Payload.HelpRequested("step-1"))));
  }

  @Test
  void actorOfOurStatementsIsItsOwnNumberUnlessItIsGivenAnother() {
    var event = example(EventType.HELP_REQUESTED);
    var statements = Exported.statements(List.of(event));
    assertThat(decoded(ours.of(statements)))
        .extracting(SessionEvent::childId)
        .containsExactly(event.childId());
    assertThat(decoded(new StatementEvents(Map.of("433", 9L), null).of(statements)))
        .extracting(SessionEvent::childId)
        .containsExactly(new ChildId(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Rumpelstiltskin", "0", "07", "-7", "7.0", "1234567890123456789", "guardian"})
  void actorOfOurStatementsThatIsNoNumberIsTold(String name) {
    var statement = Exported.statements(List.of(example(EventType.HELP_REQUESTED))).getFirst();
    var renamed = changed(statement, "/actor/account/name", "\"" + name + "\"");

    var made = ours.of(List.of(renamed));

    assertThat(made.events()).isEmpty();
    assertThat(made.refused())
        .containsExactly(new Refusal(statement.path("id").stringValue(), UNKNOWN));
    assertThat(decoded(new StatementEvents(Map.of(name, 9L), null).of(List.of(renamed))))
        .extracting(SessionEvent::childId)
        .containsExactly(new ChildId(9));
  }

  @Test
  void ourStatementsAreTakenAmongThoseOfOtherGames() {
    var event = example(EventType.HELP_REQUESTED);
    var visit = OtherGame.visit().statements();
    var both = Stream.concat(Exported.statements(List.of(event)).stream(), visit.stream()).toList();

    var untyped = new StatementEvents(NAMES, null).of(both);

    assertThat(decoded(untyped)).containsExactly(event);
    assertThat(untyped.refused()).isEqualTo(refusals(visit, UNTYPED));
    assertThat(decoded(others.of(both)))
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(event), OtherGame.visitOf(SAM).stream()).toList());
  }

  @Test
  void visitInAnotherGameIsFiveEvents() {
    var made = others.of(OtherGame.visit().statements());

    assertThat(made.refused()).isEmpty();
    assertThat(made.passedOver()).isEqualTo(2);
    assertThat(decoded(made)).isEqualTo(OtherGame.visitOf(SAM));
    assertThat(JSON.readTree(made.events().get(1).cloudEvent().toString()))
        .isEqualTo(
            JSON.readTree(
                """
                {"specversion": "1.0", "id": "01a1f97c-5f00-74c5-8a9b-0c1d2e3f4a5b/2", "source": "/xapi",
                 "type": "interaction.recorded", "datacontenttype": "application/json",
                 "data": {"sessionId": "01a1f97c-5f00-74c5-8a9b-0c1d2e3f4a5b", "childId": 433, "sequence": 2,
                          "occurredAt": "2026-11-20T15:04:05Z", "outcome": "correct", "stepId": "open-mouth",
                          "responseTimeMs": 2500}}
                """));
  }

  @Test
  void pausesAchievementsAndAnInterruptionAreToldToo() {
    var made = others.of(walk().statements());

    assertThat(made.passedOver()).isZero();
    assertThat(decoded(made).stream().map(SessionEvent::payload))
        .containsExactly(
            OtherGame.started("zoo"),
            new InteractionRecorded("parrot", Outcome.NEUTRAL, null, null),
            new Payload.AchievementUnlocked("map"),
            new Payload.SessionPaused(),
            new Payload.SessionResumed(),
            new Payload.SessionEnded(EndStatus.INTERRUPTED, null, null, null));
    assertThat(decoded(made)).extracting(SessionEvent::sequence).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(decoded(made))
        .as("a registration of version 7 is the session's id")
        .extracting(SessionEvent::sessionId)
        .containsOnly(WALK);
  }

  private static OtherGame walk() {
    return new OtherGame(WALK.toString(), NOW)
        .says(0, ADL + "initialized", "serious-game", "zoo", "{}")
        .says(1, ADL + "interacted", "non-player-character", "parrot", "{}")
        .says(2, GAMES + "unlocked", "item", "map", "{}")
        .says(3, ADL + "suspended", "serious-game", "zoo", "{}")
        .says(60, ADL + "resumed", "serious-game", "zoo", "{}")
        .says(70, ADL + "terminated", "serious-game", "zoo", "{}");
  }

  /** So that the start has its place if it is found after all. */
  @Test
  void sessionWhoseStartIsLostBeginsWithTwo() {
    var made = others.of(withoutAStart().statements());

    assertThat(made.passedOver()).isEqualTo(1);
    assertThat(decoded(made)).extracting(SessionEvent::sequence).containsExactly(2, 3);
    assertThat(decoded(made).stream().map(SessionEvent::payload))
        .containsExactly(
            new InteractionRecorded("toothbrush", Outcome.NEUTRAL, null, null),
            new Payload.LevelCompleted(12, null));
    assertThat(decoded(made))
        .extracting(SessionEvent::sessionId)
        .containsOnly(SessionId.parse("01a1fd8c-6900-7222-8444-555555555555"));
  }

  private static OtherGame withoutAStart() {
    return new OtherGame(
            "11111111-2222-4333-8444-555555555555", Instant.parse("2026-11-21T10:00:00Z"))
        .says(0, GAMES + "used", "item", "toothbrush", "{}")
        .says(1, ADL + "completed", "quest", "find-the-brush", "{\"completion\": true}")
        .says(2, ADL + "failed", "level", "stage/12", "{\"score\": {\"raw\": 12.5}}");
  }

  @Test
  void anyOrderOfTheStatementsGivesTheSameEvents() {
    var random = new Random(7);
    var statements = new ArrayList<JsonNode>();
    statements.addAll(OtherGame.visit().statements());
    statements.addAll(walk().statements());
    statements.addAll(withoutAStart().statements());
    statements.addAll(
        Exported.statements(
            Stream.of(EventType.values()).map(StatementEventsTest::example).toList()));
    var once = others.of(statements);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(statements, random);
      var again = others.of(statements);
      assertThat(again.events()).containsExactlyInAnyOrderElementsOf(once.events());
      assertThat(again.passedOver()).isEqualTo(once.passedOver()).isEqualTo(3);
      assertThat(again.refused()).isEmpty();
    }
  }

  @Test
  void importedTwiceTheEventsAreEqual() {
    var statements = OtherGame.visit().statements();
    assertThat(new StatementEvents(NAMES, "dental_visit").of(statements))
        .isEqualTo(others.of(statements));
  }

  @Test
  void sessionsOfTwoChildrenAreTwo() {
    var first = OtherGame.visit().statements();
    var second =
        first.stream().map(said -> changed(said, "/actor/account/name", "\"434\"")).toList();
    var made =
        new StatementEvents(Map.of("sam", SAM.value(), "434", 434L), "dental_visit")
            .of(Stream.concat(first.stream(), second.stream()).toList());
    assertThat(decoded(made))
        .containsExactlyElementsOf(
            Stream.concat(
                    OtherGame.visitOf(SAM).stream(), OtherGame.visitOf(new ChildId(434)).stream())
                .toList());
  }

  @Test
  void childOfTwoNamesPlaysOneSession() {
    var visit = new ArrayList<>(OtherGame.visit().statements());
    for (int i = 0; i < visit.size(); i += 2) {
      visit.set(i, changed(visit.get(i), "/actor", "{\"mbox\": \"mailto:sam@example.org\"}"));
    }

    var made =
        new StatementEvents(
                Map.of("sam", SAM.value(), "mailto:sam@example.org", SAM.value()), "dental_visit")
            .of(visit);

    assertThat(made.refused()).isEmpty();
    assertThat(decoded(made)).isEqualTo(OtherGame.visitOf(SAM));
    assertThat(others.of(visit).refused())
        .as("by one name alone")
        .extracting(Refusal::why)
        .containsExactly(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
  }

  @Test
  void statementThatIsThereTwiceCountsOnce() {
    var visit = OtherGame.visit().statements();
    var made = others.of(Stream.concat(visit.stream(), visit.reversed().stream()).toList());
    assertThat(decoded(made)).isEqualTo(OtherGame.visitOf(SAM));
    assertThat(made.passedOver()).isEqualTo(2);
    assertThat(made.refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"account\": {\"name\": \"sam\"}}",
        "{\"account\": {\"name\": \"7\"}}",
        "{\"mbox\": \"mailto:sam@example.org\"}"
      })
  void childIsKnownByTheNameThatItWasGiven(String actor) {
    var made =
        new StatementEvents(
                Map.of("sam", 433L, "7", 433L, "mailto:sam@example.org", 433L), "dental_visit")
            .of(List.of(changed(OtherGame.visit().statements().getFirst(), "/actor", actor)));
    assertThat(decoded(made)).containsExactly(OtherGame.visitOf(SAM).getFirst());
  }

  /** Another system counts its own children. */
  @ParameterizedTest
  @ValueSource(strings = {"12", "433", "12/guardian", "sam/guardian"})
  void numberOfAnotherSystemIsNoChild(String name) {
    var visit =
        OtherGame.visit().statements().stream()
            .map(said -> changed(said, "/actor/account/name", "\"" + name + "\""))
            .toList();

    var made = others.of(visit);

    assertThat(made.events()).isEmpty();
    assertThat(made.passedOver()).isZero();
    assertThat(made.refused()).isEqualTo(refusals(visit, UNKNOWN));
  }

  @Test
  void wordOfAGuardianIsOfTheirChildsSession() {
    var rated = example(EventType.PARENT_RATED);
    var made = new StatementEvents(Map.of("433", 9L), null).of(Exported.statements(List.of(rated)));
    assertThat(decoded(made))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.childId()).isEqualTo(new ChildId(9));
              assertThat(event.sessionId()).isEqualTo(rated.sessionId());
            });
  }

  static Stream<Arguments> incomplete() {
    var noActor = "actor must have an account with a name, or an mbox";
    var noOffset = "timestamp must be a date-time with its offset, as in 2026-11-20T16:04:00Z";
    return Stream.of(
        arguments("/context/registration", null, "context.registration must be there, as a text"),
        arguments("/context/registration", "7", "context.registration must be there, as a text"),
        arguments("/context/registration", "\"attempt-1\"", "context.registration must be a UUID"),
        arguments("/context", null, "context.registration must be there, as a text"),
        arguments("/timestamp", null, "timestamp must be there, as a text"),
        arguments("/timestamp", "\"2026-11-20T16:04:00\"", noOffset),
        arguments("/timestamp", "\"yesterday\"", noOffset),
        arguments("/verb", null, "verb.id must be there, as a text"),
        arguments("/verb/id", "\" \"", "verb.id must be there, as a text"),
        arguments("/actor", null, noActor),
        arguments("/actor/account/name", "\"\"", noActor),
        arguments("/actor", "{\"name\": \"Rumpelstiltskin\"}", noActor),
        arguments("/actor/account/name", "\"Rumpelstiltskin\"", UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void whatAStatementLacksIsToldByItsNameAndTheOthersAreTaken(
      String pointer, @Nullable String value, String why) {
    var visit = OtherGame.visit().statements();
    var wrong = changed(visit.get(2), pointer, value);

    var made = others.of(List.of(visit.get(0), wrong));

    assertThat(made.refused())
        .containsExactly(new Refusal(visit.get(2).path("id").stringValue(), why));
    assertThat(decoded(made)).containsExactly(OtherGame.visitOf(SAM).getFirst());
    assertThat(made.passedOver()).isZero();
  }

  @Test
  void sessionsOfAnotherGameAreRefusedUnlessItIsToldWhatTheyAreAbout() {
    var visit = OtherGame.visit().statements();

    var made = new StatementEvents(NAMES, null).of(visit);

    assertThat(made.events()).isEmpty();
    assertThat(made.passedOver()).isZero();
    assertThat(made.refused()).isEqualTo(refusals(visit, UNTYPED));
  }

  private static List<Refusal> refusals(List<JsonNode> statements, String why) {
    return statements.stream()
        .map(said -> new Refusal(said.path("id").stringValue(), why))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "\"text\"", "[]", "{}"})
  void whatIsNoStatementIsToldByItsPlace(String element) {
    var visit = OtherGame.visit().statements();
    var made = others.of(List.of(visit.getFirst(), JSON.readTree(element)));
    assertThat(made.refused())
        .containsExactly(
            new Refusal("statement 2", "actor must have an account with a name, or an mbox"));
    assertThat(made.events()).hasSize(1);
  }

  @Test
  void longNamesAreCutBetweenTwoCharacters() {
    var started =
        decoded(
            others.of(
                List.of(
                    new OtherGame(WALK.toString(), NOW)
                        .says(0, ADL + "initialized", "serious-game", "🦷".repeat(300), "{}")
                        .last())));
    assertThat(started)
        .extracting(SessionEvent::payload)
        .singleElement()
        .isInstanceOfSatisfying(
            Payload.SessionStarted.class,
            payload -> {
              assertThat(payload.scenarioName()).isEqualTo("The " + "🦷".repeat(196));
              assertThat(payload.scenarioId()).isEqualTo("🦷".repeat(100));
            });
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "60.0, 60", "0, 0", "-1,", "12.5,", "1e400,", "'\"60\"',", "9999999999,"})
  void pointsAreTakenIfTheyAreWhole(String raw, @Nullable Integer points) {
    var said =
        new OtherGame(WALK.toString(), NOW)
            .says(0, ADL + "completed", "level", "3", "{\"score\": {\"raw\": %s}}".formatted(raw));
    assertThat(decoded(others.of(said.statements())))
        .extracting(SessionEvent::payload)
        .containsExactly(new Payload.LevelCompleted(3, points));
  }

  @ParameterizedTest
  @CsvSource({
    "PT2.5S, 2500",
    "PT1M0.001S, 60001",
    "PT24H, 86400000",
    "PT25H,",
    "-PT1S,",
    "P1Y,",
    "2 s,"
  })
  void durationIsTakenIfItCanBeThatOfAnAnswer(String duration, @Nullable Integer millis) {
    var said =
        new OtherGame(WALK.toString(), NOW)
            .says(0, ADL + "answered", "item", "q", "{\"duration\": \"%s\"}".formatted(duration));
    assertThat(decoded(others.of(said.statements())))
        .extracting(SessionEvent::payload)
        .containsExactly(new InteractionRecorded("q", Outcome.NEUTRAL, millis, null));
  }

  @ParameterizedTest
  @CsvSource({
    "level-1, 1",
    "level12, 12",
    "9999, 9999",
    "stage/7, 7",
    "level,",
    "level-0,",
    "level-10000,"
  })
  void levelIsTheNumberAtTheEndOfItsId(String id, @Nullable Integer level) {
    var made =
        others.of(
            new OtherGame(WALK.toString(), NOW)
                .says(0, ADL + "passed", "level", id, "{}")
                .statements());
    assertThat(decoded(made).stream().map(SessionEvent::payload).toList())
        .isEqualTo(level == null ? List.of() : List.of(new Payload.LevelCompleted(level, null)));
    assertThat(made.passedOver()).isEqualTo(level == null ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "lesson, 6f1d2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a51",
    "quest, 12",
    "assessment, level-3",
    "levels, 3",
    "serious-games, 3"
  })
  void otherObjectThanALevelIsPassedOver(String type, String object) {
    var said =
        new OtherGame(WALK.toString(), NOW)
            .says(0, ADL + "initialized", "serious-game", "zoo", "{}")
            .says(1, ADL + "completed", type, object, "{\"score\": {\"raw\": 60}}")
            .says(2, ADL + "passed", type, object, "{\"success\": true}")
            .says(3, ADL + "failed", type, object, "{\"success\": false}")
            .says(4, ADL + "terminated", type, object, "{}")
            .says(5, Vocabulary.ABANDONED, type, object, "{}");

    var made = others.of(said.statements());

    assertThat(decoded(made))
        .extracting(SessionEvent::payload)
        .containsExactly(OtherGame.started("zoo"));
    assertThat(made.passedOver()).isEqualTo(5);
    assertThat(made.refused()).isEmpty();
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        arguments(List.of("completed", "passed", "terminated"), EndStatus.COMPLETED),
        arguments(List.of("completed", "failed", "terminated"), EndStatus.COMPLETED),
        arguments(List.of("passed", "completed", "terminated"), EndStatus.COMPLETED),
        arguments(List.of("failed", "terminated"), EndStatus.COMPLETED),
        arguments(List.of("passed"), EndStatus.COMPLETED),
        arguments(List.of("terminated"), EndStatus.INTERRUPTED),
        arguments(List.of("terminated", "terminated"), EndStatus.INTERRUPTED),
        arguments(List.of("abandoned"), EndStatus.ABANDONED),
        arguments(List.of("abandoned", "terminated"), EndStatus.ABANDONED),
        arguments(List.of("completed", "passed", "abandoned"), EndStatus.ABANDONED));
  }

  /** As launchers of cmi5 tell it: how it went, and then that it is over. */
  @ParameterizedTest
  @MethodSource("ends")
  void endsOfAGameAreOne(List<String> words, EndStatus status) {
    for (var type : List.of("lesson", "serious-game")) {
      var game =
          new OtherGame(WALK.toString(), NOW)
              .says(0, ADL + "initialized", type, "zoo", "{}")
              .says(1, GAMES + "used", "item", "map", "{}");
      for (int i = 0; i < words.size(); i++) {
        game.says(10 + i, ADL + words.get(i), type, "zoo", "{}");
      }
      game.says(60, GAMES + "used", "item", "brush", "{}");

      var made = others.of(game.statements());

      assertThat(decoded(made))
          .as(type)
          .containsExactly(
              walked(1, 0, OtherGame.started("zoo")),
              walked(2, 1, new InteractionRecorded("map", Outcome.NEUTRAL, null, null)),
              walked(3, 9 + words.size(), new Payload.SessionEnded(status, null, null, null)),
              walked(4, 60, new InteractionRecorded("brush", Outcome.NEUTRAL, null, null)));
      assertThat(made.passedOver()).isEqualTo(words.size() - 1);
    }
  }

  private static SessionEvent walked(int sequence, int second, Payload payload) {
    return new SessionEvent(WALK, SAM, sequence, NOW.plusSeconds(second), payload);
  }

  @ParameterizedTest
  @CsvSource({"80, , , 80", "80, 90, , 90", "80, 90, 70.5, 90", "80, 90, -1, 90", "80, , 0, 0"})
  void scoreIsThatOfTheLastEndThatHasOne(
      @Nullable String completed,
      @Nullable String passed,
      @Nullable String terminated,
      Integer score) {
    var game =
        new OtherGame(WALK.toString(), NOW)
            .says(0, ADL + "initialized", "lesson", "zoo", "{}")
            .says(1, ADL + "completed", "lesson", "zoo", scored(completed))
            .says(2, ADL + "passed", "lesson", "zoo", scored(passed))
            .says(3, ADL + "terminated", "lesson", "zoo", scored(terminated));
    assertThat(decoded(others.of(game.statements())).getLast().payload())
        .isEqualTo(new Payload.SessionEnded(EndStatus.COMPLETED, null, score, null));
  }

  private static String scored(@Nullable String points) {
    return points == null ? "{}" : "{\"score\": {\"raw\": %s}}".formatted(points);
  }

  /** The statement with another value at this place; null: with none. */
  private static JsonNode changed(JsonNode statement, String pointer, @Nullable String value) {
    var changed = (ObjectNode) statement.deepCopy();
    var end = pointer.lastIndexOf('/');
    var parent = (ObjectNode) changed.at(pointer.substring(0, end));
    var name = pointer.substring(end + 1);
    if (value == null) {
      parent.remove(name);
    } else {
      parent.set(name, JSON.readTree(value));
    }
    return changed;
  }

  private static SessionEvent example(EventType type) {
    var path = "/examples/" + type.wireName() + ".json";
    try (var file = EventType.class.getResourceAsStream(path)) {
      return decoded(
          Envelope.structured(new RecordHeaders(), Objects.requireNonNull(file).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SessionEvent decoded(RandomEvent sent) {
    return decoded(
        Envelope.binary(
            List.of(
                entry("specversion", "1.0"),
                entry("id", "1"),
                entry("source", "/test"),
                entry("type", sent.type().wireName())),
            "application/json",
            sent.data().getBytes(UTF_8)));
  }

  private static List<SessionEvent> decoded(Events made) {
    return made.events().stream()
        .map(
            event ->
                decoded(
                    Envelope.structured(
                        new RecordHeaders(), event.cloudEvent().toString().getBytes(UTF_8))))
        .toList();
  }

  private static SessionEvent decoded(Envelope envelope) {
    try {
      return CODEC.decode(envelope).event();
    } catch (InvalidEventException e) {
      throw new AssertionError(e.detail(), e);
    }
  }
}
