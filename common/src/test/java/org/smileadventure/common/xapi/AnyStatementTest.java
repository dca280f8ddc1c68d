package org.smileadventure.common.xapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.AnyEvents;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of whatever event: under which id, of whom, and which of its texts are said. */
class AnyStatementTest {
  private static final int OF_EACH_TYPE = 30;
  private static final ChildId SAM = new ChildId(433);

  /** The texts that are said, of each type of event. Whatever else somebody writes stays here. */
  private static final Map<EventType, Set<String>> SAID =
      Map.of(
          EventType.SESSION_STARTED,
          Set.of("scenarioId", "scenarioName", "scenarioVersion", "appVersion", "environmentType"),
          EventType.INTERACTION_RECORDED,
          Set.of("stepId"),
          EventType.HELP_REQUESTED,
          Set.of("stepId"),
          EventType.EMOTION_OBSERVED,
          Set.of("trigger"),
          EventType.REGULATION_USED,
          Set.of("strategy"),
          EventType.ACHIEVEMENT_UNLOCKED,
          Set.of("id"),
          EventType.PROGRESS_MARKED,
          Set.of("id"),
          EventType.ACTIVITY_RECORDED,
          Set.of("activityName", "environmentType"));

  /** Stands in a text, and tells in which. */
  private static final Pattern CANARY = Pattern.compile("Qv\\.(\\w+)\\.");

  private final Statements statements = new Statements(URI.create("https://clinic.example.org"));

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

  @ParameterizedTest
  @EnumSource
  void childIsAnAccountOfTheSystemAndItsGuardianAnother(EventType type) {
    var account = json(AnyEvents.example(type)).path("actor").path("account");
    assertThat(account.path("homePage").stringValue()).isEqualTo("https://clinic.example.org");
    assertThat(account.path("name").stringValue())
        .isEqualTo(type == EventType.PARENT_RATED ? "433/guardian" : "433");
  }

  @ParameterizedTest
  @EnumSource
  void ofTheTextsOfAnEventTheseAloneAreSaid(EventType type) {
    var payload = payloadWithCanaries(type);
    assertThat(canaries(payload.toString()))
        .as("those that there are")
        .isEqualTo(fields(type).filter(AnyStatementTest::isText).collect(names()));

    assertThat(canaries(said(AnyEvents.event(SAM, 1, payload)))).isEqualTo(textsSaid(type));
  }

  @ParameterizedTest
  @EnumSource
  void allIsSaidOfAnEventThatIsNoText(EventType type) {
    var event =
        json(AnyEvents.event(SAM, 1, payloadWithCanaries(type)))
            .path("context")
            .path("extensions")
            .path(Vocabulary.EVENT);
    assertThat(event.path("data").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            fields(type)
                .filter(field -> !isText(field) || textsSaid(type).contains(field.getName()))
                .collect(names()));
  }

  private static Set<String> textsSaid(EventType type) {
    return SAID.getOrDefault(type, Set.of());
  }

  private static Stream<RecordComponent> fields(EventType type) {
    return Stream.of(Objects.requireNonNull(type.payload().getRecordComponents()));
  }

  private static Collector<RecordComponent, ?, Set<String>> names() {
    return mapping(RecordComponent::getName, toSet());
  }

  /** Where somebody may write what they like. */
  private static boolean isText(RecordComponent field) {
    return Set.of(String.class, List.class, Map.class).contains(field.getType());
  }

  /** One with all its fields, each of whose texts is a canary. */
  private static Payload payloadWithCanaries(EventType type) {
    try {
      return type.payload()
          .getDeclaredConstructor(
              fields(type).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(fields(type).map(field -> value(type, field)).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object value(EventType type, RecordComponent field) {
    var kind = field.getType();
    var canary = "Qv." + field.getName() + ".";
    if (kind == String.class) {
      return type == EventType.PROGRESS_MARKED ? "skill_" + canary : canary;
    }
    if (kind == List.class) {
      return List.of(canary);
    }
    if (kind == Map.class) {
      return Map.of(canary, List.of(canary), "said", canary);
    }
    if (kind == int.class || kind == Integer.class) {
      return 1;
    }
    if (kind == boolean.class || kind == Boolean.class) {
      return true;
    }
    if (kind == Instant.class) {
      return Instant.parse("2026-11-20T15:04:00Z");
    }
    if (kind.isEnum()) {
      return Objects.requireNonNull(kind.getEnumConstants())[0];
    }
    throw new AssertionError("what of " + field + " could somebody write?");
  }

  private static Set<String> canaries(String text) {
    return CANARY.matcher(text).results().map(canary -> canary.group(1)).collect(toSet());
  }

  private String said(SessionEvent event) {
    return new String(Statement.json(List.of(statements.of(event))), UTF_8);
  }

  private JsonNode json(SessionEvent event) {
    return JsonMapper.shared().readTree(said(event)).path(0);
  }
}
