package org.smileadventure.query.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What guardians say of a child: added, changed, and who changed what. */
@RealServers
class ChildProfileTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CONSENTS =
      "{\"text_version\": \"2026-01\", \"play_analytics\": true, \"population_figures\": true}";

  /** All that can be said. */
  private static final String PROFILE =
      """
      {"name": " Zoe\u0308 ", "date_of_birth": "2018-03-01", "timezone": "Europe/Rome",
       "avatar_url": "https://example.org/a.png", "diagnosis": "ASD", "support_level": 2,
       "diagnosis_date": "2021-05-06", "diagnosing_professional": "Dr. Rossi",
       "sensory_profile": {"noise": "high", "light": "low"}, "behavioral_notes": "likes\\ntrains",
       "communication_style": "mixed", "communication_notes": "signs", "current_therapies": [{"type": "speech"}],
       "emergency_contacts": [{"name": "Nonna", "phone": "0123456789"}],
       "safety_protocols": {"elopement_risk": "low"}, "baseline_assessment": {"score": 4.5},
       "last_assessment_date": "2025-01-01", "progress_notes": ["first"],
       "consents": {"text_version": "2026-01", "play_analytics": true, "population_figures": true}}
      """;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @Test
  void parentAddsAChildWithAllThatCanBeSaidOfIt() {
    var parent = SERVICE.user("parent", "unused");
    var token = Tokens.TRUSTED.of(parent, "parent");

    var added = Household.send(SERVICE, "POST", "/api/v1/children", token, PROFILE);

    assertDone(added, 201);
    var location = String.valueOf(added.header("Location"));
    assertThat(location).isEqualTo("/api/v1/children/" + added.json().path("id").asString());
    var profile = SERVICE.get(location, token).ok();
    assertThat(profile.path("name").asString()).isEqualTo("Zo\u00eb");
    assertThat(profile.path("parent_id").longValue()).isEqualTo(parent);
    assertThat(profile.path("age").intValue())
        .isEqualTo(
            LocalDate.parse("2018-03-01")
                .until(LocalDate.now(ZoneId.of("Europe/Rome")))
                .getYears());
    var said = JSON.readTree(PROFILE);
    for (var field :
        List.of("timezone", "avatar_url", "diagnosis", "support_level", "communication_style")) {
      assertThat(profile.path(field)).as(field).isEqualTo(said.path(field));
    }
    var details = (ObjectNode) profile.path("details");
    assertThat(details.remove("restricted_at").isNull()).isTrue();
    details.forEachEntry((field, value) -> assertThat(value).as(field).isEqualTo(said.path(field)));
    var consents = SERVICE.get(location + "/consents", token).ok().path("current");
    assertThat(consents.valueStream().map(consent -> consent.path("purpose").asString()))
        .containsExactly("play_analytics", "population_figures");
    assertThat(consents.path(0).path("text_version").asString()).isEqualTo("2026-01");
    assertThat(
            SERVICE
                .db()
                .sql("SELECT play_consent AND population_consent FROM children WHERE parent_id = ?")
                .param(parent)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void nothingIsTakenWithoutConsentToWhatEverythingNeeds() {
    var parent = SERVICE.user("parent", "unused");
    var token = Tokens.TRUSTED.of(parent, "parent");
    for (var consents :
        List.of(
            "",
            ", \"consents\": {\"text_version\": \"1\"}",
            ", \"consents\": {\"text_version\": \"1\", \"play_analytics\": false}")) {
      var problem =
          Household.send(
                  SERVICE,
                  "POST",
                  "/api/v1/children",
                  token,
                  "{\"name\": \"A\", \"age\": 4" + consents + "}")
              .problem(422);
      assertThat(problem.path("parameter").asString()).isEqualTo("consents.play_analytics");
    }
    assertThat(SERVICE.get("/api/v1/children", token).ok().path("children").size()).isZero();
  }

  @Test
  void accountHasTwentyChildrenAtMost() {
    var parent = SERVICE.user("parent", "unused");
    var people = new People(SERVICE.db());
    for (int i = 0; i < 19; i++) {
      people.child(parent, "UTC");
    }
    var token = Tokens.TRUSTED.of(parent, "parent");
    var child = "{\"name\": \"A\", \"age\": 4, \"consents\": " + CONSENTS + "}";
    assertDone(Household.send(SERVICE, "POST", "/api/v1/children", token, child), 201);
    Household.send(SERVICE, "POST", "/api/v1/children", token, child).problem(409);
  }

  /** At least one for each rule that the database has, and what its types do not hold. */
  static Stream<Arguments> refused() {
    return Stream.of(
            refused(
                "name",
                "null",
                "\"\"",
                "\" \"",
                "\"\\u200b\"",
                "\"a\\u0000b\"",
                "\"a\\nb\"",
                quoted("x".repeat(101))),
            refused("age", "-1", "26", "4.5", "\"seven\"", "99999999999"),
            refused(
                "date_of_birth",
                "\"1970-01-01\"",
                "\"9999-01-01\"",
                "\"+999999-01-01\"",
                "\"2018-02-30\"",
                "5"),
            refused("timezone", "\"Mars/Olympus\"", "\"\"", "\"a\\u0000\"", quoted("x".repeat(65))),
            refused(
                "avatar_url",
                "\"ftp://example.org/a\"",
                "\"https://\"",
                "\"https://e.org/\\u0000\"",
                quoted("https://" + "x".repeat(500))),
            refused(
                "diagnosis",
                "\"xx\"",
                "\"\\uD83D\\uDE00\\uD83D\\uDE00\"",
                quoted("x".repeat(201)),
                "\"a\\u202Eb\""),
            refused("support_level", "0", "4", "\"2\""),
            refused("diagnosis_date", "\"9999-01-01\"", "\"0001-01-01\"", "\"-4800-01-01\""),
            refused("diagnosing_professional", quoted("x".repeat(201)), "\"a\\tb\""),
            refused(
                "sensory_profile",
                "[]",
                "\"x\"",
                "{\"a\": \"\\u0000\"}",
                "{\"a\": {\"b\": \"\\u0000\"}}",
                "{\"a\": " + quoted("x".repeat(20_001)) + "}"),
            refused("behavioral_notes", quoted("x".repeat(2001)), "\"\\u0007\""),
            refused("communication_style", "\"loud\"", "1"),
            refused("communication_notes", quoted("x".repeat(1001))),
            refused(
                "current_therapies", "{}", "[1]", "[null]", "[{},{},{},{},{},{},{},{},{},{},{}]"),
            refused("emergency_contacts", "{}", "[{},{},{},{},{},{}]"),
            refused("safety_protocols", "[]", "1"),
            refused("baseline_assessment", "[]", "true"),
            refused("last_assessment_date", "\"9999-01-01\""),
            refused("progress_notes", "{}", "[\"\\u0000\"]"))
        .flatMap(List::stream);
  }

  private static List<Arguments> refused(String field, String... values) {
    return Stream.of(values).map(value -> Arguments.of(field, value)).toList();
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("refused")
  void whatTheDatabaseWouldRefuseIsRefusedByTheNameOfItsField(String field, String value) {
    var home = Household.in(SERVICE);
    var whole = (ObjectNode) JSON.readTree("{\"name\": \"A\", \"age\": 7}");
    whole.remove(field);
    if (field.equals("date_of_birth")) {
      whole.remove("age");
    }
    var said = whole.toString().replaceFirst("}$", "");
    var body =
        said
            + (said.length() > 1 ? ", " : "")
            + "\"%s\": %s, \"consents\": %s}".formatted(field, value, CONSENTS);
    var added = Household.send(SERVICE, "POST", "/api/v1/children", home.family().token(), body);
    assertThat(named(added.problem(400))).as(added.body()).startsWith(field);

    var changed = home.ask("PATCH", "", "{\"%s\": %s}".formatted(field, value));
    assertThat(named(changed.problem(400))).as(changed.body()).startsWith(field);
  }

  /** The field that a problem is about. */
  private static String named(JsonNode problem) {
    return problem.has("parameter")
        ? problem.path("parameter").asString()
        : problem.at("/errors/0/field").asString();
  }

  @Test
  void ageIsWhatTheDateOfBirthSays() {
    var home = Household.in(SERVICE);
    var born = LocalDate.now(ZoneOffset.UTC).minusYears(9).minusDays(40);
    assertDone(home.ask("PATCH", "", "{\"date_of_birth\": \"%s\"}".formatted(born)), 204);
    assertThat(profile(home).path("age").intValue()).isEqualTo(9);
    assertThat(named(home.ask("PATCH", "", "{\"age\": 8}").problem(400))).isEqualTo("age");
    assertDone(home.ask("PATCH", "", "{\"date_of_birth\": null, \"age\": 8}"), 204);
    assertThat(profile(home).path("age").intValue()).isEqualTo(8);
  }

  @Test
  void patchIsMergedAndWhatItDoesNotNameStays() {
    var home = Household.in(SERVICE);
    assertDone(
        home.ask(
            "PATCH",
            "",
            "{\"sensory_profile\": {\"noise\": \"high\", \"light\": {\"sun\": 1}}, \"diagnosis\": \"ASD\"}",
            "Content-Type",
            "application/merge-patch+json"),
        204);
    assertDone(
        home.ask(
            "PATCH",
            "",
            "{\"sensory_profile\": {\"noise\": null, \"light\": {\"lamp\": 2}}, \"name\": \"Samuel\"}"),
        204);
    var profile = profile(home);
    assertThat(profile.at("/details/sensory_profile").toString())
        .isEqualTo("{\"light\":{\"sun\":1,\"lamp\":2}}");
    assertThat(profile.path("diagnosis").asString()).isEqualTo("ASD");
    assertThat(profile.path("name").asString()).isEqualTo("Samuel");
    assertThat(profile.path("version").longValue()).isEqualTo(2);
  }

  @Test
  void whatIsNotTheirsToChangeIsRefused() {
    var home = Household.in(SERVICE);
    for (var field :
        List.of(
            "points", "parent_id", "is_active", "id", "consents", "restricted_at", "nonsense")) {
      assertThat(named(home.ask("PATCH", "", "{\"%s\": 1}".formatted(field)).problem(400)))
          .isEqualTo(field);
    }
    home.ask("PATCH", "", "[]").problem(400);
    home.ask("PATCH", "", "{\"age\": 1, \"age\": 2}").problem(400);
    home.ask("PATCH", "", "age=1", "Content-Type", "text/plain").problem(415);
  }

  @Test
  void whoChangedWhatIsOnRecordAndToldToGuardians() {
    var home = Household.in(SERVICE);
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    home.ask("PATCH", "", "{\"name\": \"Samuel\", \"support_level\": 2}");
    home.askAs(
        guardian, "PATCH", "", "{\"support_level\": null, \"sensory_profile\": {\"noise\": 1}}");

    var first = SERVICE.get(home.path("/changes?limit=3"), guardian).ok();
    var second =
        SERVICE
            .get(
                home.path("/changes?limit=3&cursor=" + first.path("next_cursor").asString()),
                guardian)
            .ok();

    assertThat(Stream.of(first, second).flatMap(page -> page.path("changes").valueStream()))
        .extracting(
            change ->
                "%s %s→%s by %s"
                    .formatted(
                        change.path("field").asString(),
                        change.path("old_value"),
                        change.path("new_value"),
                        change.path("changed_by").longValue() == home.family().parent()
                            ? "parent"
                            : "guardian"))
        .containsExactly(
            "support_level 2→null by guardian",
            "sensory_profile null→{\"noise\":1} by guardian",
            "support_level null→2 by parent",
            "name \"Sam\"→\"Samuel\" by parent");
    assertThat(first.at("/changes/0/changed_by_name").asString()).isEqualTo("Test User");
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void anotherTimeZoneMovesTheDays() {
    var home = Household.in(SERVICE);
    assertDone(home.ask("PATCH", "", "{\"timezone\": \"Asia/Tokyo\"}"), 204);
    assertThat(
            SERVICE
                .db()
                .sql("SELECT count(*) FROM moved_children WHERE child_id = ?")
                .param(home.family().child().value())
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void versionThatIsNotTheOneHereIsNotWrittenTo() {
    var home = Household.in(SERVICE);
    var tag = String.valueOf(SERVICE.get(home.path(""), home.family().token()).header("ETag"));
    assertThat(tag).startsWith("\"0.");
    var changed = home.ask("PATCH", "", "{\"age\": 8}", "If-Match", tag);
    assertDone(changed, 204);
    assertThat(changed.header("ETag")).isEqualTo("\"1\"");
    for (var stale : List.of(tag, "\"0\"", "\"7\"", "\"nonsense\"", "W/" + tag)) {
      home.ask("PATCH", "", "{\"age\": 9}", "If-Match", stale).problem(412);
    }
    assertDone(home.ask("PATCH", "", "{\"age\": 9}", "If-Match", "\"0\", \"1\""), 204);
    assertDone(home.ask("PATCH", "", "{\"age\": 10}", "If-Match", "*"), 204);
    assertThat(profile(home).path("age").intValue()).isEqualTo(10);
  }

  @Test
  void ofTwoGuardiansAtOnceOneWinsAndTheOtherIsTold() throws Exception {
    assertThat(atOnce("If-Match", "\"0\"")).containsExactlyInAnyOrder(204, 412);
    assertThat(atOnce()).containsExactlyInAnyOrder(204, 409);
  }

  /** Both have read the profile before either writes to it. */
  private static List<Integer> atOnce(String... headers) throws Exception {
    var home = Household.in(SERVICE);
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    var other = new SingleConnectionDataSource(SERVICE.databaseUrl(), true);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var db = JdbcClient.create(other);
      db.sql("BEGIN").update();
      db.sql("SELECT FROM children WHERE id = ? FOR UPDATE")
          .param(home.family().child().value())
          .query(_ -> {});
      List<Callable<Reply>> both =
          List.of(
              () -> home.ask("PATCH", "", "{\"age\": 8}", headers),
              () -> home.askAs(guardian, "PATCH", "", "{\"age\": 9}", headers));
      List<Future<Reply>> replies = both.stream().map(threads::submit).toList();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  SERVICE
                          .db()
                          .sql(
                              """
                          SELECT count(*) FROM pg_stat_activity
                          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%change_child%'
                          """)
                          .query(Integer.class)
                          .single()
                      == 2);
      db.sql("COMMIT").update();
      return List.of(replies.get(0).get().status(), replies.get(1).get().status());
    } finally {
      other.destroy();
    }
  }

  @Test
  void changeIsInTheAnswersThatAreCached() {
    var home = Household.in(SERVICE);
    SERVICE.get("/api/v1/dashboard", home.family().token()).ok();
    home.ask("PATCH", "", "{\"name\": \"Samuel\"}");
    assertThat(profile(home).path("name").asString()).isEqualTo("Samuel");
  }

  private static JsonNode profile(Household home) {
    return SERVICE.get(home.path(""), home.family().token()).ok();
  }
}
