package org.smileadventure.batch.statement;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.PatternFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.AnyEvents;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.smileadventure.common.xapi.Vocabulary;
import org.smileadventure.localstack.RealServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Statements are what the published JSON Schema of the Experience API demands, and what a record
 * store takes and gives back as it was. Both were made by others.
 */
@RealServers
class StatementsConformTest {
  private static final int OF_EACH_TYPE = 10;
  private static final URI HOME_PAGE = URI.create("https://smile.example.org");
  private static final Statements STATEMENTS = new Statements(HOME_PAGE);
  private static final String SCHEMA = "https://schema.example.org/1.0.1.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The store keeps what other tests have sent. */
  private static final AtomicLong CHILDREN = new AtomicLong();

  /** As long as can be, and what is hard to write in an IRI, in JSON or in UTF-8. */
  private static final List<String> NAMES =
      List.of(
          "Zo\u00eb",
          "Zoe\u0308",
          "\uFB00",
          "\u0130",
          "\uD83D\uDE00",
          "a b",
          "a+b",
          "a%20b",
          "a/b",
          "../b",
          ".",
          "?q=1#f",
          "&=;:@",
          "*~'()!",
          "<a href=\"b\">",
          "\"quoted\\\"",
          "\u202Eabc",
          "x\u0001\u001f\u007f",
          "\uFEFFx",
          "\u2028x",
          "\uFFFEx\uFFFF",
          "\uDBFF\uDFFF",
          "x".repeat(100),
          "\uD83D\uDE00".repeat(100));

  @AutoClose private static RecordStoreServer store;
  private static Schema schema;

  private final ChildId child = new ChildId(CHILDREN.incrementAndGet());

  @BeforeAll
  static void start() throws IOException {
    schema = schema();
    store = RecordStoreServer.start();
  }

  private static Schema schema() throws IOException {
    var published = RecordStoreServer.packages().resolve("tin-can-json-schema");
    var dialect = Dialect.builder(Dialects.getDraft4());
    for (var format :
        JSON.readTree(Files.readString(published.resolve("formats.json"))).properties()) {
      dialect.format(PatternFormat.of(format.getKey(), format.getValue().asString(""), "format"));
    }
    var text = Files.readString(published.resolve("1.0.1.json"));
    return SchemaRegistry.withDialect(
            dialect.build(), registry -> registry.schemas(Map.of(SCHEMA, text)))
        .getSchema(SchemaLocation.of(SCHEMA + "#statement"));
  }

  @ParameterizedTest
  @EnumSource
  void publishedExampleConforms(EventType type) {
    var event = AnyEvents.example(type);
    assertConform(
        List.of(
            new SessionEvent(
                event.sessionId(), child, event.sequence(), event.occurredAt(), event.payload())));
  }

