package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.trace.Spans;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RealServers
class CollectorTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MIB = 1_048_576;

  private static final String DATABASE = MigratedDatabase.newUrl();
  private static final StoredRows ROWS = new StoredRows(MigratedDatabase.dataSource(DATABASE));
  private static final People PEOPLE =
      new People(JdbcClient.create(MigratedDatabase.dataSource(DATABASE)));
  private static final long PARENT = PEOPLE.parent("parent@example.org");
  private static final ChildId SAM = PEOPLE.child(PARENT, "Europe/Rome");
  private static final ChildId KIM = PEOPLE.child(PARENT, "Europe/Rome");
  private static final ChildId STRANGER = PEOPLE.child(PARENT, "Europe/Rome");

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE, LocalStack.shared().redis(), TOPIC.name())
          .with("smile.http.allowed-origins=https://play.example.org")
          .start();

  private final Game game = Game.of(SERVICE, List.of(SAM, KIM));

  @Test
  void structuredEventIsStored() {
    var play = Play.by(SAM, NOON).completed(7);
    for (var event : play.events()) {
      game.sendStructured(event).allAccepted(1);
    }
    assertStored(play);
  }

  @Test
  void binaryEventIsStored() {
    var play = Play.by(SAM, NOON).completed(7);
    for (var event : play.events()) {
      game.sendBinary(event).allAccepted(1);
    }
    assertStored(play);
  }

  @Test
  void batchOfAHouseholdIsStored() {
    var ofSam = Play.by(SAM, NOON).interactions(20, CORRECT).completed(7);
    var ofKim = Play.by(KIM, NOON).interactions(20, CORRECT).completed(7);
    var events = new ArrayList<>(ofSam.events());
    events.addAll(ofKim.events());
    Collections.shuffle(events);

    game.sendBatch(events).allAccepted(events.size());

    assertStored(ofSam);
    assertStored(ofKim);
  }

  @Test
  void deviceIsToldWhichEventsOfItsChildrenCouldNotBeStored() {
    var play = Play.by(SAM, NOON).completed(7);
    game.sendBatch(play.events()).allAccepted(2);
    assertStored(play);
    var foreign =
        new SessionEvent(play.session(), KIM, 9, NOON, new Payload.HelpRequested("step-1"));
    var divergent =
        new SessionEvent(play.session(), SAM, 2, NOON, new Payload.HelpRequested("step-1"));
    game.sendBatch(List.of(foreign, divergent)).allAccepted(2);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(refused(game, "").toString())
                    .contains("foreign_session", "divergent_duplicate"));
    assertThat(refused(game, "?child_id=" + KIM)).hasSize(1);
    assertThat(refused(game, "?child_id=" + KIM).get(0).path("sequence").intValue()).isEqualTo(9);
    assertThat(refused(game, "?limit=1")).hasSize(1);
    var stranger = Game.of(SERVICE, List.of(STRANGER));
    assertThat(refused(stranger, "")).isEmpty();
    stranger.get("/api/v1/events/refused?child_id=" + SAM).problem(403);
    game.get("/api/v1/events/refused?limit=0").problem(400);
    game.with(null).get("/api/v1/events/refused").problem(401);
  }

  private static JsonNode refused(Game game, String query) {
    return game.get("/api/v1/events/refused" + query).json().path("refused");
  }

  @Test
  void noTracesAreMadeWithoutAnAddressForThem() {
    var play = Play.by(SAM, NOON).completed(7);
    game.sendBatch(play.events()).allAccepted(2);

    assertThat(TOPIC.events())
        .isNotEmpty()
        .allSatisfy(sent -> assertThat(sent.headers().lastHeader("traceparent")).isNull());
    assertThat(SERVICE.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
    assertThat(SERVICE.getBeanNamesForType(Tracer.class)).isEmpty();
    assertThat(SERVICE.getBeanNamesForType(TracingObservationHandler.class)).isEmpty();
    assertThat(SERVICE.getBeanNamesForType(SpanExporter.class)).isEmpty();
    assertThat(SERVICE.getBean(Spans.class).areMade()).isFalse();
  }

  @Test
  void everyModeMayBeCompressed() {
    var play = Play.by(SAM, NOON).interaction(CORRECT).completed(7);
    var events = play.events();
    game.send(Game.STRUCTURED, packed(Game.structured(events.get(0))), "Content-Encoding", "gzip")
        .allAccepted(1);
    game.send(
            "application/json; charset=utf-8",
            packed(Game.data(events.get(1))),
            "Content-Encoding",
            "GZIP",
            "CE-SpecVersion",
            "1.0",
            "Ce-Id",
            "1",
            "ce-source",
            "/test",
            "ce-type",
            "interaction.recorded")
        .allAccepted(1);
    game.send(
            Game.BATCHED, packed(Game.batch(List.of(events.get(2)))), "Content-Encoding", "x-gzip")
        .allAccepted(1);
    assertStored(play);
  }

  @Test
  void whatIsSentTwiceIsStoredOnce() {
    var play = Play.by(SAM, NOON).interactions(5, CORRECT).completed(7);
    game.sendBatch(play.events()).allAccepted(7);
    game.sendBatch(play.events()).allAccepted(7);
    assertStored(play);
  }

  @Test
  void everyEventOfABatchHasItsVerdict() {
    var play = Play.by(SAM, NOON).completed(7);
    var start = Game.structured(play.events().getFirst());
    var rejectedBefore = rejected("schema_violation");
    var batch =
        List.of(
            start,
            start.replace("dental_visit", "holiday"),
            start.replace("session.started", "session.dreamt"),
            Game.structured(Play.by(STRANGER, NOON).events().getFirst()),
            start.replace("\"source\": \"/test\", ", ""),
            "7",
            start.replace("2025-05-05", "2099-05-05"),
            Game.structured(play.events().getLast()));

    var reply = game.send(Game.BATCHED, batch.toString());

    var answer = reply.accepted();
    assertThat(answer.path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.path("rejected").intValue()).isEqualTo(6);
    assertThat(reply.verdicts())
        .containsExactly(
            "accepted",
            "schema_violation",
            "unknown_type",
            "foreign_child",
            "malformed",
            "malformed",
            "clock_wrong",
            "accepted");
    var verdicts = answer.path("verdicts");
    assertThat(verdicts.get(0).toString())
        .isEqualTo(
            "{\"index\":0,\"id\":\"%s\",\"verdict\":\"accepted\"}"
                .formatted(Game.id(play.events().getFirst())));
    assertThat(verdicts.get(1).path("index").intValue()).isEqualTo(1);
    assertThat(verdicts.get(1).path("detail").asString()).contains("sessionType");
    assertThat(verdicts.get(3).path("detail").asString()).contains("childId");
    assertThat(verdicts.get(4).path("detail").asString()).contains("source");
    assertThat(verdicts.get(4).path("id").asString()).isEqualTo(Game.id(play.events().getFirst()));
    assertThat(verdicts.get(5).has("id")).isFalse();
    assertThat(verdicts.get(6).path("detail").asString()).contains("occurredAt");
    assertStored(play);
    assertThat(rejected("schema_violation")).isEqualTo(rejectedBefore + 1);
    assertThat(TOPIC.quarantine())
        .as("a rejected event is not set aside: its sender knows")
        .noneMatch(r -> new String(r.value(), UTF_8).contains(play.session().toString()));
  }

  @Test
  void batchWithNothingToAcceptIsAProblemWithVerdicts() {
    var bad = Game.structured(start()).replace("dental_visit", "holiday");
    var reply = game.send(Game.BATCHED, "[" + bad + "," + bad + "]");
    reply.problem(422);
    assertThat(reply.verdicts()).containsExactly("schema_violation", "schema_violation");
    game.send(Game.BATCHED, "[]").allAccepted(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"structured", "binary"})
  void singleInvalidEventIsAProblemThatNamesTheField(String mode) {
    var invalid =
        new SessionEvent(
            Play.by(SAM, NOON).session(), SAM, 1, NOON, new Payload.HelpRequested("step \0"));
    var reply = mode.equals("binary") ? game.sendBinary(invalid) : game.sendStructured(invalid);
    var problem = reply.problem(422);
    assertThat(problem.path("detail").asString()).contains("stepId");
    assertThat(problem.path("reason").asString()).isEqualTo("schema_violation");
  }

  @Test
  void bodyThatCannotBeReadIsABadRequest() {
    var start = Game.structured(start());
    assertThat(game.send(Game.STRUCTURED, "{").problem(400).path("reason").asString())
        .isEqualTo("malformed");
    game.send(Game.STRUCTURED, "").problem(400);
    game.send(Game.STRUCTURED, "[" + start + "]").problem(400);
    game.send(Game.STRUCTURED, start.replace("\"1.0\"", "\"7\"")).problem(400);
    game.send(Game.BATCHED, "").problem(400);
    game.send(Game.BATCHED, start).problem(400);
    game.send(Game.BATCHED, "[" + start).problem(400);
    game.send(Game.BATCHED, start, "Content-Encoding", "gzip").problem(400);
    var half = Game.gzip(start.getBytes(UTF_8));
    half = Arrays.copyOf(half, half.length / 2);
    game.send(Game.STRUCTURED, half, "Content-Encoding", "gzip").problem(400);
    assertThat(game.send("application/json", Game.data(start())).problem(400).toString())
        .contains("ce-specversion");
    assertThat(
            game.send(
                    "application/json",
                    Game.data(start()),
                    "ce-specversion",
                    "1.0",
                    "ce-id",
                    "1",
                    "ce-type",
                    "session.started")
                .problem(400)
                .toString())
        .contains("source");
  }

  @Test
  void whatIsNeitherJsonNorGzipIsNotSupported() {
    var start = Game.structured(start());
    for (var type :
        List.of(
            "text/plain",
            "application/xml",
            "application/cloudevents+xml",
            "application/x-www-form-urlencoded",
            "application/cloudevents+json; charset=utf-16",
            "nonsense")) {
      game.send(type, start).problem(415);
    }
    var reply = game.send(Game.STRUCTURED, start, "Content-Encoding", "br");
    reply.problem(415);
    assertThat(reply.header("Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void bodyMayHaveAMebibyteUnpackedAndNotAByteMore() {
    var play = Play.by(SAM, NOON);
    var batch = Game.batch(play.events());
    var largest = batch + " ".repeat(MIB - batch.length());
    game.send(Game.BATCHED, largest).allAccepted(1);
    game.send(Game.BATCHED, packed(largest), "Content-Encoding", "gzip").allAccepted(1);
    game.send(Game.BATCHED, largest + " ").problem(413);
    game.send(Game.BATCHED, packed(largest + " "), "Content-Encoding", "gzip").problem(413);
    assertStored(play);
  }

  @Test
  void bombIsNotUnpackedBeyondTheLimit() {
    var bomb = Game.gzip(new byte[64 * MIB]);
    assertThat(bomb.length).isLessThan(MIB);
    game.send(Game.STRUCTURED, bomb, "Content-Encoding", "gzip").problem(413);
  }

  @Test
  void batchMayHaveAThousandEventsAndNotOneMore() {
    var play = Play.by(SAM, NOON).interactions(999, CORRECT);
    game.send(Game.BATCHED, packed(Game.batch(play.events())), "Content-Encoding", "gzip")
        .allAccepted(1_000);
    assertStored(play);

    var zeros = Collections.nCopies(1_001, 0).toString();
    assertThat(game.send(Game.BATCHED, zeros).problem(413).toString()).contains("1000");
  }

  @Test
  void eventThatIsTooLargeForKafkaIsRejectedAlone() {
    var play = Play.by(SAM, NOON).rated(3);
    var first = Game.structured(play.events().get(0));
    var second = Game.structured(play.events().get(1));
    // A number may be longer when an event is written anew, without what nobody named.
    var numbers =
        IntStream.range(0, 78_000).mapToObj("\"a%d\":1e9"::formatted).collect(joining(","));
    var large =
        second.replace(
            "\"data\": {", "\"data\": {\"more\":1,\"observedBehavior\":{" + numbers + "},");
    var reply = game.send(Game.BATCHED, "[" + first + "," + large + "]");
    reply.accepted();
    assertThat(reply.verdicts()).containsExactly("accepted", "too_large");
    assertThat(game.send(Game.STRUCTURED, large).problem(413).path("reason").asString())
        .isEqualTo("too_large");
  }

  @Test
  void deviceSpeaksForItsChildrenOnly() {
    var start = start();
    var strangers = Play.by(STRANGER, NOON);
    var problem = game.sendStructured(strangers.events().getFirst()).problem(403);
    assertThat(problem.path("reason").asString()).isEqualTo("foreign_child");
    for (var token :
        List.of(
            Game.tokenFor(List.of()),
            ServiceUnderTest.TOKENS.token(Map.of("scope", "ingest")),
            ServiceUnderTest.TOKENS.token(Map.of("scope", "ingest", "children", "all")),
            Game.tokenFor(List.of(KIM)))) {
      game.with(token).sendStructured(start).problem(403);
    }
    game.with(Game.tokenFor(List.of(SAM))).sendStructured(start).allAccepted(1);
    assertThat(ROWS.events(List.of(strangers.session()))).isEmpty();
  }

  /** Data that says it is a CloudEvent itself, and for whom Kafka's reader would take it. */
  @Test
  void eventWithinAnEventDoesNotPassForAnotherChild() {
    var inner = Game.structured(Play.by(STRANGER, NOON).events().getFirst());
    var start = start();
    var disguised =
        Game.structured(start)
            .replace("\"application/json\"", "\"application/cloudevents+json\"")
            .replace(Game.data(start), inner);
    game.send(Game.STRUCTURED, disguised).problem(400);
  }

  @Test
  void onlyATokenForIngestOpensTheCollector() {
    var start = start();
    game.with(null).sendStructured(start).problem(401);
    game.with("nonsense").sendStructured(start).problem(401);
    for (var role : List.of("parent", "professional", "admin")) {
      game.with(ServiceUnderTest.TOKENS.token(role)).sendStructured(start).problem(403);
    }
    var children = List.of(SAM.value());
    for (var claims :
        List.<Map<String, ?>>of(
            Map.of("children", children),
            Map.of("children", children, "scope", "read"),
            Map.of("children", children, "role", "ingest"))) {
      game.with(ServiceUnderTest.TOKENS.token(claims)).sendStructured(start).problem(403);
    }
    var good = Map.of("scope", "ingest", "children", children);
    game.with(ServiceUnderTest.TOKENS.expiredToken(good)).sendStructured(start).problem(401);
    game.with(ServiceUnderTest.TOKENS.tokenOfAnotherKey(good)).sendStructured(start).problem(401);
  }

  @Test
  void pagesOfAllowedSitesMaySendEvents() {
    var browser = game.with(null);
    var allowed = browser.preflight("https://play.example.org");
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://play.example.org");
    assertThat(allowed.header("Access-Control-Allow-Headers"))
        .contains("authorization", "content-type", "ce-id");
    var other = browser.preflight("https://evil.example.org");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.header("Access-Control-Allow-Origin")).isNull();

    var body = Game.structured(start());
    var sent = game.send(Game.STRUCTURED, body, "Origin", "https://play.example.org");
    sent.allAccepted(1);
    assertThat(sent.header("Access-Control-Allow-Origin")).isEqualTo("https://play.example.org");
    assertThat(game.send(Game.STRUCTURED, body, "Origin", "https://evil.example.org").status())
        .isEqualTo(403);
  }

  @Test
  void pageThatIsClosedSendsTheEndInABeacon() {
    var play = Play.by(SAM, NOON).interaction(CORRECT).completed(7);
    var token = Game.tokenFor(List.of(SAM));
    var beacon = "{\"access_token\": \"%s\", \"events\": %s}";
    var events = Game.batch(play.events());
    var browser = game.with(null);
    for (var type : List.of("text/plain;charset=UTF-8", "application/json", "text/plain")) {
      browser.beacon(type, beacon.formatted(token, events)).allAccepted(play.events().size());
    }
    assertStored(play);

    browser.beacon("text/plain", "{\"events\": " + events + "}").problem(401);
    browser.beacon("text/plain", beacon.formatted(token + "x", events)).problem(401);
    browser
        .beacon(
            "text/plain",
            beacon.formatted(ServiceUnderTest.TOKENS.token(Map.of("role", "parent")), events))
        .problem(403);
    browser
        .beacon("text/plain", beacon.formatted(Game.tokenFor(List.of(KIM)), events))
        .problem(422);
    for (var broken :
        List.of(
            "",
            "[]",
            "{",
            beacon.formatted(token, "{}"),
            beacon.formatted(token, "[]") + "x",
            "{\"access_token\": \"" + token + "\"}")) {
      browser.beacon("text/plain", broken).problem(400);
    }
    browser.beacon("image/png", "x").problem(415);
  }

  @Test
  void everybodyMayReadWhatEventsLookLike() {
    var anybody = game.with(null);
    var types = anybody.get("/api/v1/events/types").json().path("types");
    assertThat(types.valueStream().map(type -> type.path("type").asString()))
        .containsExactlyElementsOf(Stream.of(EventType.values()).map(EventType::wireName).toList());
    for (var type : types) {
      var schema = anybody.get(type.path("schema").asString());
      assertThat(schema.status()).isEqualTo(200);
      assertThat(schema.header("Content-Type")).isEqualTo("application/schema+json");
      assertThat(schema.json().path("title")).isEqualTo(type.path("type"));
      var example = anybody.get(type.path("example").asString());
      assertThat(example.status()).isEqualTo(200);
      assertThat(example.header("Content-Type")).isEqualTo(Game.STRUCTURED);
      game.with(Game.tokenFor(List.of(new ChildId(433))))
          .send(Game.STRUCTURED, example.response().body())
          .allAccepted(1);
    }
    for (var document : List.of("schema", "example")) {
      assertThat(
              anybody
                  .get("/api/v1/events/types/session.dreamt/" + document)
                  .problem(404)
                  .path("detail")
                  .asString())
          .contains("session.dreamt", "session.started", "parent.rated");
    }
  }

  @Test
  void acceptedEventsAreCounted() {
    var accepted = SERVICE.getBean(MeterRegistry.class).get("smile.collector.accepted").counter();
    var before = accepted.count();
    game.sendBatch(Play.by(SAM, NOON).interactions(4, CORRECT).events()).allAccepted(5);
    assertThat(accepted.count()).isEqualTo(before + 5);
  }

  private static SessionEvent start() {
    return Play.by(SAM, NOON).events().getFirst();
  }

  private static byte[] packed(String body) {
    return Game.gzip(body.getBytes(UTF_8));
  }

  private static double rejected(String reason) {
    return SERVICE
        .getBean(MeterRegistry.class)
        .counter("smile.collector.rejected", "reason", reason)
        .count();
  }

  private static void assertStored(Play play) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(ROWS.events(List.of(play.session()))).isEqualTo(play.events()));
  }
}
