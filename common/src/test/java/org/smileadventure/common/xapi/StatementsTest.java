package org.smileadventure.common.xapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Envelope;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatementsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final URI HOME = URI.create("https://clinic.example.org");
  private static final SessionId SESSION = SessionId.parse("01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a");
  private static final ChildId SAM = new ChildId(7);
  private static final Instant START = Instant.parse("2026-11-20T15:04:00Z");
  private static final String EVENT = "https://smile.example.org/xapi/extensions/event";

  private static final String GAME =
      """
      {"objectType": "Activity", "id": "https://smile.example.org/xapi/game",
       "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/serious-game",
                      "name": {"en": "Smile Adventure"}}}
      """;

  private final Statements statements = new Statements(HOME);

  @Test
  void startInitializesTheGame() {
    var started =
        new Payload.SessionStarted(
            Payload.SessionType.DENTAL_VISIT,
            "dental_hygiene",
            "Dental hygiene routine",
            null,
            "tablet",
            "Tab 9",
            "2.3.1",
            "home",
            true,
            Payload.EmotionalState.ANXIOUS);

    assertThat(said(event(1, started)))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "e2612f16-9b71-3f15-94a8-b7b5aa261b2b",
                 "actor": {"objectType": "Agent",
                           "account": {"homePage": "https://clinic.example.org", "name": "7"}},
                 "verb": {"id": "http://adlnet.gov/expapi/verbs/initialized", "display": {"en": "initialized"}},
                 "object": {"objectType": "Activity", "id": "https://smile.example.org/xapi/game",
                            "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/serious-game",
                                           "name": {"en": "Smile Adventure"}}},
                 "context": {
                   "registration": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                   "contextActivities": {
                     "category": [{"objectType": "Activity", "id": "https://w3id.org/xapi/seriousgames/v1.0",
                                   "definition": {"type": "http://adlnet.gov/expapi/activities/profile"}}],
                     "grouping": [{"objectType": "Activity", "id": "https://smile.example.org/xapi/game",
                                   "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/serious-game",
                                                  "name": {"en": "Smile Adventure"}}}]},
                   "extensions": {
                     "https://smile.example.org/xapi/extensions/event": {
                       "type": "session.started",
                       "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                       "sequence": 1,
                       "data": {"sessionType": "dental_visit", "scenarioId": "dental_hygiene",
                                "scenarioName": "Dental hygiene routine", "appVersion": "2.3.1",
                                "environmentType": "home", "supportPersonPresent": true,
                                "initialEmotion": "anxious"}}}},
                 "timestamp": "2026-11-20T15:04:01Z"}
                """));
  }

  @Test
  void correctAnswerIsASuccessThatTookHundredthsOfASecond() {
    var answered =
        new Payload.InteractionRecorded("open_mouth", Payload.Outcome.CORRECT, 1_239, false);

    assertThat(said(event(2, answered)))
        .isEqualTo(
            statement(
                "e59957e9-cad6-3162-8d90-7ebfea412c0c",
                "7",
                2,
                """
                "verb": {"id": "http://adlnet.gov/expapi/verbs/interacted", "display": {"en": "interacted"}},
                "object": {"objectType": "Activity", "id": "https://smile.example.org/xapi/steps/open_mouth",
                           "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/item",
                                          "name": {"en": "open_mouth"}}},
                "result": {"success": true, "duration": "PT1.23S"}
                """,
                """
                {"type": "interaction.recorded", "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                 "sequence": 2,
                 "data": {"stepId": "open_mouth", "outcome": "correct", "responseTimeMs": 1239, "hintUsed": false}}
                """));
  }

  @Test
  void emotionIsExperienced() {
    var felt =
        new Payload.EmotionObserved(
            Payload.EmotionalState.OVERWHELMED, 5, "drill_sound", Payload.Indicator.STRESS);

    assertThat(said(event(3, felt)))
        .isEqualTo(
            statement(
                "db5162a6-eed8-3730-8f57-f844b2836a25",
                "7",
                3,
                """
                "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"en": "experienced"}},
                "object": {"objectType": "Activity", "id": "https://smile.example.org/xapi/emotions/overwhelmed",
                           "definition": {"type": "https://smile.example.org/xapi/activity-types/emotion",
                                          "name": {"en": "overwhelmed"}}}
                """,
                """
                {"type": "emotion.observed", "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                 "sequence": 3,
                 "data": {"state": "overwhelmed", "intensity": 5, "trigger": "drill_sound", "indicator": "stress"}}
                """));
  }

  @Test
  void levelIsCompletedWithItsPoints() {
    assertThat(said(event(4, new Payload.LevelCompleted(3, 120))))
        .isEqualTo(
            statement(
                "1e41c2fc-b90d-344f-8268-936069b17693",
                "7",
                4,
                """
                "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
                "object": {"objectType": "Activity", "id": "https://smile.example.org/xapi/levels/3",
                           "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/level",
                                          "name": {"en": "3"}}},
                "result": {"score": {"raw": 120}, "completion": true}
                """,
                """
                {"type": "level.completed", "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                 "sequence": 4, "data": {"level": 3, "score": 120}}
                """));
  }

  @Test
  void givenUpSessionAbandonsTheGame() {
    var end = new Payload.SessionEnded(Payload.EndStatus.ABANDONED, "timeout", null, null);

    assertThat(said(event(5, end)))
        .isEqualTo(
            statement(
                "2e40be91-cc48-334c-b68d-1d0809f6a994",
                "7",
                5,
                """
                "verb": {"id": "https://w3id.org/xapi/adl/verbs/abandoned", "display": {"en": "abandoned"}},
                "object": %s,
                "result": {"completion": false}
                """
                    .formatted(GAME),
                """
                {"type": "session.ended", "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                 "sequence": 5, "data": {"status": "abandoned"}}
                """));
  }

  @Test
  void guardianRatesAndTheirNotesStayHere() {
    var rated = new Payload.ParentRated(4, "Held still", Map.of("engaged", true));

    assertThat(said(event(6, rated)))
        .isEqualTo(
            statement(
                "9f8dcc9e-5c53-359a-b5fb-38bf5532a1a0",
                "7/guardian",
                6,
                """
                "verb": {"id": "http://id.tincanapi.com/verb/rated", "display": {"en": "rated"}},
                "object": %s,
                "result": {"score": {"raw": 4, "min": 1, "max": 5}}
                """
                    .formatted(GAME),
                """
                {"type": "parent.rated", "sessionId": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
                 "sequence": 6, "data": {"rating": 4}}
                """));
  }

  @Test
  void whatHasNeitherRightNorWrongNorATimeHasNoResult() {
    var done =
        said(event(2, new Payload.InteractionRecorded(null, Payload.Outcome.NEUTRAL, null, null)));
    assertThat(done.has("result")).isFalse();
    assertThat(done.path("object")).isEqualTo(JSON.readTree(GAME));
    var quick =
        said(event(2, new Payload.InteractionRecorded(null, Payload.Outcome.NEUTRAL, 9, null)));
    assertThat(quick.path("result")).isEqualTo(JSON.readTree("{\"duration\": \"PT0S\"}"));
  }

  @Test
  void nameOfAnythingIsAnAddress() {
    var used = said(event(2, new Payload.RegulationUsed("deep breaths / 🦷", 3, true)));
    assertThat(used.at("/object/id").stringValue())
        .isEqualTo("https://smile.example.org/xapi/strategies/deep%20breaths%20%2F%20%F0%9F%A6%B7");
    assertThat(used.at("/object/definition/name/en").stringValue()).isEqualTo("deep breaths / 🦷");
    var id = said(event(2, new Payload.AchievementUnlocked("\u0001#?\"<>"))).at("/object/id");
    assertThat(URI.create(id.stringValue())).hasNoQuery().hasNoFragment();
  }

  @Test
  void eventThatIsAskedForAgainHasTheSameIdAndAnyOtherAnotherOne() {
    var event = event(2, new Payload.HelpRequested("step-1"));
    var id = statements.of(event).id();

    assertThat(new Statements(HOME).of(event)).isEqualTo(statements.of(event));
    assertThat(
            List.of(
                new Statements(URI.create("https://school.example.org")).of(event).id(),
                statements.of(event(3, event.payload())).id(),
                statements.of(with(new ChildId(8), SESSION)).id(),
                statements
                    .of(with(SAM, SessionId.parse("01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8b")))
                    .id()))
        .doesNotContain(id)
        .doesNotHaveDuplicates();
  }

  private static SessionEvent with(ChildId child, SessionId session) {
    return new SessionEvent(session, child, 2, START, new Payload.HelpRequested("step-1"));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfEventHasAStatementWithTheEventInIt(EventType type) throws Exception {
    var event = example(type);

    var said = said(event);

    assertThat(UUID.fromString(said.path("id").stringValue())).isEqualTo(statements.of(event).id());
    assertThat(said.at("/context/registration").stringValue())
        .isEqualTo(event.sessionId().toString());
    assertThat(Instant.parse(said.path("timestamp").stringValue())).isEqualTo(event.occurredAt());
    for (var iri : List.of("/verb/id", "/object/id", "/object/definition/type")) {
      assertThat(URI.create(said.at(iri).stringValue()).isAbsolute()).as(iri).isTrue();
    }
    var told = said.at("/context/extensions").path(EVENT);
    assertThat(told.path("type").stringValue()).isEqualTo(type.wireName());
    assertThat(told.path("sessionId").stringValue()).isEqualTo(event.sessionId().toString());
    assertThat(told.path("sequence").intValue()).isEqualTo(event.sequence());
    assertThat(told.path("data").isObject()).isTrue();
    assertThat(said.has("version")).isFalse();
    assertThat(said.toString()).doesNotContain("null");
  }

  @ParameterizedTest
  @EnumSource
  void wordsOfPeopleAndTheirDeviceAreInNoStatement(EventType type) throws Exception {
    assertThat(said(example(type)).toString())
        .doesNotContain(
            "Held still the whole time",
            "engaged",
            "signs",
            "In the evening, with the song",
            "Better than yesterday",
            "healthcare",
            "timer",
            "dimmed_light",
            "soft_brush",
            "taste",
            "counting",
            "normal_completion",
            "tablet",
            "Tab 9");
  }

  @Test
  void activityKeepsItsNameAndWhatIsChosenOrCounted() throws Exception {
    var told = said(example(EventType.ACTIVITY_RECORDED)).at("/context/extensions").path(EVENT);
    assertThat(told.path("data").propertyNames())
        .containsExactlyInAnyOrder(
            "activityType",
            "activityName",
            "pointsEarned",
            "difficultyLevel",
            "startedAt",
            "completedAt",
            "durationMinutes",
            "emotionalStateBefore",
            "emotionalStateAfter",
            "anxietyLevelBefore",
            "anxietyLevelAfter",
            "supportLevelNeeded",
            "environmentType",
            "completionStatus",
            "successRating");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "c", "f"})
  void sessionIdThatRecordStoresRefuseIsRegisteredUnderAnotherUuid(String variant) {
    var session = SessionId.parse("01a1f97c-5f00-7c3a-" + variant + "b1f-2f4e5d6c7b8a");

    var said = said(with(SAM, session));

    var registration = UUID.fromString(said.at("/context/registration").stringValue());
    assertThat(registration.variant()).isEqualTo(2);
    assertThat(registration)
        .as("that of all events of the session")
        .isEqualTo(statements.of(with(new ChildId(8), session)).context().registration());
    assertThat(said.at("/context/extensions").path(EVENT).path("sessionId").stringValue())
        .isEqualTo(session.toString());
  }

  @Test
  void pageHasTheFormOfARecordStoresAnswer() {
    assertThat(JSON.readTree(new Statement.Page(List.of(), "").json()))
        .isEqualTo(JSON.readTree("{\"statements\": [], \"more\": \"\"}"));
    var help = statements.of(event(2, new Payload.HelpRequested(null)));
    assertThat(JSON.readTree(new Statement.Page(List.of(help), "/more").json()))
        .isEqualTo(
            JSON.createObjectNode()
                .put("more", "/more")
                .set("statements", JSON.readTree(Statement.json(List.of(help)))));
  }

  private static SessionEvent event(int sequence, Payload payload) {
    return new SessionEvent(SESSION, SAM, sequence, START.plusSeconds(sequence), payload);
  }

  private static SessionEvent example(EventType type) throws IOException, InvalidEventException {
    var path = "/examples/" + type.wireName() + ".json";
    try (var file = EventType.class.getResourceAsStream(path)) {
      var envelope =
          Envelope.structured(new RecordHeaders(), Objects.requireNonNull(file).readAllBytes());
      return new EventCodec(InstantSource.fixed(START.plusSeconds(86_400)))
          .decode(envelope)
          .event();
    }
  }

  private JsonNode said(SessionEvent event) {
    return JSON.readTree(Statement.json(List.of(statements.of(event)))).get(0);
  }

  /**
   * A statement as JSON.
   *
   * @param did its verb, object and result
   */
  private static JsonNode statement(
      String id, String actor, int sequence, String did, String event) {
    return JSON.readTree(
        """
        {"id": "%s",
         "actor": {"objectType": "Agent", "account": {"homePage": "https://clinic.example.org", "name": "%s"}},
         %s,
         "context": {
           "registration": "01a1f97c-5f00-7c3a-9b1f-2f4e5d6c7b8a",
           "contextActivities": {
             "category": [{"objectType": "Activity", "id": "https://w3id.org/xapi/seriousgames/v1.0",
                           "definition": {"type": "http://adlnet.gov/expapi/activities/profile"}}],
             "grouping": [%s]},
           "extensions": {"https://smile.example.org/xapi/extensions/event": %s}},
         "timestamp": "%s"}
        """
            .formatted(id, actor, did, GAME, event, START.plusSeconds(sequence)));
  }
}
