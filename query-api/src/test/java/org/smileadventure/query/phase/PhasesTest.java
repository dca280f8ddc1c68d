package org.smileadventure.query.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** What begins for a child: who may note it, who may take it away, and how it was before. */
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

  /** Before 50, 52, 48, 50, and after 70, 72, 68, 70: 20 ± t(6) × √(8 ÷ 3 ÷ 4 × 2). */
  @Test
  void meansBeforeAndAfterAreComparedAfterWelch() {
    var scores = List.of(50, 52, 48, 50, 70, 72, 68, 70);
    for (int i = 0; i < scores.size(); i++) {
      store(14 - i, scores.get(i));
    }
    // The day itself is the first one after.
    var id = id(home.ask("POST", "/phases", THERAPY));

    var comparison = comparison(id, "en");
    var score = figure(comparison, "score");

    assertThat(score.path("before").toString())
        .isEqualTo("{\"from\":\"2026-04-10\",\"to\":\"2026-05-09\",\"n\":4,\"mean\":50.0}");
    assertThat(score.path("after").toString())
        .isEqualTo("{\"from\":\"2026-05-10\",\"to\":\"2026-05-20\",\"n\":4,\"mean\":70.0}");
    assertThat(score.path("difference").doubleValue()).isEqualTo(20);
    var margin = 2.446912 * Math.sqrt(8 / 3.0 / 4 * 2);
    assertThat(score.path("interval").path("low").doubleValue())
        .isCloseTo(20 - margin, within(1e-5));
    assertThat(score.path("interval").path("high").doubleValue())
        .isCloseTo(20 + margin, within(1e-5));
    assertThat(score.path("certainty").asString()).isEqualTo("clear");
    assertThat(score.path("sentence").asString()).isEqualTo("Score: from about 50 to 70 points.");
    assertThat(figure(comparison(id, "it"), "score").path("sentence").asString())
        .isEqualTo("Punteggio: da circa 50 a 70 punti.");
    assertThat(comparison.path("figures").valueStream().map(f -> f.path("figure").asString()))
        .containsExactly("score", "engagement", "success", "recovery", "distress");
    assertThat(figure(comparison, "success").path("certainty").asString()).isEqualTo("unclear");
  }

  @Test
  void whatBeginsLaterThanTodayCannotBeComparedYet() {
    store(3, 50);
    var id =
        id(
            home.ask(
                "POST",
                "/phases",
                "{\"day\": \"2026-06-01\", \"kind\": \"scenario\", \"label\": \"x\"}"));
    var score = figure(comparison(id, "en"), "score");
    assertThat(score.path("after").path("n").longValue()).isZero();
    assertThat(score.path("certainty").asString()).isEqualTo("too_early");
    assertThat(score.path("sentence").asString()).isEqualTo("Score: too early to tell.");
  }

  @ParameterizedTest
  @CsvSource({"6", "367", "x", "-1", "090"})
  void daysThatCannotBeUsedAreNamed(String days) {
    var id = id(home.ask("POST", "/phases", THERAPY));
    var problem = home.ask("GET", "/phases/" + id + "/comparison?days=" + days, null).problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo("days");
    home.ask("GET", "/phases/nonsense/comparison", null).problem(400);
    home.ask("GET", "/phases/" + new UUID(0, 1) + "/comparison", null).problem(404);
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

  private JsonNode comparison(String phase, String language) {
    return SERVICE
        .get(
            home.path("/phases/" + phase + "/comparison?days=30"),
            home.family().token(),
            "Accept-Language",
            language)
        .ok();
  }

  private static JsonNode figure(JsonNode comparison, String name) {
    return comparison
        .path("figures")
        .valueStream()
        .filter(figure -> figure.path("figure").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void store(int daysAgo, int score) {
    StoredHistory.store(
        SERVICE.db(),
        Play.by(home.family().child(), NOON.minus(daysAgo, ChronoUnit.DAYS).minusSeconds(900))
            .interaction(Outcome.CORRECT)
            .completed(score)
            .events());
  }
}
