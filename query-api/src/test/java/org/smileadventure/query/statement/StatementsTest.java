package org.smileadventure.query.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A child's events for a system that knows nothing but statements. */
@RealServers
class StatementsTest {
  private static final Instant NOON = Instant.parse("2026-03-10T11:00:00.123456Z");
  private static final String ID = "00000000-0000-7000-8000-000000000000";
  private static final String NOTES = "unmistakable words";
  private static final Statements STATEMENTS =
      new Statements(URI.create("https://smile.example.org"));

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final ChildId child = home.family().child();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100})
  void pagesOfAnySizeHoldEveryEventOnceByTheStartOfItsSession(int limit) {
    var expected = expected(history());

    var told = all(home.family().token(), limit);

    assertThat(told).hasSize(66).isEqualTo(expected);
    assertThat(told).extracting(said -> said.path("id").stringValue()).doesNotHaveDuplicates();
  }

  /** Each kind of place that a page can end in. */
  private List<SessionEvent> history() {
    var events = new ArrayList<SessionEvent>();
    var whole =
        Play.by(child, NOON)
            .interactions(7, Outcome.CORRECT)
            .then(Play.brushing(10, null, null, null, null))
            .feeling(EmotionalState.CALM)
            .level(1, 60)
            .completed(60)
            .rated(4);
    events.addAll(stored(whole.events()));

    for (int i = 0; i < 3; i++) {
      var together = Play.by(child, NOON.plusSeconds(3_600)).help().completed(50 + i);
      events.addAll(stored(together.events()));
    }
    events.addAll(
        stored(
            List.of(new SessionEvent(newId(), child, 1, NOON.plusSeconds(3_600), brushing(null)))));

    var inParts =
        Play.by(child, NOON.plusSeconds(7_200)).interactions(28, Outcome.INCORRECT).completed(9);
    for (int from = 0; from < 30; from += 4) {
      events.addAll(stored(inParts.events().subList(from, Math.min(from + 4, 30))));
    }

    var forgotten =
        Play.by(child, NOON.plusSeconds(10_800)).interactions(5, Outcome.CORRECT).completed(9);
    stored(forgotten.events());
    SERVICE
        .db()
        .sql("DELETE FROM session_events WHERE session_id = ?")
        .param(forgotten.session().value())
        .update();

    var withoutStart = Play.by(child, NOON.plusSeconds(14_400)).interactions(3, Outcome.NEUTRAL);
    events.addAll(stored(withoutStart.events().subList(1, 4)));

    var tasks = newId();
    events.addAll(
        stored(
            List.of(
                new SessionEvent(tasks, child, 1, NOON.plusSeconds(18_000), brushing(null)),
                new SessionEvent(
                    tasks, child, 2, NOON.plusSeconds(18_060), brushing(NOON.plusSeconds(60))),
                new SessionEvent(tasks, child, 3, NOON.plusSeconds(18_120), brushing(null)))));

    events.addAll(
        stored(Play.by(child, NOON.plusSeconds(21_600)).interactions(6, Outcome.CORRECT).events()));
    return events;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyHistoryIsToldWhole(long seed) {
    var random = new Random(seed);
    var events = stored(RandomHistory.of(child, ZoneId.of("Europe/Rome"), random).events());
    assertThat(all(home.family().token(), 20 + random.nextInt(81))).isEqualTo(expected(events));
  }

  @Test
  void statementIsTheSameWheneverItIsFetched() {
    var play = Play.by(child, NOON).interaction(Outcome.CORRECT);
    stored(play.events());
    var early = all(home.family().token(), 100);

    stored(
        List.of(
            new SessionEvent(
                play.session(),
                child,
                3,
                NOON.plusSeconds(9),
                new Payload.SessionEnded(Payload.EndStatus.COMPLETED, null, 90, null))));

    assertThat(all(home.family().token(), 100))
        .hasSize(3)
        .startsWith(early.toArray(JsonNode[]::new));
  }

  /** A page begins and ends in the middle of a row. */
  @Test
  void rowsOfManyEventsAreToldWithoutAGap() {
    var play = Play.by(child, NOON).interactions(2_998, Outcome.CORRECT).completed(9).events();
    for (int from = 0; from < 3_000; from += 1_000) {
      stored(play.subList(from, from + 1_000));
    }
    assertThat(rows()).isEqualTo(3);
    stored(Play.by(child, NOON.plusSeconds(86_400)).help().events());
    var told = all(home.family().token(), 100);
    assertThat(told).hasSize(3_002);
    assertThat(told.subList(0, 3_000)).isEqualTo(json(play));
    assertThat(all(home.family().token(), 97)).isEqualTo(told);
  }

  @Test
  void rowOfManyEventsIsToldOneByOne() {
    var play = Play.by(child, NOON).interactions(2_998, Outcome.CORRECT).completed(9).events();
    stored(play);
    assertThat(rows()).isOne();
    var expected = json(play);
    var path = home.path("/statements?limit=1");
    for (int i = 0; i < 3; i++) {
      var page = SERVICE.get(path, home.family().token()).ok();
      assertThat(page.path("statements").valueStream()).containsExactly(expected.get(i));
      path = page.path("more").stringValue();
    }
    var last = SERVICE.get(after(2_999, path), home.family().token()).ok();
    assertThat(last.path("statements").valueStream()).containsExactly(expected.getLast());
    assertThat(last.path("more").stringValue()).isEmpty();
  }

  private int rows() {
    return SERVICE
        .db()
        .sql("SELECT count(*) FROM session_events WHERE child_id = ?")
        .param(child.value())
        .query(Integer.class)
        .single();
  }

  /** The path of a page that begins after another event of the same session. */
  private static String after(int sequence, String path) {
    var at = path.indexOf("cursor=") + "cursor=".length();
    var cursor = new String(Base64.getUrlDecoder().decode(path.substring(at)), UTF_8);
    return path.substring(0, at) + encoded(cursor.replaceFirst("/[0-9]+$", "/" + sequence));
  }

  private static String encoded(String cursor) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
  }

  @Test
  void answerHasTheFormOfARecordStores() {
    stored(Play.by(child, NOON).help().events());
    var reply = home.ask("GET", "/statements?limit=1", null);
    assertThat(reply.header("X-Experience-API-Version")).isEqualTo("1.0.3");
    assertThat(reply.ok().propertyNames()).containsExactlyInAnyOrder("statements", "more");
    assertThat(reply.json().at("/statements/0").propertyNames())
        .containsExactlyInAnyOrder("id", "actor", "verb", "object", "context", "timestamp");
    assertThat(reply.json().path("more").stringValue())
        .startsWith("/api/v1/children/" + child + "/statements?limit=1&cursor=");
  }

  @Test
  void childOfWhichNothingIsStoredHasAnEmptyPage() {
    assertThat(home.ask("GET", "/statements", null).ok())
        .isEqualTo(JsonMapper.shared().readTree("{\"statements\": [], \"more\": \"\"}"));
    var forgotten = Play.by(child, NOON).completed(3);
    stored(forgotten.events());
    SERVICE.db().sql("DELETE FROM session_events WHERE child_id = ?").param(child.value()).update();
    assertThat(all(home.family().token(), 1)).isEmpty();
  }

  @Test
  void lastPageThatIsFullHasNoneAfterIt() {
    stored(Play.by(child, NOON).help().help().events());
    var page = home.ask("GET", "/statements?limit=3", null).ok();
    assertThat(page.path("statements")).hasSize(3);
    assertThat(page.path("more").stringValue()).isEmpty();
  }

  @Test
  void guardiansAndAssignedProfessionalsMayFetchThemAndNobodyElse() {
    var expected = expected(stored(Play.by(child, NOON).help().completed(7).events()));
    var professional = SERVICE.professional();
    var theirs = Tokens.TRUSTED.of(professional, "professional");
    home.askAs(theirs, "GET", "/statements", null).problem(404);
    SERVICE.assign(professional, child);

    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    for (var token : List.of(home.family().token(), guardian, theirs)) {
      assertThat(all(token, 2)).isEqualTo(expected);
    }
    assertThat(home.record())
        .as("each look of the professional")
        .containsExactly(
            "look: GET /api/v1/children/" + child + "/statements",
            "look: GET /api/v1/children/" + child + "/statements");
    for (var stranger :
        List.of(
            SERVICE.family("Europe/Rome").token(),
            Tokens.TRUSTED.of(SERVICE.professional(), "professional"))) {
      var problem = home.askAs(stranger, "GET", "/statements", null).problem(404);
      assertThat(problem.path("detail").stringValue())
          .isEqualTo("there is no child " + child + " that you may see");
    }
  }

  @Test
  void restrictedChildIsToldToItsGuardiansOnly() {
    var expected = expected(stored(Play.by(child, NOON).help().events()));
    var professional = SERVICE.professional();
    SERVICE.assign(professional, child);
    Household.assertDone(home.ask("PUT", "/restriction", "{\"restricted\": true}"), 204);
    home.askAs(Tokens.TRUSTED.of(professional, "professional"), "GET", "/statements", null)
        .problem(404);
    assertThat(all(home.family().token(), 100)).isEqualTo(expected);
  }

  /** As of {@code /export}, which takes the same away. */
  @Test
  void assignmentWithoutExportsHasNone() {
    var professional = SERVICE.professional();
    var theirs = Tokens.TRUSTED.of(professional, "professional");
    SERVICE.assign(professional, child);
    permit(professional, "{\"export\": false}");
    assertWithoutExports(home.askAs(theirs, "GET", "/statements", null));

    var expected = expected(stored(Play.by(child, NOON).help().completed(7).events()));
    assertWithoutExports(home.askAs(theirs, "GET", "/statements", null));
    SERVICE.get(home.path(""), theirs).ok();
    assertThat(all(home.family().token(), 100)).isEqualTo(expected);

    permit(professional, "{\"export\": true, \"notes\": false}");
    assertThat(all(theirs, 100)).isEqualTo(expected);
    var more =
        home.askAs(theirs, "GET", "/statements?limit=1", null).ok().path("more").stringValue();
    permit(professional, "{\"export\": false}");
    assertWithoutExports(SERVICE.get(more, theirs));
  }

  private static void assertWithoutExports(Reply reply) {
    assertThat(reply.problem(403).path("detail").stringValue())
        .isEqualTo("your assignment to this child is without exports");
  }

  private static void permit(long professional, String permissions) {
    SERVICE
        .db()
        .sql("UPDATE patient_assignments SET permissions = ?::jsonb WHERE professional_id = ?")
        .params(permissions, professional)
        .update();
  }

  @Test
  void sessionIdThatTwoChildrenUseShowsEachItsOwn() {
    var other = Household.in(SERVICE);
    var ofThis = Play.by(child, NOON).interactions(2, Outcome.CORRECT).events();
    var ofTheOther =
        Play.by(other.family().child(), NOON.plusSeconds(5)).help().completed(3).events().stream()
            .map(event -> under(ofThis.getFirst().sessionId(), event))
            .toList();
    stored(ofThis);
    stored(ofTheOther);

    assertThat(all(home.family().token(), 2)).isEqualTo(expected(ofThis));
    assertThat(pages(other.path("/statements?limit=2"), other.family().token()))
        .isEqualTo(json(ofTheOther));
  }

  private static SessionEvent under(SessionId session, SessionEvent event) {
    return new SessionEvent(
        session, event.childId(), event.sequence(), event.occurredAt(), event.payload());
  }

  @Test
  void cursorOfAnotherChildShowsNothingOfIt() {
    var other = Household.in(SERVICE);
    stored(Play.by(other.family().child(), NOON.minusSeconds(60)).help().events());
    var own = stored(Play.by(child, NOON).help().events());
    var foreign = other.ask("GET", "/statements?limit=1", null).ok().path("more").stringValue();

    var cursor = foreign.substring(foreign.indexOf("cursor="));

    assertThat(pages(home.path("/statements?" + cursor), home.family().token()))
        .isEqualTo(json(own));
  }

  @Test
  void wordsOfPeopleAndTheirDeviceAreNeverInIt() {
    var play =
        Play.by(
                child,
                NOON,
                new Payload.SessionStarted(
                    Payload.SessionType.DENTAL_VISIT,
                    "dental_hygiene",
                    "Dental hygiene routine",
                    null,
                    NOTES,
                    NOTES,
                    null,
                    null,
                    null,
                    null))
            .then(new Payload.ParentRated(4, NOTES, Map.of(NOTES, NOTES)))
            .then(brushing(null))
            .then(new Payload.SessionEnded(Payload.EndStatus.ABANDONED, NOTES, null, null));
    stored(play.events());
    stored(List.of(new SessionEvent(newId(), child, 1, NOON.plusSeconds(60), brushing(null))));
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO session_ratings (session_id, child_id, rated_by, payload)
            VALUES (?, ?, ?, '{"rating": 2, "notes": "unmistakable words"}')
            """)
        .params(play.session().value(), child.value(), home.family().parent())
        .update();

    var reply = home.ask("GET", "/statements?limit=100", null);

    assertThat(reply.ok().path("statements")).hasSize(5);
    assertThat(reply.body()).contains("\"rating\":4").doesNotContain(NOTES, "unmistakable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z " + ID,
        "2026-01-01T00:00:00Z " + ID + "/",
        "2026-01-01T00:00:00Z " + ID + "/x",
        "2026-01-01T00:00:00Z " + ID + "/-1",
        "2026-01-01T00:00:00Z " + ID + "/1234567",
        "2026-01-01T00:00:00Z nonsense/1",
        "yesterday " + ID + "/1",
        "infinity " + ID + "/1",
        "+1000000000-12-31T23:59:59Z " + ID + "/1",
        "-4800-01-01T00:00:00Z " + ID + "/1",
        "2026-01-01T00:00:00Z'; DROP TABLE activities -- " + ID + "/1"
      })
  void cursorOfNonsenseIsNamed(String content) {
    assertThat(refused("?cursor=" + encoded(content))).isEqualTo("cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "x", "-5", "020", "1e2"})
  void limitThatIsNoneIsNamed(String limit) {
    assertThat(refused("?limit=" + limit)).isEqualTo("limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "!", "===="})
  void whatNoPageGaveOutIsNoCursor(String cursor) {
    assertThat(refused("?cursor=" + cursor)).isEqualTo("cursor");
  }

  private String refused(String query) {
    return home.ask("GET", "/statements" + query, null).problem(400).path("parameter").asString("");
  }

  /** Stores them as ingest does, and returns them. */
  private static Collection<SessionEvent> stored(Collection<SessionEvent> events) {
    StoredHistory.store(SERVICE.db(), events);
    return events;
  }

  private static SessionId newId() {
    return Play.by(new ChildId(1), NOON).session();
  }

  /** A task that a guardian writes about. */
  private static Payload brushing(@Nullable Instant completedAt) {
    return new Payload.ActivityRecorded(
        Payload.ActivityType.DENTAL_CARE,
        "Brushing teeth",
        NOTES,
        NOTES,
        10,
        null,
        null,
        completedAt,
        4,
        null,
        null,
        null,
        null,
        null,
        NOTES,
        List.of(NOTES),
        List.of(NOTES),
        List.of(NOTES),
        List.of(NOTES),
        List.of(NOTES),
        null,
        null,
        null,
        NOTES);
  }

  private List<JsonNode> all(String token, int limit) {
    return pages(home.path("/statements?limit=" + limit), token);
  }

  /** From page to page, until one says that there is no more. */
  private static List<JsonNode> pages(String first, String token) {
    var told = new ArrayList<JsonNode>();
    for (var path = first; !path.isEmpty(); ) {
      var page = SERVICE.get(path, token).ok();
      var here = page.path("statements").valueStream().toList();
      told.addAll(here);
      assertThat(told.size()).as("pages that never end").isLessThan(10_000);
      path = page.path("more").stringValue();
      if (!path.isEmpty()) {
        assertThat(here).hasSize(limitOf(path));
      }
    }
    return told;
  }

  private static int limitOf(String path) {
    return Integer.parseInt(path.replaceFirst(".*[?&]limit=([0-9]+).*", "$1"));
  }

  /**
   * The statements of what is stored of the child: by the start of a session as its row says it,
   * and of a task that is in no session by when it was done.
   */
  private List<JsonNode> expected(Collection<SessionEvent> events) {
    var starts = new HashMap<SessionId, Instant>();
    SERVICE
        .db()
        .sql("SELECT id, started_at FROM game_sessions WHERE child_id = ?")
        .param(child.value())
        .query(
            row -> {
              starts.put(
                  new SessionId(row.getObject("id", UUID.class)),
                  row.getObject("started_at", OffsetDateTime.class).toInstant());
            });
    return json(
        events.stream()
            .sorted(
                comparing((SessionEvent event) -> at(event, starts.get(event.sessionId())))
                    .thenComparing(SessionEvent::sessionId)
                    .thenComparingInt(SessionEvent::sequence))
            .toList());
  }

  private static Instant at(SessionEvent event, @Nullable Instant start) {
    if (start != null) {
      return start;
    }
    return event.payload() instanceof Payload.ActivityRecorded task
        ? Objects.requireNonNullElse(task.completedAt(), event.occurredAt())
        : event.occurredAt();
  }

  private static List<JsonNode> json(Collection<SessionEvent> events) {
    return JsonMapper.shared()
        .readTree(Statement.json(events.stream().map(STATEMENTS::of).toList()))
        .valueStream()
        .toList();
  }
}
