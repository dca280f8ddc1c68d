package org.smileadventure.common.event;

import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way to spoil the data of a valid event.
 *
 * @param field what the rejection has to name
 */
record InvalidData(String what, EventType type, String field, Consumer<ObjectNode> spoil) {

  static Stream<InvalidData> all() {
    return Stream.of(
        // the fields that every event has
        missing("sessionId"),
        any("sessionId is a number", "sessionId", data -> data.put("sessionId", 7)),
        any("sessionId is not a UUID", "sessionId", data -> data.put("sessionId", "s-1")),
        any(
            "sessionId is a UUID of version 4",
            "sessionId",
            data -> data.put("sessionId", "9b2c3d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d")),
        missing("childId"),
        any("childId is 0", "childId", data -> data.put("childId", 0)),
        any("childId is negative", "childId", data -> data.put("childId", -1)),
        any("childId is a string", "childId", data -> data.put("childId", "7")),
        any("childId is null", "childId", data -> data.putNull("childId")),
        any(
            "childId is beyond a long",
            "childId",
            data -> data.set("childId", number("9223372036854775808"))),
        missing("sequence"),
        any("sequence is 0", "sequence", data -> data.put("sequence", 0)),
        any("sequence is 1.5", "sequence", data -> data.put("sequence", 1.5)),
        any("sequence is beyond an int", "sequence", data -> data.put("sequence", 2147483648L)),
        any("sequence is beyond its bound", "sequence", data -> data.put("sequence", 100_001)),
        missing("occurredAt"),
        any("occurredAt is a number", "occurredAt", data -> data.put("occurredAt", 1772359200)),
        any("occurredAt is a word", "occurredAt", data -> data.put("occurredAt", "yesterday")),
        any(
            "occurredAt has no offset",
            "occurredAt",
            data -> data.put("occurredAt", "2026-03-01T10:00:00")),
        any(
            "occurredAt is beyond the years of RFC 3339",
            "occurredAt",
            data -> data.put("occurredAt", "-4714-01-01T00:00:00Z")),

        // session.started
        missing(EventType.SESSION_STARTED, "sessionType"),
        with(EventType.SESSION_STARTED, "sessionType", "dental_care"),
        with(EventType.SESSION_STARTED, "sessionType", "DENTAL_VISIT"),
        with(EventType.SESSION_STARTED, "sessionType", ""),
        with(EventType.SESSION_STARTED, "sessionType", 0),
        missing(EventType.SESSION_STARTED, "scenarioName"),
        with(EventType.SESSION_STARTED, "scenarioName", " "),
        with(EventType.SESSION_STARTED, "scenarioName", 5),
        with(EventType.SESSION_STARTED, "scenarioName", true),
        with(EventType.SESSION_STARTED, "scenarioName", 1.5),
        with(EventType.SESSION_STARTED, "scenarioName", "x".repeat(201)),
        with(EventType.SESSION_STARTED, "scenarioId", ""),
        with(EventType.SESSION_STARTED, "supportPersonPresent", "true"),
        with(EventType.SESSION_STARTED, "supportPersonPresent", 1),
        with(EventType.SESSION_STARTED, "initialEmotion", "sleepy"),

        // interaction.recorded
        missing(EventType.INTERACTION_RECORDED, "outcome"),
        with(EventType.INTERACTION_RECORDED, "outcome", "right"),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", "1250"),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", -1),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", 86_400_001),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", 99_999_999_999L),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", 12.5),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", true),
        with(EventType.INTERACTION_RECORDED, "responseTimeMs", ""),

        // the others
        with(EventType.HELP_REQUESTED, "stepId", "x".repeat(101)),
        missing(EventType.EMOTION_OBSERVED, "state"),
        missing(EventType.EMOTION_OBSERVED, "intensity"),
        with(EventType.EMOTION_OBSERVED, "intensity", 0),
        with(EventType.EMOTION_OBSERVED, "intensity", 6),
        with(EventType.EMOTION_OBSERVED, "indicator", "bad"),
        missing(EventType.REGULATION_USED, "childInitiated"),
        with(EventType.REGULATION_USED, "effectiveness", 6),
        with(EventType.LEVEL_COMPLETED, "level", 0),
        with(EventType.LEVEL_COMPLETED, "score", -1),
        missing(EventType.ACHIEVEMENT_UNLOCKED, "id"),
        with(EventType.PROGRESS_MARKED, "id", "eye_contact"),
        with(EventType.PROGRESS_MARKED, "id", "social_"),
        missing(EventType.SESSION_ENDED, "status"),
        with(EventType.SESSION_ENDED, "status", "in_progress"),
        with(EventType.SESSION_ENDED, "score", 1_000_001),
        with(EventType.PARENT_RATED, "rating", 6),
        with(EventType.PARENT_RATED, "notes", "x".repeat(1001)),
        with(EventType.PARENT_RATED, "observedBehavior", "calm"),
        with(EventType.PARENT_RATED, "observedBehavior", ""),
        new InvalidData(
            "observedBehavior is an array",
            EventType.PARENT_RATED,
            "observedBehavior",
            data -> data.putArray("observedBehavior")),
        with(EventType.ACTIVITY_RECORDED, "activityName", "x"),
        with(EventType.ACTIVITY_RECORDED, "pointsEarned", 101),
        with(EventType.ACTIVITY_RECORDED, "durationMinutes", 481),
        with(EventType.ACTIVITY_RECORDED, "anxietyLevelBefore", 11),
        with(EventType.ACTIVITY_RECORDED, "completionStatus", "in_progress"),
        with(EventType.ACTIVITY_RECORDED, "startedAt", 5),
        with(EventType.ACTIVITY_RECORDED, "startedAt", ""),
        with(EventType.ACTIVITY_RECORDED, "completedAt", "1772359200"),
        with(EventType.ACTIVITY_RECORDED, "completedAt", "2026-03-01T10:00:00"),
        with(EventType.ACTIVITY_RECORDED, "strategiesUsed", "counting"),
        new InvalidData(
            "strategiesUsed has an item that is too long",
            EventType.ACTIVITY_RECORDED,
            "strategiesUsed",
            data -> data.putArray("strategiesUsed").add("counting").add("x".repeat(101))),
        new InvalidData(
            "strategiesUsed has a blank item",
            EventType.ACTIVITY_RECORDED,
            "strategiesUsed",
            data -> data.putArray("strategiesUsed").add(" ")),
        new InvalidData(
            "strategiesUsed has a null",
            EventType.ACTIVITY_RECORDED,
            "strategiesUsed",
            data -> data.putArray("strategiesUsed").addNull()),
        new InvalidData(
            "strategiesUsed has 51 items",
            EventType.ACTIVITY_RECORDED,
            "strategiesUsed",
            data -> {
              var items = data.putArray("strategiesUsed");
              for (int i = 0; i < 51; i++) {
                items.add("counting");
              }
            }));
  }

  private static InvalidData any(String what, String field, Consumer<ObjectNode> spoil) {
    return new InvalidData(what, EventType.HELP_REQUESTED, field, spoil);
  }

  private static InvalidData missing(String field) {
    return missing(EventType.HELP_REQUESTED, field);
  }

  private static InvalidData missing(EventType type, String field) {
    return new InvalidData(field + " is missing", type, field, data -> data.remove(field));
  }

  private static InvalidData with(EventType type, String field, Object value) {
    return new InvalidData(
        "%s is %s %.30s".formatted(field, value.getClass().getSimpleName(), value),
        type,
        field,
        data -> data.putPOJO(field, value));
  }

  private static JsonNode number(String digits) {
    return JsonNodeFactory.instance.numberNode(new BigInteger(digits));
  }

  @Override
  public String toString() {
    return type.wireName() + ": " + what;
  }
}
