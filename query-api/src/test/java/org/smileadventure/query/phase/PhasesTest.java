package org.smileadventure.query.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** Phases of a child: who may note them, change them and take them away. */
@RealServers
class PhasesTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  private static final String THERAPY =
      "{\"day\": \"2026-05-10\", \"kind\": \"therapy\", \"label\": \"Speech therapy\"}";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);

  PhasesTest() {
    SERVICE.clock().set(NOON);
  }

  @Test
  void guardianNotesAPhaseAndRemovesIt() {
    var added = home.ask("POST", "/phases", THERAPY);
    assertDone(added, 201);
    var id = added.json().path("id").asString();
    assertThat(added.header("Location")).endsWith("/phases/" + id);

    var phase = phases(home.family().token()).get(0);
    assertThat(phase.path("id").asString()).isEqualTo(id);
    assertThat(phase.path("day").asString()).isEqualTo("2026-05-10");
    assertThat(phase.path("kind").asString()).isEqualTo("therapy");
    assertThat(phase.path("label").asString()).isEqualTo("Speech therapy");
    assertThat(phase.path("made_by").longValue()).isEqualTo(home.family().parent());
    assertThat(phase.path("made_as").asString()).isEqualTo("parent");

    assertDone(home.ask("DELETE", "/phases/" + id, null), 204);
    assertThat(phases(home.family().token())).isEmpty();
    home.ask("DELETE", "/phases/" + id, null).problem(404);
    // Not what it was: that goes with the child.
    assertThat(home.record()).contains("phase_added: " + id, "phase_removed: " + id);
  }

  @Test
  void professionalNotesAPhaseThatAGuardianMayRemove() {
    var professional = assigned();
    var added = home.askAs(professional, "POST", "/phases", THERAPY);
    assertDone(added, 201);
    assertThat(phases(home.family().token()).get(0).path("made_as").asString())
        .isEqualTo("professional");

    assertDone(home.ask("DELETE", "/phases/" + added.json().path("id").asString(), null), 204);
  }

  @Test
  void professionalRemovesOnlyWhatIsTheirOwn() {
    var one = assigned();
    var other = assigned();
    var ofAGuardian = id(home.ask("POST", "/phases", THERAPY));
    var ofTheOther = id(home.askAs(other, "POST", "/phases", THERAPY));
    var own = id(home.askAs(one, "POST", "/phases", THERAPY));

    home.askAs(one, "DELETE", "/phases/" + ofAGuardian, null).problem(403);
    home.askAs(one, "DELETE", "/phases/" + ofTheOther, null).problem(403);
    assertDone(home.askAs(one, "DELETE", "/phases/" + own, null), 204);
    assertThat(phases(home.family().token()).size()).isEqualTo(2);
  }

  @Test
  void whoDoesNotSeeTheChildNotesNothing() {
    var stranger = SERVICE.family("Europe/Rome").token();
    home.askAs(stranger, "POST", "/phases", THERAPY).problem(404);
    var professional = SERVICE.professional();
    SERVICE
        .db()
        .sql("INSERT INTO patient_assignments (child_id, professional_id) VALUES (?, ?)")
        .params(home.family().child().value(), professional)
        .update();
    var withoutConsent = Tokens.TRUSTED.of(professional, "professional");
    home.askAs(withoutConsent, "POST", "/phases", THERAPY).problem(404);
    home.askAs(withoutConsent, "GET", "/phases", null).problem(404);

    var id = id(home.ask("POST", "/phases", THERAPY));
    home.askAs(stranger, "DELETE", "/phases/" + id, null).problem(404);
    home.askAs(withoutConsent, "DELETE", "/phases/" + id, null).problem(404);
    var foreign = Household.in(SERVICE);
    foreign.ask("DELETE", "/phases/" + id, null).problem(404);
    foreign.ask("GET", "/phases/" + id + "/comparison", null).problem(404);
    assertThat(phases(home.family().token()).size()).isEqualTo(1);
  }

  @Test
  void whoNotedAPhaseChangesItOrAGuardian() {
    var one = assigned();
    var other = assigned();
    var id = id(home.askAs(one, "POST", "/phases", THERAPY));
    var path = "/phases/" + id;

    assertDone(home.askAs(one, "PATCH", path, "{\"until\": \"2026-06-30\"}"), 204);
    assertDone(
        home.ask(
            "PATCH",
            path,
            "{\"kind\": \"medication\", \"label\": \" Zoe\u0308 \"}",
            "Content-Type",
            "application/merge-patch+json"),
        204);
    home.askAs(other, "PATCH", path, "{\"label\": \"x\"}").problem(403);

    var phase = phases(home.family().token()).get(0);
    assertThat(phase.path("day").asString()).isEqualTo("2026-05-10");
    assertThat(phase.path("until").asString()).isEqualTo("2026-06-30");
    assertThat(phase.path("kind").asString()).isEqualTo("medication");
    assertThat(phase.path("label").asString()).isEqualTo("Zo\u00eb");
    assertThat(phase.path("made_as").asString()).isEqualTo("professional");
    assertDone(home.ask("PATCH", path, "{\"until\": null}"), 204);
    assertThat(phases(home.family().token()).get(0).path("until").isNull()).isTrue();
    assertThat(home.record()).contains("phase_changed: " + id);
  }

  @Test
  void ofTwoWhoChangeTheSameVersionTheSecondIsTold() {
    var path = "/phases/" + id(home.ask("POST", "/phases", THERAPY));
    assertThat(phases(home.family().token()).get(0).path("version").longValue()).isZero();
    var first = home.ask("PATCH", path, "{\"label\": \"a\"}", "If-Match", "\"0\"");
    assertDone(first, 204);
    assertThat(first.header("ETag")).isEqualTo("\"1\"");
    home.ask("PATCH", path, "{\"label\": \"b\"}", "If-Match", "\"0\"").problem(412);
    assertThat(phases(home.family().token()).get(0).path("label").asString()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "until, '{\"until\": \"2026-05-09\"}'",
    "until, '{\"day\": \"2026-06-02\", \"until\": \"2026-06-01\"}'",
    "until, '{\"until\": \"soon\"}'",
    "day, '{\"day\": null}'",
    "kind, '{\"kind\": \"school\"}'",
    "label, '{\"label\": \" \"}'"
  })
  void changeThatCannotBeIsNamedAndNothingIsDone(String field, String patch) {
    var path = "/phases/" + id(home.ask("POST", "/phases", THERAPY));
    assertThat(home.ask("PATCH", path, patch).problem(400).toString()).contains(field);
    assertThat(phases(home.family().token()).get(0).path("version").longValue()).isZero();
  }

  @Test
  void endBeforeTheBeginningIsRefused() {
    var problem =
        home.ask(
                "POST",
                "/phases",
                """
                {"day": "2026-05-10", "until": "2026-05-09", "kind": "holiday", "label": "Sea"}
                """)
            .problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo("until");
    assertThat(phases(home.family().token())).isEmpty();
  }

  /**
   * One without a last day gives way to the next one; so only a last day can reach into another.
   */
  @Test
  void overlapIsAllowedAndTold() {
    var before = note("baseline", "2026-03-01", null);
    var therapy = note("therapy", "2026-04-01", "2026-05-15");
    var holiday = note("holiday", "2026-05-15", "2026-05-16");
    var last = note("other", "2026-05-17", null);

    var listed = phases(home.family().token());

    assertThat(listed.valueStream().map(phase -> phase.path("id").asString()))
        .containsExactly(before, therapy, holiday, last);
    assertThat(listed.valueStream().map(phase -> phase.path("overlaps").toString()))
        .containsExactly("[]", "[\"" + holiday + "\"]", "[\"" + therapy + "\"]", "[]");
  }

  @Test
  void therapyOfTheProfileIsAPhaseThatIsNotChangedThere() {
    therapies(
        """
        {"type": "speech", "start_date": "2026-02-01", "end_date": "2026-04-30"},
        {"type": "ABA\\nat home", "start_date": "2026-03-01T09:00:00Z", "end_date": "2026-01-01"},
        {"type": "no day"}, {"type": "never", "start_date": "2026-02-30"},
        {"type": "now", "start_date": "today"}, {"type": "ever", "start_date": "infinity"},
        {"type": {"name": "x"}, "start_date": "2026-03-01"}, {"type": " ", "start_date": "2026-03-01"}
        """);

    var listed = phases(home.family().token());

    assertThat(listed.size()).isEqualTo(2);
    assertThat(listed.get(0).path("source").asString()).isEqualTo("profile");
    assertThat(listed.get(0).path("kind").asString()).isEqualTo("therapy");
    assertThat(listed.get(0).path("label").asString()).isEqualTo("speech");
    assertThat(listed.get(0).path("until").asString()).isEqualTo("2026-04-30");
    assertThat(listed.get(0).path("made_by").isNull()).isTrue();
    assertThat(listed.get(1).path("label").asString()).isEqualTo("ABA at home");
    assertThat(listed.get(1).path("day").asString()).isEqualTo("2026-03-01");
    assertThat(listed.get(1).path("until").isNull()).isTrue();
    assertThat(phases(home.family().token())).isEqualTo(listed);
    var path = "/phases/" + listed.get(0).path("id").asString();
    home.ask("PATCH", path, "{\"label\": \"x\"}").problem(409);
    home.ask("DELETE", path, null).problem(409);
    var stranger = SERVICE.family("Europe/Rome").token();
    home.askAs(stranger, "DELETE", path, null).problem(404);
    home.askAs(stranger, "PATCH", path, "{\"label\": \"x\"}").problem(404);
  }

  @Test
  void therapyThatWasNotedTooIsThereOnce() {
    therapies(
        """
        {"type": "speech", "start_date": "2026-05-10"}, {"type": "occupational", "start_date": "2026-05-10"},
        {"type": "music", "start_date": "2026-02-01"}, {"type": "music", "start_date": "2026-02-01"}
        """);
    id(home.ask("POST", "/phases", THERAPY));
    note("therapy", "2026-02-01", null);

    assertThat(
            phases(home.family().token())
                .valueStream()
                .map(
                    phase ->
                        phase.path("source").asString() + " " + phase.path("label").asString()))
        .containsExactlyInAnyOrder("noted x", "noted Speech therapy", "profile occupational");
  }

  private String note(String kind, String day, @Nullable String until) {
    return id(
        home.ask(
            "POST",
            "/phases",
            "{\"day\": \"%s\", \"until\": %s, \"kind\": \"%s\", \"label\": \"x\"}"
                .formatted(day, until == null ? "null" : "\"" + until + "\"", kind)));
  }

  private void therapies(String items) {
    assertDone(home.ask("PATCH", "", "{\"current_therapies\": [" + items + "]}"), 204);
  }

  @ParameterizedTest
  @CsvSource({
    "day, 1999-12-31, therapy, x",
    "day, 2099-01-01, therapy, x",
    "kind, 2026-05-10, school, x",
    "label, 2026-05-10, other, '  '"
  })
  void whatCannotBeUsedIsNamed(String field, String day, String kind, String label) {
    var problem =
        home.ask(
                "POST",
                "/phases",
                "{\"day\": \"%s\", \"kind\": \"%s\", \"label\": \"%s\"}"
                    .formatted(day, kind, label))
            .problem(400);
    assertThat(problem.toString()).contains(field);
  }

  @Test
  void labelHasAtMostAHundredCharactersOfAnyScript() {
    var body = "{\"day\": \"2026-05-10\", \"kind\": \"other\", \"label\": \"%s\"}";
    assertDone(home.ask("POST", "/phases", body.formatted("😀".repeat(100))), 201);
    home.ask("POST", "/phases", body.formatted("😀".repeat(101))).problem(400);
  }

  @Test
  void childHasAHundredPhasesAtMost() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
            SELECT ?, '2026-01-01', 'other', 'x', 1, 'parent' FROM generate_series(1, 100)
            """)
        .param(home.family().child().value())
        .update();
    home.ask("POST", "/phases", THERAPY).problem(409);
  }

  @Test
  void notedPhaseIsInTheNextAnswerAboutTheChild() {
    var figure = home.path("/figures/score?window=30d");
    assertThat(SERVICE.get(figure, home.family().token()).ok().path("phases")).isEmpty();
    assertThat(SERVICE.get(figure, home.family().token()).cacheStatus()).isEqualTo("hit");
    assertDone(home.ask("POST", "/phases", THERAPY), 201);
    assertThat(SERVICE.get(figure, home.family().token()).ok().path("phases").size()).isEqualTo(1);
  }

  private String assigned() {
    var professional = SERVICE.professional();
    SERVICE.assign(professional, home.family().child());
    return Tokens.TRUSTED.of(professional, "professional");
  }

  private static String id(Reply added) {
    assertDone(added, 201);
    return added.json().path("id").asString();
  }

  private JsonNode phases(String token) {
    return SERVICE.get(home.path("/phases"), token).ok().path("items");
  }
}
