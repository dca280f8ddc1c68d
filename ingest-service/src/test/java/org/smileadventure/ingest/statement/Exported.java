package org.smileadventure.ingest.statement;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as statements, and what comes back of them. */
final class Exported {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Statements STATEMENTS =
      new Statements(URI.create("https://smile.example.org"));

  /** What people write in words of their own, and what tells the device. */
  private static final List<String> LEFT_OUT =
      List.of(
          "deviceType",
          "deviceModel",
          "exitReason",
          "notes",
          "observedBehavior",
          "description",
          "category",
          "supportProvidedBy",
          "assistiveTechnologyUsed",
          "environmentalModifications",
          "sensoryAccommodations",
          "challengesEncountered",
          "strategiesUsed");

  private Exported() {}

  /** An array of them, as it is sent to a record store. */
  static byte[] json(Collection<SessionEvent> events) {
    return Statement.json(events.stream().map(STATEMENTS::of).toList());
  }

  static List<JsonNode> statements(Collection<SessionEvent> events) {
    return JSON.readTree(json(events)).valueStream().toList();
  }

  /** The id of the statement that is made of an event. */
  static String id(SessionEvent event) {
    return STATEMENTS.of(event).id().toString();
  }

  /** The event without what no statement has. */
  static SessionEvent imported(SessionEvent event) {
    var payload = (ObjectNode) JSON.valueToTree(event.payload());
    payload.remove(LEFT_OUT);
    return new SessionEvent(
        event.sessionId(),
        event.childId(),
        event.sequence(),
        event.occurredAt(),
        JSON.treeToValue(payload, event.type().payload()));
  }
}
