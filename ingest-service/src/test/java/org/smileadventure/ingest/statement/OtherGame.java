package org.smileadventure.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session of a game of others, told as the trackers of e-UCM for serious games tell it. */
final class OtherGame {
  static final String ADL = "http://adlnet.gov/expapi/verbs/";
  static final String GAMES = "https://w3id.org/xapi/seriousgames/verbs/";
  static final String ADB = "https://w3id.org/xapi/adb/verbs/";

  private static final Instant VISIT = Instant.parse("2026-11-20T15:04:00Z");
  private static final SessionId VISITED = SessionId.parse("01a1f97c-5f00-74c5-8a9b-0c1d2e3f4a5b");

  private final String registration;
  private final Instant start;
  private final List<JsonNode> statements = new ArrayList<>();

  OtherGame(String registration, Instant start) {
    this.registration = registration;
    this.start = start;
  }

  /** A visit to the dentist, of five events; two statements have no counterpart. */
  static OtherGame visit() {
    return new OtherGame("6f1d2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b", VISIT)
        .says(0, ADL + "initialized", "serious-game", "dentist", "{}")
        .says(2, GAMES + "accessed", "screen", "waiting-room", "{}")
        .says(
            5,
            ADB + "selected",
            "question",
            "open-mouth",
            "{\"response\": \"wide\", \"success\": true, \"duration\": \"PT2.5S\"}")
        .says(9, ADB + "selected", "question", "rinse", "{\"success\": false}")
        .says(
            20,
            ADL + "completed",
            "level",
            "level-1",
            "{\"score\": {\"raw\": 60, \"min\": 0, \"max\": 100}, \"success\": true, \"completion\": true,"
                + " \"duration\": \"PT16.2S\"}")
        .says(
            30,
            ADL + "progressed",
            "serious-game",
            "dentist",
            "{\"extensions\": {\"https://w3id.org/xapi/seriousgames/extensions/progress\": 0.5}}")
        .says(
            40,
            ADL + "completed",
            "serious-game",
            "dentist",
            "{\"score\": {\"raw\": 80.0}, \"success\": true, \"completion\": true}");
  }

  /** The events of the visit. */
  static List<SessionEvent> visitOf(ChildId child) {
    return List.of(
        of(child, 1, 0, started("dentist")),
        of(
            child,
            2,
            5,
            new Payload.InteractionRecorded("open-mouth", Payload.Outcome.CORRECT, 2_500, null)),
        of(
            child,
            3,
            9,
            new Payload.InteractionRecorded("rinse", Payload.Outcome.INCORRECT, null, null)),
        of(child, 4, 20, new Payload.LevelCompleted(1, 60)),
        of(child, 5, 40, new Payload.SessionEnded(Payload.EndStatus.COMPLETED, null, 80, null)));
  }

  private static SessionEvent of(ChildId child, int sequence, int second, Payload payload) {
    return new SessionEvent(VISITED, child, sequence, VISIT.plusSeconds(second), payload);
  }

  /** The start of a session that is imported as a dental visit. */
  static Payload started(String game) {
    return new Payload.SessionStarted(
        Payload.SessionType.DENTAL_VISIT,
        game,
        "The " + game,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * A statement.
   *
   * @param second since the start
   * @param type of the object
   * @param result as JSON
   */
  OtherGame says(int second, String verb, String type, String object, String result) {
    statements.add(
        JsonMapper.shared()
            .readTree(
                """
                {"id": "%s",
                 "actor": {"objectType": "Agent", "account": {"homePage": "https://games.example.org/", "name": "sam"}},
                 "verb": {"id": "%s"},
                 "object": {"objectType": "Activity", "id": "https://games.example.org/play/%s",
                            "definition": {"type": "https://w3id.org/xapi/seriousgames/activity-types/%s",
                                           "name": {"en-US": "The %s"}}},
                 "result": %s,
                 "context": {"registration": "%s",
                             "contextActivities": {"category": [{"id": "https://w3id.org/xapi/seriousgames/v1.0"}]}},
                 "timestamp": "%s"}
                """
                    .formatted(
                        UUID.nameUUIDFromBytes(
                            (registration + "/" + statements.size()).getBytes(UTF_8)),
                        verb,
                        object,
                        type,
                        object,
                        result,
                        registration,
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            start.plusSeconds(second).atOffset(ZoneOffset.ofHours(1))))));
    return this;
  }

  List<JsonNode> statements() {
    return List.copyOf(statements);
  }

  /** The one that was said at last. */
  JsonNode last() {
    return statements.getLast();
  }
}
