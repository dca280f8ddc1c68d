package org.smileadventure.batch.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.smileadventure.common.xapi.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of an event is said, and under which id. */
class StatementsTest {
  private static final int OF_EACH_TYPE = 30;
  private static final ChildId SAM = new ChildId(433);
  private static final String CANARY = "Qvintessa";

  private final Statements statements = new Statements(URI.create("https://smile.example.org"));

  @ParameterizedTest
  @EnumSource
  void statementThatIsMadeAgainIsTheSame(EventType type) {
    for (var event : AnyEvents.random(type, SAM, OF_EACH_TYPE)) {
      var once = json(event);
      assertThat(json(event)).isEqualTo(once);
      var chunk = EventChunk.write(List.of(DecodedEvent.of(event)));
      var stored = EventChunk.read(event.sessionId(), event.childId(), chunk).getFirst();
      assertThat(json(stored)).as("after it was stored").isEqualTo(once);
    }
  }

  @Test
  void eachEventHasAnIdOfItsOwn() {
    var ids =
        Stream.of(EventType.values())
            .flatMap(type -> AnyEvents.random(type, SAM, OF_EACH_TYPE).stream())
            .map(event -> statements.of(event).id())
            .toList();
    assertThat(ids).hasSize(EventType.values().length * OF_EACH_TYPE).doesNotHaveDuplicates();
  }

  @Test
  void idIsOfTheSystemTheChildTheSessionAndTheSequence() {
    var event = AnyEvents.example(EventType.EMOTION_OBSERVED);
    var id = statements.of(event).id();
    var most = event.sessionId().value().getMostSignificantBits();
    var otherSession = new SessionId(new UUID(most, 0x8000_0000_0000_0001L));
    assertThat(
            Stream.of(
                id,
                id(event.sessionId(), new ChildId(434), event.sequence(), event),
                id(otherSession, event.childId(), event.sequence(), event),
                id(event.sessionId(), event.childId(), event.sequence() + 1, event),
                new Statements(URI.create("https://other.example.org")).of(event).id()))
        .doesNotHaveDuplicates();
    assertThat(id(event.sessionId(), event.childId(), event.sequence(), event)).isEqualTo(id);
  }

  private UUID id(SessionId session, ChildId child, int sequence, SessionEvent event) {
    return statements
        .of(new SessionEvent(session, child, sequence, event.occurredAt(), event.payload()))
        .id();
  }

  @Test
  void childIsAnAccountOfTheSystemAndItsGuardianAnother() {
    for (var type : EventType.values()) {
      var account = json(AnyEvents.example(type)).path("actor").path("account");
      assertThat(account.path("homePage").stringValue()).isEqualTo("https://smile.example.org");
      assertThat(account.path("name").stringValue())
          .isEqualTo(type == EventType.PARENT_RATED ? "433/guardian" : "433");
    }
  }

  static Stream<Payload> payloadsWithWordsOfOthers() {
    return Stream.of(
        new Payload.SessionStarted(
            Payload.SessionType.DENTAL_VISIT,
            "said",
            "said",
            "1",
            CANARY,
            CANARY,
            "1",
            "home",
            true,
            Payload.EmotionalState.CALM),
        new Payload.ParentRated(4, CANARY, Map.of(CANARY, List.of(CANARY), "said", CANARY)),
        new Payload.ActivityRecorded(
            Payload.ActivityType.DENTAL_CARE,
            "said",
            CANARY,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Payload.EndStatus.COMPLETED,
            null,
            CANARY));
  }

  @ParameterizedTest
  @MethodSource("payloadsWithWordsOfOthers")
  void neitherWordsOfGuardiansNorTheDeviceAreSaid(Payload payload) {
    var statement = statements.of(AnyEvents.event(SAM, 1, payload));
    assertThat(new String(Statement.json(List.of(statement)), UTF_8)).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSaidOfAnEventIsItsFieldsWithoutThose(EventType type) {
    var said = json(AnyEvents.example(type)).path("context").path("extensions");
    var event = said.path(Vocabulary.EVENT);
    var fields =
        Stream.of(type.payload().getRecordComponents())
            .map(component -> component.getName())
            .filter(name -> !isLeftOut(type, name))
            .toList();
    assertThat(event.path("type").stringValue()).isEqualTo(type.wireName());
    assertThat(event.path("data").propertyNames()).containsExactlyInAnyOrderElementsOf(fields);
  }

  private static boolean isLeftOut(EventType type, String field) {
    return switch (type) {
      case SESSION_STARTED -> field.startsWith("device");
      case PARENT_RATED -> !field.equals("rating");
      case ACTIVITY_RECORDED -> field.equals("description") || field.equals("notes");
      default -> false;
    };
  }

  private JsonNode json(SessionEvent event) {
    return JsonMapper.shared().readTree(Statement.json(List.of(statements.of(event)))).path(0);
  }
}
