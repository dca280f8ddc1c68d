package org.smileadventure.ingest.statement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final String COMPLETED = "completed";
  private static final String PASSED = "passed";
  private static final String FAILED = "failed";
  private static final String TERMINATED = "terminated";
  private static final String ABANDONED = "abandoned";
  private static final Set<String> ENDS = Set.of(COMPLETED, PASSED, FAILED, TERMINATED, ABANDONED);
  private static final Pattern LEVEL = Pattern.compile("(?:.*[^0-9])?([1-9][0-9]{0,3})");
  private static final Pattern UUID_AT_THE_END =
      Pattern.compile(".*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_NAME = 200;
  private static final long LONGEST_RESPONSE = 86_400_000;

  private final Map<String, Long> children;
  private final @Nullable String sessionType;

  /**
   * @param children the numbers of children, by how actors are known; the actor of one of our own
   *     statements that is not there is its own number
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

  /** A session of another game. */
  private record Session(long child, UUID registration) {}

  Events of(List<JsonNode> statements) {
    var events = new ArrayList<Event>();
    var refused = new ArrayList<Refusal>();
    var sessions = new LinkedHashMap<Session, Map<String, ReceivedStatement>>();
    for (int i = 0; i < statements.size(); i++) {
      var name = "statement " + (i + 1);
      try {
        var statement = ReceivedStatement.of(statements.get(i), name);
        var ours = statement.event();
        if (ours != null) {
          events.add(ours(statement, ours));
        } else {
          sessions
              .computeIfAbsent(session(statement), _ -> new LinkedHashMap<>())
              .putIfAbsent(statement.id(), statement);
        }
      } catch (IllegalArgumentException e) {
        var id = statements.get(i).at("/id").asString(name);
        refused.add(new Refusal(id, String.valueOf(e.getMessage())));
      }
    }
    int passedOver = 0;
    for (var session : sessions.entrySet()) {
      var made = ofAnotherGame(session.getKey(), session.getValue().values());
      events.addAll(made);
      passedOver += session.getValue().size() - made.size();
    }
    return new Events(events, refused, passedOver);
  }

  /** Its actor is a child's number here, unless it is said to be another child. */
  private Event ours(ReceivedStatement statement, JsonNode event) {
    var actor = statement.actor().replaceFirst("/guardian$", "");
    var child = children.get(actor);
    if (child == null && !actor.matches("[1-9][0-9]{0,17}")) {
      throw unknownChild();
    }
    return event(
        statement,
        child == null ? Long.parseLong(actor) : child,
        event.at("/sessionId").asString(""),
        event.at("/sequence").asInt(0),
        event.at("/type").asString(""),
        (ObjectNode) event.get("data"));
  }

  private Session session(ReceivedStatement statement) {
    var child = children.get(statement.actor());
    if (child == null) {
      throw unknownChild();
    }
    if (sessionType == null) {
      throw new IllegalArgumentException(
          "it is of another game; say with --session-type what its sessions are about");
    }
    return new Session(child, statement.registration());
  }

  private static IllegalArgumentException unknownChild() {
    return new IllegalArgumentException(
        "actor is no child; say with --child NAME=NUMBER which child it is");
  }

  private List<Event> ofAnotherGame(Session session, Collection<ReceivedStatement> received) {
    var statements =
        received.stream()
            .sorted(
                Comparator.comparing(ReceivedStatement::timestamp)
                    .thenComparing(ReceivedStatement::id))
            .toList();
    var id = sessionId(session.registration, statements.getFirst().timestamp()).toString();
    var started =
        statements.stream().filter(s -> s.verb().equals(Vocabulary.INITIALIZED)).findFirst();
    var ends = statements.stream().filter(s -> isEnd(s, started)).toList();
    var events = new ArrayList<Event>();
    int sequence = 1;
    for (var statement : statements) {
      if (started.filter(statement::equals).isPresent()) {
        events.add(event(statement, session.child, id, 1, "session.started", start(statement)));
        continue;
      }
      var said =
          !ends.contains(statement)
              ? said(statement)
              : statement.equals(ends.getLast()) ? ended(ends) : null;
      if (said != null) {
        events.add(event(statement, session.child, id, ++sequence, said.type, said.data));
      }
    }
    return events;
  }

  /** Whether it ends the whole game. */
  private static boolean isEnd(ReceivedStatement statement, Optional<ReceivedStatement> started) {
    return ENDS.contains(statement.word())
        && (statement.isOf("serious-game")
            || started.filter(first -> first.object().equals(statement.object())).isPresent());
  }

  /** A type of event, and its data. */
  private record Said(String type, ObjectNode data) {}

  /** Null: our events have no counterpart. */
  private static @Nullable Said said(ReceivedStatement statement) {
    return switch (statement.word()) {
      case "suspended" -> new Said("session.paused", JSON.createObjectNode());
      case "resumed" -> new Said("session.resumed", JSON.createObjectNode());
      case COMPLETED, PASSED, FAILED -> statement.isOf("level") ? level(statement) : null;
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

  /**
   * One end of all that end a game: there are launchers that say first how it went, and then that
   * it is over.
   */
  private static Said ended(List<ReceivedStatement> ends) {
    var words = ends.stream().map(ReceivedStatement::word).collect(Collectors.toSet());
    var data =
        JSON.createObjectNode()
            .put(
                "status",
                words.contains(ABANDONED)
                    ? "abandoned"
                    : words.equals(Set.of(TERMINATED)) ? "interrupted" : "completed");
    ends.forEach(end -> putPoints(data, end));
    return new Said("session.ended", data);
  }

  /** Null: it is not told which level it was. */
  private static @Nullable Said level(ReceivedStatement statement) {
    var number = LEVEL.matcher(statement.objectKey());
    if (!number.matches() || UUID_AT_THE_END.matcher(statement.objectKey()).matches()) {
      return null;
    }
    var data = JSON.createObjectNode().put("level", Integer.parseInt(number.group(1)));
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
   * A registration that is a UUID of version 7 is the session's id. From another UUID one is made:
   * the moment of the first statement, then the bits of the registration.
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
