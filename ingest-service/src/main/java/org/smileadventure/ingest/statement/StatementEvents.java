package org.smileadventure.ingest.statement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.xapi.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes events of statements, session by session. The same statements give the same events each
 * time, so that importing them twice stores nothing twice.
 *
 * <p>A statement that was made of one of our events has it with it. Statements of other games have
 * no number in their session: they are counted by their time, from 2 on, as 1 is the start's. So a
 * session has to be imported whole: a statement that is found later takes the number of another.
 */
final class StatementEvents {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_NAME = 200;
  private static final long LONGEST_RESPONSE = 86_400_000;

  private final Map<String, Long> children;
  private final @Nullable String sessionType;

  /**
   * @param children the numbers of children, by how actors are known; one that is not there is its
   *     own number
   * @param sessionType what sessions of other games are about; null: they are refused
   */
  StatementEvents(Map<String, Long> children, @Nullable String sessionType) {
    this.children = children;
    this.sessionType = sessionType;
  }

  /** An event as the collector takes it, and the statement that it was made of. */
  record Event(String statement, ObjectNode cloudEvent) {
    /** How many bytes it has as JSON. */
    int size() {
      return JSON.writeValueAsBytes(cloudEvent).length;
    }
  }

  /** A statement that no event can be made of, and why. */
  record Refusal(String statement, String why) {}

  /**
   * What came of statements.
   *
   * @param passedOver statements of which our events have no counterpart
   */
  record Events(List<Event> events, List<Refusal> refused, int passedOver) {}

  private record Session(String actor, UUID registration) {}

  Events of(List<JsonNode> statements) {
    var refused = new ArrayList<Refusal>();
    var sessions = new LinkedHashMap<Session, Map<String, ReceivedStatement>>();
    for (int i = 0; i < statements.size(); i++) {
      var name = "statement " + (i + 1);
      try {
        var statement = ReceivedStatement.of(statements.get(i), name);
        var session =
            new Session(statement.actor().replaceFirst("/guardian$", ""), statement.registration());
        sessions
            .computeIfAbsent(session, _ -> new LinkedHashMap<>())
            .putIfAbsent(statement.id(), statement);
      } catch (IllegalArgumentException e) {
        var id = statements.get(i).at("/id").asString(name);
        refused.add(new Refusal(id, String.valueOf(e.getMessage())));
      }
    }
    var events = new ArrayList<Event>();
    int passedOver = 0;
    for (var session : sessions.entrySet()) {
      var child = child(session.getKey().actor());
      var made = child.map(number -> events(number, session.getKey(), session.getValue().values()));
      if (made.isEmpty()) {
        session.getValue().values().stream().map(this::unknownChild).forEach(refused::add);
      } else if (made.get().isEmpty() && sessionType == null) {
        session.getValue().values().stream().map(StatementEvents::untyped).forEach(refused::add);
      } else {
        events.addAll(made.get());
        passedOver += session.getValue().size() - made.get().size();
      }
    }
    return new Events(events, refused, passedOver);
  }

  private Optional<Long> child(String actor) {
    return Optional.ofNullable(children.get(actor))
        .or(
            () ->
                actor.matches("[1-9][0-9]{0,17}")
                    ? Optional.of(Long.valueOf(actor))
                    : Optional.empty());
  }

  private Refusal unknownChild(ReceivedStatement statement) {
    return new Refusal(
        statement.id(),
        "actor is no child's number; say with --child NAME=NUMBER which child it is");
  }

  private static Refusal untyped(ReceivedStatement statement) {
    return new Refusal(
        statement.id(),
        "it is of another game; say with --session-type what its sessions are about");
  }

  private List<Event> events(
      long child, Session session, Collection<ReceivedStatement> statements) {
    var ours = new ArrayList<Event>();
    var others = new ArrayList<ReceivedStatement>();
    for (var statement : statements) {
      var event = statement.said().at("/context/extensions").get(Vocabulary.EVENT);
      if (event != null && event.at("/data").isObject()) {
        ours.add(
            event(
                statement,
                child,
                event.at("/sessionId").asString(""),
                event.at("/sequence").asInt(0),
                event.at("/type").asString(""),
                (ObjectNode) event.get("data")));
      } else {
        others.add(statement);
      }
    }
    if (!others.isEmpty() && sessionType != null) {
      others.sort(
          Comparator.comparing(ReceivedStatement::timestamp).thenComparing(ReceivedStatement::id));
      ours.addAll(ofAnotherGame(child, session.registration(), others));
    }
    return ours;
  }