  @ParameterizedTest
  @EnumSource
  void whateverTheContractAllowsConforms(EventType type) {
    assertConform(AnyEvents.random(type, child, OF_EACH_TYPE));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        4,
        9,
        10,
        11,
        99,
        999,
        1_001,
        1_850,
        59_999,
        60_000,
        3_600_001,
        86_399_999,
        86_400_000
      })
  void responseTimeOfAnyMillisecondsConforms(int millis) {
    var event =
        AnyEvents.event(
            child,
            1,
            new Payload.InteractionRecorded(null, Payload.Outcome.CORRECT, millis, false));
    assertConform(List.of(event));

    var statement = json(List.of(event)).getFirst();
    assertThat(Duration.parse(statement.path("result").path("duration").stringValue()))
        .as("in hundredths of a second, cut off")
        .isEqualTo(Duration.ofMillis(millis / 10 * 10L));
    assertThat(data(statement).path("responseTimeMs").intValue()).isEqualTo(millis);
  }

  @Test
  void namesOfAnyCharactersAreActivitiesOfTheirOwn() {
    var events =
        IntStream.range(0, NAMES.size())
            .mapToObj(
                i -> AnyEvents.event(child, i + 1, new Payload.AchievementUnlocked(NAMES.get(i))))
            .toList();
    assertConform(events);

    var statements = json(events);
    assertThat(statements)
        .extracting(statement -> statement.path("object").path("id").stringValue())
        .doesNotHaveDuplicates()
        .allMatch(id -> URI.create(id).isAbsolute());
    assertThat(statements)
        .extracting(
            statement ->
                statement.path("object").path("definition").path("name").path("en").stringValue())
        .isEqualTo(NAMES);
  }

  /** It reads a request in pieces, and a character that is cut in two by that is lost. */
  @Test
  void longRequestArrivesAsItWasSent() {
    var name = "\u20ac".repeat(200);
    assertConform(
        IntStream.rangeClosed(1, 200)
            .mapToObj(i -> AnyEvents.event(child, i, activity(name)))
            .toList());
  }

  private static Payload activity(String name) {
    return new Payload.ActivityRecorded(
        Payload.ActivityType.DENTAL_CARE,
        name,
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
        null,
        null,
        null,
        null);
  }

  /** The contract asks for version 7, and for nothing else. */
  @Test
  void sessionOfAnyIdOfTheContractConforms() {
    var session = SessionId.parse("01a1f97c-5f00-7c3a-0b1f-2f4e5d6c7b8a");
    assertConform(
        List.of(
            new SessionEvent(
                session, child, 1, session.madeAt(), new Payload.HelpRequested("step-1"))));
  }

  /** Ways to spoil an interaction. */
  static Stream<Consumer<ObjectNode>> mistakes() {
    return Stream.of(
        statement -> statement.remove("verb"),
        statement -> statement.put("verb", "did"),
        statement -> statement.put("unheard", "of"),
        statement -> statement.put("timestamp", "yesterday"),
        statement -> statement.put("id", "1"),
        statement -> statement.withObjectProperty("object").put("id", "no IRI"),
        statement -> statement.withObjectProperty("result").put("duration", "1 s"),
        statement ->
            statement
                .withObjectProperty("context")
                .withObjectProperty("extensions")
                .put("event", 1),
        statement -> statement.withObjectProperty("actor").remove("account"));
  }

  /** Else it would prove nothing that all others are. */
  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsWrongDoesNotConform(Consumer<ObjectNode> mistake) {
    var statement =
        (ObjectNode) json(List.of(AnyEvents.example(EventType.INTERACTION_RECORDED))).getFirst();
    assertThat(schema.validate(statement)).isEmpty();

    mistake.accept(statement);

    assertThat(schema.validate(statement)).as(statement.toString()).isNotEmpty();
    assertThat(store.post(JSON.writeValueAsBytes(List.of(statement))).statusCode()).isEqualTo(400);
  }

  @Test
  void storeHoldsAnIdToItsFirstStatement() {
    var event = AnyEvents.event(child, 1, new Payload.HelpRequested("step-1"));
    var other = AnyEvents.event(child, 1, new Payload.HelpRequested("step-2"));
    assertConform(List.of(event));
    assertThat(store.post(Statement.json(List.of(STATEMENTS.of(other)))).statusCode())
        .isEqualTo(409);
  }

  /** To the schema, and to the store, which has them then; sent again they change nothing. */
  private void assertConform(List<SessionEvent> events) {
    var statements = json(events);
    for (var statement : statements) {
      assertThat(schema.validate(statement)).as(statement.toString()).isEmpty();
    }
    for (int times = 0; times < 2; times++) {
      var answer = store.post(Statement.json(events.stream().map(STATEMENTS::of).toList()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).valueStream().map(JsonNode::stringValue))
          .containsExactlyElementsOf(
              events.stream().map(event -> STATEMENTS.of(event).id().toString()).toList());
    }
    assertThat(said(stored())).isEqualTo(said(statements));
  }

  private List<JsonNode> stored() {
    var stored = new ArrayList<>(store.statements(HOME_PAGE, child.toString()));
    stored.addAll(store.statements(HOME_PAGE, child + "/guardian"));
    return stored;
  }

  /** By the ids of the statements, without what a store adds. */
  private static Map<String, List<JsonNode>> said(List<JsonNode> statements) {
    return statements.stream()
        .collect(
            toMap(
                statement -> statement.path("id").stringValue(),
                statement ->
                    List.of(
                        statement.path("actor"),
                        statement.path("verb"),
                        statement.path("object"),
                        statement.path("result"),
                        statement.path("context").path("registration"),
                        statement.path("context").path("extensions"))));
  }

  private static List<JsonNode> json(List<SessionEvent> events) {
    return JSON.readTree(Statement.json(events.stream().map(STATEMENTS::of).toList()))
        .valueStream()
        .toList();
  }

  private static JsonNode data(JsonNode statement) {
    return statement.path("context").path("extensions").path(Vocabulary.EVENT).path("data");
  }
}
