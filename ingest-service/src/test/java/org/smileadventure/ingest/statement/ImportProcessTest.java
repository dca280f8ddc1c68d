package org.smileadventure.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.xapi.Vocabulary;
import org.smileadventure.ingest.collector.Game;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RealServers
class ImportProcessTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String DATABASE = MigratedDatabase.newUrl();
  private static final StoredRows ROWS = new StoredRows(MigratedDatabase.dataSource(DATABASE));
  private static final People PEOPLE =
      new People(JdbcClient.create(MigratedDatabase.dataSource(DATABASE)));
  private static final long PARENT = PEOPLE.parent("parent@example.org");
  private static final ChildId SAM = PEOPLE.child(PARENT, "Europe/Rome");
  private static final ChildId STRANGER = PEOPLE.child(PARENT, "Europe/Rome");

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE, LocalStack.shared().redis(), TOPIC.name()).start();

  private static final Game DEVICE = Game.of(SERVICE, List.of(SAM));

  @TempDir Path folder;

  @Test
  void whatIsImportedTwiceIsStoredOnce() throws IOException {
    var play =
        Play.by(SAM, NOON)
            .interactions(20, CORRECT)
            .then(new Payload.ParentRated(4, "Held still", Map.of("engaged", true)))
            .completed(7);
    var file = file("play.json", Exported.json(play.events()));

    for (int i = 0; i < 2; i++) {
      var ended = importInto(file);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out().lines())
          .containsExactly("RESULT statements=23 accepted=23 refused=0 passed_over=0");
      assertThat(ended.code()).isZero();
    }

    assertStored(play.events().stream().map(Exported::imported).toList());
    assertThat(TOPIC.quarantine()).noneMatch(r -> text(r.value()).contains(play.session() + "/"));
    assertThat(ROWS.session(play.session()))
        .containsEntry("completion_status", "completed")
        .containsEntry("score", 7)
        .containsEntry("parent_notes", null);
  }

  @Test
  void sessionOfAnotherGameIsStoredUnderTheChildThatItsActorIs() throws IOException {
    var file =
        file("visit.json", JsonMapper.shared().writeValueAsBytes(OtherGame.visit().statements()));

    var ended = importInto(file, "--session-type", "dental_visit", "--child", "sam=" + SAM);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .containsExactly("RESULT statements=7 accepted=5 refused=0 passed_over=2");
    assertThat(ended.code()).isZero();
    assertStored(OtherGame.visitOf(SAM));

    assertNothingIsTaken(importInto(file), "--child");
    assertNothingIsTaken(importInto(file, "--session-type", "dental_visit"), "--child");
    assertNothingIsTaken(importInto(file, "--child", "sam=" + SAM), "--session-type");
  }

  private static void assertNothingIsTaken(Ended ended, String missing) {
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines()).hasSize(7).allMatch(line -> line.contains(missing));
    assertThat(ended.out().lines())
        .containsExactly("RESULT statements=7 accepted=0 refused=7 passed_over=0");
  }

  @Test
  void actorOfOurStatementsCanBeSaidToBeAnotherChild() throws IOException {
    var play = Play.by(STRANGER, NOON).help().help();
    var file = file("play.json", Exported.json(play.events()));

    var ended = importInto(file, "--child", STRANGER + "=" + SAM);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertStored(
        play.events().stream()
            .map(Exported::imported)
            .map(
                event ->
                    new SessionEvent(
                        event.sessionId(),
                        SAM,
                        event.sequence(),
                        event.occurredAt(),
                        event.payload()))
            .toList());
  }

  /** The collector takes no larger body, however few events are in it. */
  @Test
  void batchEndsBeforeItIsTooLarge() throws IOException {
    var events = Play.by(SAM, NOON).interactions(699, CORRECT).events();
    var statements = Exported.statements(events);
    for (var said : statements) {
      var event = said.at("/context/extensions").path(Vocabulary.EVENT);
      ((ObjectNode) event.path("data")).put("padding", "x".repeat(3_000));
    }
    var taken = new Answer(202, null, "{\"verdicts\": []}");
    try (var collector = new StandIn(Collections.nCopies(9, taken).toArray(Answer[]::new))) {
      var ended =
          run(
              "token",
              file("play.json", JsonMapper.shared().writeValueAsBytes(statements)),
              "--to",
              collector.address());

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(collector.requests).hasSize(3);
      assertThat(collector.requests)
          .extracting(request -> request.body().getBytes(UTF_8).length)
          .allMatch(bytes -> bytes <= 1_000_100);
      assertThat(
              collector.requests.stream()
                  .flatMap(request -> JsonMapper.shared().readTree(request.body()).valueStream())
                  .map(event -> event.at("/data/sequence").intValue()))
          .containsExactlyElementsOf(events.stream().map(SessionEvent::sequence).toList());
    }
  }

  @Test
  void moreThanABatchIsSentInSeveral() throws IOException {
    var one = Play.by(SAM, NOON).interactions(1_099, CORRECT).completed(7);
    var other = Play.by(SAM, NOON.plusSeconds(86_400)).interactions(10, CORRECT).completed(8);

    var ended =
        importInto(
            file("one.json", Exported.json(one.events())),
            file("other.json", Exported.json(other.events())));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines())
        .containsExactly("RESULT statements=1113 accepted=1113 refused=0 passed_over=0");
    assertStored(one.events().stream().map(Exported::imported).toList());
    assertStored(other.events().stream().map(Exported::imported).toList());
  }

  @Test
  void eventThatIsRefusedIsToldByTheStatementThatItIsOf() throws IOException {
    var own = Play.by(SAM, NOON).completed(7);
    var foreign = Play.by(STRANGER, NOON).completed(7);
    var both = new ArrayList<>(own.events());
    both.addAll(foreign.events());

    var ended = importInto(file("both.json", Exported.json(both)));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactlyElementsOf(
            foreign.events().stream().map(ImportProcessTest::notOfThisToken).toList());
    assertThat(ended.out().lines())
        .containsExactly("RESULT statements=4 accepted=2 refused=2 passed_over=0");
    assertStored(own.events().stream().map(Exported::imported).toList());
    assertThat(ROWS.events(List.of(foreign.session()))).isEmpty();
  }

  /** Then the answer is a problem. */
  @Test
  void batchOfWhichNothingIsTakenIsToldInTheSameWay() throws IOException {
    var foreign = Play.by(STRANGER, NOON).completed(7);
    var ended = importInto(file("foreign.json", Exported.json(foreign.events())));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactlyElementsOf(
            foreign.events().stream().map(ImportProcessTest::notOfThisToken).toList());
    assertThat(ended.out().lines())
        .containsExactly("RESULT statements=2 accepted=0 refused=2 passed_over=0");
  }

  private static String notOfThisToken(SessionEvent event) {
    return Exported.id(event) + ": foreign_child: childId: the token is not bound to this child";
  }

  @Test
  void ofManyRefusalsTheFirstFiftyAreTold() throws IOException {
    var foreign = Play.by(STRANGER, NOON).interactions(60, CORRECT);
    var ended = importInto(file("foreign.json", Exported.json(foreign.events())));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines()).hasSize(51).last().isEqualTo("and 11 more");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutATokenNothingIsDone(@Nullable String token) throws IOException {
    var file = file("play.json", Exported.json(Play.by(SAM, NOON).events()));
    var ended = run(token, file, "--to", DEVICE.address());
    assertThat(ended).isEqualTo(new Ended(2, "", "import: SMILE_DEVICE_TOKEN is not set\n"));
  }

  @Test
  void tokenThatIsNotAcceptedEndsIt() throws IOException {
    var file = file("play.json", Exported.json(Play.by(SAM, NOON).events()));
    for (var token : List.of("nonsense", ServiceUnderTest.TOKENS.token("parent"))) {
      var ended = run(token, file, "--to", DEVICE.address());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err().lines())
          .singleElement()
          .asString()
          .matches("import: the collector answers 40[13]: .+");
    }
  }

  @Test
  void collectorThatIsAwayIsToldInASentence() throws IOException {
    var file = file("play.json", Exported.json(Play.by(SAM, NOON).events()));
    var ended = run("token", file, "--to", "http://127.0.0.1:1");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .startsWith("import: the collector cannot be asked: ");
  }

  @Test
  void whatCannotBeReadIsToldBeforeAnythingIsSent() throws IOException {
    var good = file("good.json", Exported.json(Play.by(SAM, NOON).events()));
    var broken = file("broken.json", "[\n{]".getBytes(UTF_8));
    try (var collector = new StandIn()) {
      var ended = run("token", good, broken, "--to", collector.address());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).startsWith("import: " + broken + " is no JSON at line 2, column ");
      assertThat(collector.requests).isEmpty();
    }
  }

  @Test
  void commandThatSaysTooLittleIsTold() {
    assertThat(run("token", "play.json").code()).isEqualTo(2);
    assertThat(run("token", "play.json").err()).contains("--to");
    assertThat(run("token", "--to", DEVICE.address()).err()).contains("FILE");
    assertThat(run("token", "play.json", "--to", DEVICE.address(), "--child", "sam=Sam").code())
        .isEqualTo(2);
    assertThat(ImportProcess.isMeantBy("import", "play.json")).isTrue();
    assertThat(ImportProcess.isMeantBy("--server.port=0", "import")).isFalse();
    assertThat(ImportProcess.isMeantBy()).isFalse();
  }

  @Test
  void collectorThatTakesNoMoreIsWaitedFor() throws IOException {
    var play = Play.by(SAM, NOON).completed(7);
    try (var collector =
        new StandIn(
            new Answer(429, "1", "{\"detail\": \"Kafka does not take more, for now\"}"),
            new Answer(429, "0", ""),
            new Answer(202, null, "{\"accepted\": 2, \"rejected\": 0, \"verdicts\": []}"))) {
      var ended =
          run(
              "a-device",
              file("play.json", Exported.json(play.events())),
              "--to",
              collector.address());

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out().lines())
          .containsExactly("RESULT statements=2 accepted=2 refused=0 passed_over=0");
      assertThat(collector.requests).hasSize(3);
      assertThat(collector.requests)
          .extracting(Request::body)
          .containsOnly(collector.first().body());
      assertThat(collector.requests)
          .extracting(Request::authorization)
          .containsOnly("Bearer a-device");
      assertThat(collector.requests.get(1).nanos() - collector.first().nanos())
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }
  }

  /** HTTP allows a date there. */
  @Test
  void collectorThatTellsNoSecondsIsWaitedForFiveOfThem() throws IOException {
    try (var collector =
        new StandIn(
            new Answer(429, "Wed, 21 Oct 2026 07:28:00 GMT", ""),
            new Answer(202, null, "{\"verdicts\": []}"))) {
      var ended =
          run(
              "token",
              file("play.json", Exported.json(Play.by(SAM, NOON).events())),
              "--to",
              collector.address());

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(collector.requests).hasSize(2);
      assertThat(collector.requests.get(1).nanos() - collector.first().nanos())
          .isGreaterThanOrEqualTo(Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void faultOfTheCollectorIsTold() throws IOException {
    var file = file("play.json", Exported.json(Play.by(SAM, NOON).events()));
    try (var collector =
        new StandIn(
            new Answer(500, null, "{\"detail\": \"our fault\"}"),
            new Answer(502, null, ""),
            new Answer(200, null, "<html>"))) {
      assertThat(run("token", file, "--to", collector.address()))
          .isEqualTo(new Ended(2, "", "import: the collector answers 500: our fault\n"));
      assertThat(run("token", file, "--to", collector.address()))
          .isEqualTo(new Ended(2, "", "import: the collector answers 502: nothing more\n"));
      assertThat(run("token", file, "--to", collector.address()).code()).isEqualTo(2);
    }
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** How the process ended, and what it wrote. */
  private record Ended(int code, String out, String err) {}

  private static Ended importInto(Object... arguments) {
    return run(
        DEVICE.token(),
        Stream.concat(Stream.of(arguments), Stream.of("--to", DEVICE.address())).toArray());
  }

  private static Ended run(@Nullable String token, Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        ImportProcess.commandLine(token)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(Stream.of("import"), Arrays.stream(arguments).map(Object::toString))
                    .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  /** All that was sent has arrived, and these are the events of their session. */
  private static void assertStored(Collection<SessionEvent> events) {
    await().atMost(PATIENCE).until(() -> TOPIC.lag() == 0);
    assertThat(ROWS.events(List.of(events.iterator().next().sessionId())))
        .containsExactlyElementsOf(events);
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "" : new String(value, UTF_8);
  }

  /**
   * An answer of the stand-in.
   *
   * @param retryAfter null: the header is not there
   */
  private record Answer(int status, @Nullable String retryAfter, String body) {}

  private record Request(long nanos, String authorization, String body) {}

  /** In the place of a collector: it gives its answers one after the other. */
  private static final class StandIn implements AutoCloseable {
    private final Queue<Answer> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    StandIn(Answer... answers) {
      this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext("/api/v1/events", this::answer);
      server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
      requests.add(
          new Request(
              System.nanoTime(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      var answer = answers.remove();
      var body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      if (answer.retryAfter() != null) {
        exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Request first() {
      return requests.getFirst();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
