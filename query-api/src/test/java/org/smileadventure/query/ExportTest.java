package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.RawRequest;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** What is kept of a child is exported whole, or nobody can take it for whole. */
@RealServers
class ExportTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** More than the buffers of both ends of a connection hold. */
  private static final int LARGE = 12_000_000;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  private final Family family = SERVICE.family("Europe/Rome");

  @Test
  void holdsEveryEventAndSaysThatItIsWhole() {
    play(3);
    withoutTheirStart();
    var stored = count("SELECT count(*) FROM v_session_event WHERE child_id = ?");

    var export = SERVICE.get(path("json"), family.token());

    var json = export.ok();
    assertThat(json.path("child").path("id").longValue()).isEqualTo(family.child().value());
    assertThat(json.path("sessions").size()).isEqualTo(5);
    assertThat(json.path("activities").size()).isEqualTo(4);
    assertThat(json.path("events").size()).isEqualTo(stored);
    var end = json.path("end");
    assertThat(List.copyOf(json.propertyNames()).getLast()).isEqualTo("end");
    assertThat(end.path("complete").booleanValue()).isTrue();
    for (var part : List.of("sessions", "activities", "ratings", "events")) {
      assertThat(end.path(part).intValue()).as(part).isEqualTo(json.path(part).size());
    }
    assertThat(end.path("events_kept_since").isNull()).isTrue();
    assertThat(end.path("sha256").asString())
        .isEqualTo(sha256(export.body().substring(0, export.body().lastIndexOf(",\"end\":"))));
  }

  @Test
  void tableEndsWithALineThatSaysThatItIsWhole() throws IOException {
    play(3);

    var table = SERVICE.get(path("csv"), family.token());

    assertThat(table.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(table.header("Content-Disposition")).endsWith(".csv\"");
    assertThat(table.body()).startsWith("\uFEFF\"id\",\"session_type\"");
    var records = CSVFormat.RFC4180.parse(new StringReader(table.body())).getRecords();
    assertThat(records).hasSize(1 + 3 + 1).allMatch(line -> line.size() == 21);
    assertThat(records.get(3).get(9)).isEqualTo("48");
    assertThat(records.getLast().stream().limit(3))
        .containsExactly(
            "complete",
            "3",
            sha256(table.body().substring(0, table.body().indexOf("\"complete\""))));
  }

  @Test
  void whatTakesManyPagesIsThereOnceEach() {
    play(2);
    manySessions(1_203);
    manyEvents(1_300, 2, 10);

    var json = SERVICE.get(path("json"), family.token()).ok();

    assertThat(texts(json, "sessions", "id"))
        .doesNotHaveDuplicates()
        .hasSize(count("SELECT count(*) FROM game_sessions WHERE child_id = ?"));
    var events =
        json.path("events")
            .valueStream()
            .map(event -> event.path("session_id").asString() + "/" + event.path("seq"))
            .toList();
    assertThat(events)
        .doesNotHaveDuplicates()
        .hasSize(count("SELECT count(*) FROM v_session_event WHERE child_id = ?"));
  }

  @Test
  void saysSinceWhenEventsAreKept() {
    try (var alone = ServiceUnderTest.startAlone()) {
      alone
          .db()
          .sql(
              "UPDATE forgotten_events SET least_session_id = least_session_id('2026-03-01T00:00:00Z')")
          .update();
      var other = alone.family("UTC");
      var json = alone.get("/api/v1/children/" + other.child() + "/export", other.token()).ok();
      assertThat(json.path("end").path("events_kept_since").asString())
          .isEqualTo("2026-03-01T00:00:00Z");
    }
  }

  @Test
  void connectionIsBrokenOffIfTheDatabaseFailsInTheMiddle() {
    manySessions(600);
    try (var other = new OtherConnection("activities");
        var request = new RawRequest(SERVICE.address(), path("json"), family.token())) {
      request.read(20_000);
      other.killWhoeverWaits();
      assertBrokenOff(request.rest());
    }
  }

  @Test
  void clientsSeeThatItWasBrokenOff() {
    manySessions(600);
    try (var other = new OtherConnection("activities")) {
      var killer = Thread.startVirtualThread(other::killWhoeverWaits);
      assertThatThrownBy(() -> SERVICE.get(path("json"), family.token()))
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isNotInstanceOf(HttpTimeoutException.class);
      assertThat(killer.isAlive()).isFalse();
    }
  }

  @Test
  void failureBeforeTheFirstByteIsAProblemAndNoFile() {
    try (var other = new OtherConnection("game_sessions")) {
      Thread.startVirtualThread(other::killWhoeverWaits);
      var reply = SERVICE.get(path("json"), family.token());
      assertThat(reply.problem(503).path("detail").asString()).contains("try again");
      assertThat(reply.header("Content-Disposition")).isNull();
    }
  }

  @Test
  void whoReadsSlowlyHoldsNoConnectionAndNoTransaction() {
    manyEvents(LARGE / 10_000, 20, 400);
    var others = Stream.generate(() -> SERVICE.family("UTC")).limit(3).toList();
    try (var first = new RawRequest(SERVICE.address(), path("json"), family.token());
        var second = new RawRequest(SERVICE.address(), path("json"), family.token())) {
      first.read(20_000);
      second.read(20_000);
      await().atMost(PATIENCE).until(() -> connections("state <> 'idle'") == 0);

      for (var other : others) {
        SERVICE.get(other.sessions(), other.token()).ok();
      }
      var third = SERVICE.get(path("json"), family.token());
      assertThat(third.problem(429).path("detail").asString()).contains("2 exports of yours");
      assertThat(third.header("Retry-After")).isEqualTo("30");
      assertThat(SERVICE.get(path("json", others.getFirst()), others.getFirst().token()).status())
          .isEqualTo(200);

      assertThat(first.rest()).contains("\"end\":{\"complete\":true").endsWith("\r\n0\r\n\r\n");
    }
    await().atMost(PATIENCE).until(() -> SERVICE.get(path("csv"), family.token()).status() == 200);
  }

  @Test
  void adminsLookIsOnRecordWhateverBecomesOfTheRest() {
    manyEvents(LARGE / 10_000, 20, 400);
    var admin = SERVICE.user("admin", "unused");
    try (var request =
        new RawRequest(SERVICE.address(), path("json"), Tokens.TRUSTED.of(admin, "admin"))) {
      request.read(20_000);
      assertThat(looks(admin)).isOne();
    }
    assertThat(looks(admin)).isOne();
    var whole = SERVICE.get(path("json"), Tokens.TRUSTED.of(admin, "admin")).ok();
    assertThat(whole.path("end").path("events").intValue()).isEqualTo(20 * LARGE / 10_000);
    assertThat(looks(admin)).isEqualTo(2);
  }

  @Test
  void whoMayNotSeeTheChildAnyMoreGetsNoFurtherPage() {
    manyEvents(LARGE / 10_000, 20, 400);
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    try (var request =
        new RawRequest(
            SERVICE.address(), path("json"), Tokens.TRUSTED.of(professional, "professional"))) {
      request.read(20_000);
      SERVICE
          .db()
          .sql("UPDATE patient_assignments SET status = 'inactive' WHERE professional_id = ?")
          .param(professional)
          .update();
      assertBrokenOff(request.rest());
    }
  }

  private static void assertBrokenOff(String received) {
    assertThat(received).startsWith("HTTP/1.1 200").doesNotContain("\"end\":", "problem");
    assertThat(received.endsWith("\r\n0\r\n\r\n")).isFalse();
  }

  private String path(String format) {
    return path(format, family);
  }

  private static String path(String format, Family family) {
    return "/api/v1/children/" + family.child() + "/export?format=" + format;
  }

  private void play(int days) {
    for (int day = 0; day < days; day++) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(family.child(), NOON.minus(12 - day, ChronoUnit.DAYS))
              .interactions(10, Outcome.CORRECT)
              .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 6, 4))
              .completed(40 + 4 * day)
              .events());
    }
  }

  /** Sessions of which the first event was lost. */
  private void withoutTheirStart() {
    List<SessionEvent> events =
        Play.by(family.child(), NOON)
            .interactions(3, Outcome.CORRECT)
            .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 6, 4))
            .events();
    StoredHistory.store(SERVICE.db(), events.subList(1, events.size()));
    var others = Play.by(family.child(), NOON).interactions(3, Outcome.CORRECT).events();
    StoredHistory.store(SERVICE.db(), others.subList(1, others.size()));
  }

  private void manySessions(int count) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day)
            SELECT gen_random_uuid(), :child, 'dental_visit', 'Brushing', now() - n * interval '1 hour', '2026-05-01'
            FROM generate_series(1, :count) n
            """)
        .param("child", family.child().value())
        .param("count", count)
        .update();
  }

  /** A session of so many rows, of so many events each. */
  private void manyEvents(int rows, int events, int letters) {
    SERVICE
        .db()
        .sql(
            """
            WITH session AS (
              INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day)
              VALUES (uuidv7(), :child, 'dental_visit', 'Brushing', now(), '2026-05-01')
              RETURNING id
            )
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
            SELECT session.id, :child, 1 + r * :events, (r + 1) * :events,
                   convert_to('[' || string_agg(format('[%s,"help.requested",1779271200000000,{"stepId":"%s"}]',
                     r * :events + e, repeat('x', :letters)), ',' ORDER BY e) || ']', 'UTF8')
            FROM session, generate_series(0, :rows - 1) r, generate_series(1, :events) e
            GROUP BY session.id, r
            """)
        .param("child", family.child().value())
        .param("rows", rows)
        .param("events", events)
        .param("letters", letters)
        .update();
  }

  private int count(String statement) {
    return SERVICE.db().sql(statement).param(family.child().value()).query(Integer.class).single();
  }

  private int looks(long admin) {
    return SERVICE
        .db()
        .sql("SELECT count(*) FROM audit_log WHERE actor = ?")
        .param(admin)
        .query(Integer.class)
        .single();
  }

  private static int connections(String condition) {
    return SERVICE
        .db()
        .sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'smile-query-api' AND "
                + condition)
        .query(Integer.class)
        .single();
  }

  private static List<String> texts(JsonNode json, String list, String field) {
    return json.path(list).valueStream().map(item -> item.path(field).asString()).toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands in the way of the service, with a lock on a table. */
  private static final class OtherConnection implements AutoCloseable {
    private final SingleConnectionDataSource connection;

    OtherConnection(String lockedTable) {
      connection = new SingleConnectionDataSource(SERVICE.databaseUrl(), true);
      var db = JdbcClient.create(connection);
      db.sql("BEGIN").update();
      db.sql("LOCK TABLE " + lockedTable + " IN ACCESS EXCLUSIVE MODE").update();
    }

    void killWhoeverWaits() {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  !SERVICE
                      .db()
                      .sql(
                          """
                          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                          WHERE datname = current_database() AND wait_event_type = 'Lock'
                          """)
                      .query(Boolean.class)
                      .list()
                      .isEmpty());
    }

    @Override
    public void close() {
      connection.destroy();
    }
  }
}
