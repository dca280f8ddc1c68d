package org.smileadventure.query.report;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** The export against the catalogue, and what an assignment leaves out of it. */
@RealServers
class WholeExportTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long professional = SERVICE.professional();
  private final String theirs = Tokens.TRUSTED.of(professional, "professional");

  @Test
  void holdsWhatTheCatalogueSaysItDoes() {
    rowsEverywhere();

    var export = export(home.family().token());

    assertThat(export.propertyNames().iterator().next()).isEqualTo("schema_version");
    var catalogued = catalogued();
    assertThat(catalogued).hasSizeGreaterThan(14);
    assertThat(export.propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(catalogued.stream(), Stream.of("schema_version", "end")).toList());
    for (var name : catalogued) {
      assertThat(export.path(name).size()).as(name).isPositive();
    }
  }

  /** What of a table is not in its part, and why. */
  private static final Map<String, Set<String>> LEFT_OUT =
      Map.ofEntries(
          // Each event is told, with what it says.
          entry("session_events", Set.of("first_seq", "last_seq", "events", "packed")),
          // What only machines read, and which follows from the sessions.
          entry("child_month_summary", Set.of("moments", "shape")),
          // What lets in.
          entry("guardian_invitations", Set.of("digest")),
          entry("share_links", Set.of("digest")),
          entry("auth_users", Set.of("hashed_password")),
          // What is around it says so.
          entry("share_looks", Set.of("child_id", "share", "id")),
          entry("guardians", Set.of("child_id")),
          // Which other children play there is not the child's.
          entry("devices", Set.of("jti", "children")),
          // Who it was is told by role and name.
          entry("audit_log", Set.of("actor", "actor_role", "child", "seal")));

  private static final Map<String, Set<String>> ADDED =
      Map.of(
          "events", Set.of("seq", "type", "occurred_at", "payload"),
          "shares", Set.of("looks"),
          "guardians", Set.of("name", "parent"),
          "recipients", Set.of("name", "clinic_name"),
          "looks", Set.of("role", "name"));

  /** A column that is added to a table is in the export, or is left out above. */
  @Test
  void eachPartHasTheColumnsOfTheCatalogue() {
    rowsEverywhere();
    home.guardian();
    SERVICE.get("/api/v1/shared", null, "Smile-Share", shareToken()).ok();
    var export = export(home.family().token());
    var expected = new TreeMap<String, Set<String>>();
    SERVICE
        .db()
        .sql("SELECT name, export, columns FROM personal_data WHERE export IS NOT NULL")
        .query(
            row -> {
              var columns = new TreeSet<>(List.of((String[]) row.getArray("columns").getArray()));
              var leftOut = LEFT_OUT.getOrDefault(row.getString("name"), Set.of());
              assertThat(columns).as(row.getString("name")).containsAll(leftOut);
              columns.removeAll(leftOut);
              expected
                  .computeIfAbsent(row.getString("export"), _ -> new TreeSet<>())
                  .addAll(columns);
            });
    ADDED.forEach((part, names) -> requireNonNull(expected.get(part), part).addAll(names));
    expected.forEach(
        (part, names) ->
            assertThat(keys(export.path(part)))
                .as(part)
                .containsExactlyInAnyOrderElementsOf(names));
  }

  private String shareToken() {
    return home.ask("POST", "/shares", "{\"label\": \"Dentist\", \"days\": 7}")
        .json()
        .path("token")
        .asString();
  }

  private static Set<String> keys(JsonNode part) {
    var keys = new TreeSet<String>();
    var rows = part.isArray() ? part.valueStream().toList() : List.of(part);
    for (var row : rows) {
      keys.addAll(row.propertyNames());
      // With what the rows of a second table are told by.
      row.path("looks").forEach(look -> keys.addAll(look.propertyNames()));
    }
    return keys;
  }

  @Test
  void neitherKeysNorWhatIsOthersIsInIt() {
    rowsEverywhere();
    var other = Household.in(SERVICE);
    var text = SERVICE.get(home.path("/export"), home.family().token()).body();
    assertThat(text)
        .doesNotContain("hashed_password", "digest", "{noop}", other.email(other.family().parent()))
        .contains(home.email(home.family().parent()));
  }

  @Test
  void activityOfNoSessionIsThereWithItsEvent() {
    var events =
        Play.by(home.family().child(), Instant.now().minusSeconds(600))
            .then(Play.brushing(10, null, null, null, null))
            .events();
    StoredHistory.store(SERVICE.db(), List.of(events.getLast()));
    SERVICE
        .db()
        .sql("DELETE FROM game_sessions WHERE child_id = ?")
        .param(home.family().child().value())
        .update();
    assertThat(export(home.family().token()).path("events").size()).isOne();
  }

  @Test
  void professionalTakesAwayWhatTheySeeAndNotTheFamilysOwn() {
    rowsEverywhere();
    var export = export(theirs);
    assertThat(export.propertyNames())
        .contains(
            "child", "phases", "sessions", "activities", "ratings", "events", "months", "windows")
        .doesNotContain(
            "guardians",
            "account",
            "invitations",
            "shares",
            "consents",
            "changes",
            "recipients",
            "devices",
            "looks");
    assertThat(export(Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin")).propertyNames())
        .contains("guardians", "looks");
    assertThat(export.toString()).contains("secret note");
  }

  @Test
  void assignmentWithoutExportsHasNone() {
    rowsEverywhere();
    permit("{\"export\": false}");
    SERVICE.get(home.path("/export"), theirs).problem(403);
    SERVICE.get(home.path(""), theirs).ok();
  }

  @Test
  void assignmentWithoutNotesHidesWhatGuardiansNote() {
    rowsEverywhere();
    var session =
        SERVICE
            .db()
            .sql(
                "SELECT id::text FROM game_sessions WHERE child_id = ? AND parent_notes IS NOT NULL")
            .param(home.family().child().value())
            .query((row, _) -> row.getString(1))
            .single();
    var paths =
        List.of(
            home.path("/export"),
            home.path("/sessions"),
            "/api/v1/sessions/" + session,
            home.path("/report"));
    for (var path : paths.subList(0, 3)) {
      assertThat(SERVICE.get(path, theirs).body()).as(path).contains("secret note");
    }

    permit("{\"notes\": false}");

    for (var path : paths) {
      var reply = SERVICE.get(path, theirs);
      assertDone(reply, 200);
      assertThat(reply.body()).as(path).doesNotContain("secret note").doesNotContain("secretly");
      assertThat(SERVICE.get(path, home.family().token()).status()).isEqualTo(200);
    }
    assertThat(
            SERVICE.get(paths.getFirst(), theirs).json().at("/ratings/0/payload/rating").intValue())
        .isEqualTo(5);
  }

  private JsonNode export(String token) {
    return SERVICE.get(home.path("/export"), token).ok();
  }

  private static List<String> catalogued() {
    return SERVICE
        .db()
        .sql("SELECT DISTINCT export FROM personal_data WHERE export IS NOT NULL")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private void permit(String permissions) {
    SERVICE
        .db()
        .sql("UPDATE patient_assignments SET permissions = ?::jsonb WHERE professional_id = ?")
        .params(permissions, professional)
        .update();
  }

  private void rowsEverywhere() {
    var child = home.family().child();
    var play =
        Play.by(child, Instant.now().minusSeconds(600))
            .interaction(Outcome.CORRECT)
            .then(Play.brushing(10, null, null, null, null))
            .completed(50);
    StoredHistory.store(SERVICE.db(), play.events());
    assertDone(
        Household.send(
            SERVICE,
            "PUT",
            "/api/v1/sessions/" + play.events().getFirst().sessionId() + "/rating",
            home.family().token(),
            "{\"rating\": 5, \"notes\": \"a secret note\", \"observed_behavior\": {\"mood\": \"secretly proud\"}}"),
        204);
    SERVICE.assign(professional, child);
    home.ask("PATCH", "", "{\"support_level\": 2}");
    assertDone(
        home.ask(
            "POST",
            "/phases",
            "{\"day\": \"2026-03-01\", \"kind\": \"therapy\", \"label\": \"Speech\"}"),
        201);
    home.ask("POST", "/shares", "{\"label\": \"Dentist\", \"days\": 7}");
    home.ask("POST", "/invitations", "{\"email\": \"aunt@example.org\", \"kind\": \"guardian\"}");
    for (var statement :
        List.of(
            """
            INSERT INTO devices (jti, user_id, name, children, expires_at)
            SELECT gen_random_uuid(), parent_id, 'Tablet', ARRAY[id], now() + interval '30 days' FROM children WHERE id = ?
            """,
            """
            INSERT INTO refused_events (child_id, session_id, seq, type, reason, detail)
            VALUES (?, gen_random_uuid(), 1, 'help.requested', 'foreign_session', 'no')
            """,
            """
            INSERT INTO child_month_summary
            VALUES (?, '2026-03-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, '{}') ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO child_window_summary (child_id, window_name, first_day, last_day, sessions, completed,
              abandoned, interrupted, score_n, engagement_n, success_n, risks, activities, verified, emotional_n,
              improvements, deteriorations)
            VALUES (?, '7d', '2026-03-01', '2026-03-07', 0, 0, 0, 0, 0, 0, 0, '{}', 0, 0, 0, 0, 0)
            """)) {
      SERVICE.db().sql(statement).param(child.value()).update();
    }
    SERVICE.get(home.path(""), theirs).ok();
  }
}