  private List<Event> ofAnotherGame(
      long child, UUID registration, List<ReceivedStatement> statements) {
    var id = sessionId(registration, statements.getFirst().timestamp()).toString();
    var started =
        statements.stream().filter(s -> s.verb().equals(Vocabulary.INITIALIZED)).findFirst();
    var events = new ArrayList<Event>();
    int sequence = 1;
    for (var statement : statements) {
      if (started.filter(first -> first.equals(statement)).isPresent()) {
        events.add(event(statement, child, id, 1, "session.started", start(statement)));
        continue;
      }
      var isOfTheGame =
          statement.isOfAGame()
              || started.filter(first -> first.object().equals(statement.object())).isPresent();
      var said = said(statement, isOfTheGame);
      if (said != null) {
        events.add(event(statement, child, id, ++sequence, said.type, said.data));
      }
    }
    return events;
  }

  /** A type of event, and its data. */
  private record Said(String type, ObjectNode data) {}

  /** Null: our events have no counterpart. */
  private static @Nullable Said said(ReceivedStatement statement, boolean isOfTheGame) {
    var word = statement.verb().substring(statement.verb().lastIndexOf('/') + 1);
    return switch (word) {
      case "suspended" -> new Said("session.paused", JSON.createObjectNode());
      case "resumed" -> new Said("session.resumed", JSON.createObjectNode());
      case "completed", "passed", "failed", "terminated", "abandoned" ->
          isOfTheGame ? ended(statement, word) : level(statement);
      case "unlocked" ->
          new Said(
              "achievement.unlocked",
              JSON.createObjectNode().put("id", cut(statement.objectKey(), LONGEST_KEY)));
      case "answered", "selected", "interacted", "used", "attempted" -> interaction(statement);
      default -> null;
    };
  }

  private ObjectNode start(ReceivedStatement statement) {
    var data =
        JSON.createObjectNode()
            .put("sessionType", sessionType)
            .put("scenarioName", cut(statement.objectName(), LONGEST_NAME));
    putKey(data, "scenarioId", statement);
    return data;
  }

  private static Said ended(ReceivedStatement statement, String word) {
    var data =
        JSON.createObjectNode()
            .put(
                "status",
                switch (word) {
                  case "abandoned" -> "abandoned";
                  case "terminated" -> "interrupted";
                  default -> "completed";
                });
    putPoints(data, statement);
    return new Said("session.ended", data);
  }

  /** Null: it is not told which level it was. */
  private static @Nullable Said level(ReceivedStatement statement) {
    var number = statement.objectKey().replaceFirst("^.*?([0-9]{1,4})$", "$1");
    if (!number.matches("[1-9][0-9]{0,3}")) {
      return null;
    }
    var data = JSON.createObjectNode().put("level", Integer.parseInt(number));
    putPoints(data, statement);
    return new Said("level.completed", data);
  }

  private static void putPoints(ObjectNode data, ReceivedStatement statement) {
    var points = statement.points();
    if (points != null && points >= 0) {
      data.put("score", points);
    }
  }

  private static Said interaction(ReceivedStatement statement) {
    var success = statement.success();
    var data =
        JSON.createObjectNode()
            .put("outcome", success == null ? "neutral" : success ? "correct" : "incorrect");
    putKey(data, "stepId", statement);
    var took = statement.millis();
    if (took != null && took >= 0 && took <= LONGEST_RESPONSE) {
      data.put("responseTimeMs", took);
    }
    return new Said("interaction.recorded", data);
  }

  private static void putKey(ObjectNode data, String field, ReceivedStatement statement) {
    if (!statement.objectKey().isBlank()) {
      data.put(field, cut(statement.objectKey(), LONGEST_KEY));
    }
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static Event event(
      ReceivedStatement statement,
      long child,
      String session,
      int sequence,
      String type,
      ObjectNode data) {
    var told =
        data.deepCopy()
            .put("sessionId", session)
            .put("childId", child)
            .put("sequence", sequence)
            .put("occurredAt", statement.timestamp().toString());
    var event =
        JSON.createObjectNode()
            .put("specversion", "1.0")
            .put("id", session + "/" + sequence)
            .put("source", "/xapi")
            .put("type", type)
            .put("datacontenttype", "application/json");
    event.set("data", told);
    return new Event(statement.id(), event);
  }

  /**
   * A registration that is a UUID of version 7 is the session's id. Of another one are made the
   * last 62 bits and twelve before, after the moment of the first statement.
   */
  private static UUID sessionId(UUID registration, Instant first) {
    if (registration.version() == 7) {
      return registration;
    }
    return new UUID(
        (first.toEpochMilli() << 16)
            | 0x7000
            | ((registration.getMostSignificantBits() >>> 20) & 0x0FFF),
        (registration.getLeastSignificantBits() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
  }
}
