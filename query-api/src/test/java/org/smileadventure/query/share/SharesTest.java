package org.smileadventure.query.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RealServers
class SharesTest {
  private static final String FOR_THE_DENTIST =
      "{\"label\": \"Dr. Rossi\", \"days\": 7, \"window\": \"90d\"}";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);

  private JsonNode made(String... headers) {
    var reply = home.ask("POST", "/shares", FOR_THE_DENTIST, headers);
    assertDone(reply, 201);
    return reply.json();
  }

  private static Reply shared(String below, String token) {
    return SERVICE.get("/api/v1/shared" + below, null, "Smile-Share", token);
  }

  private static String token(JsonNode share) {
    return share.path("token").asString();
  }

  private static void update(String sql, Object... parameters) {
    assertThat(SERVICE.db().sql(sql).params(parameters).update()).isPositive();
  }

  @Test
  void linkOpensTheReportWithItsPicturesInTheLanguageItWasMadeIn() {
    StoredHistory.store(
        SERVICE.db(),
        Play.by(home.family().child(), Instant.now().minus(1, ChronoUnit.DAYS))
            .completed(50)
            .events());
    var share = made("Accept-Language", "it");

    var reply = shared("", token(share));

    assertThat(reply.header("Content-Language")).isEqualTo("it");
    var own =
        SERVICE
            .get(home.path("/report?window=90d"), home.family().token(), "Accept-Language", "it")
            .ok();
    assertThat(untimed(reply.ok())).isEqualTo(untimed(own));
    assertThat(reply.json().path("language").asString()).isEqualTo("it");
    assertThat(reply.json().path("sentences").valueStream().map(s -> s.path("topic").asString()))
        .containsExactly("calm", "progress", "upsets", "helps");
    var paper = shared("/report", token(share));
    assertThat(paper.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(paper.body()).startsWith("%PDF");
    var picture = shared("/pictures/score", token(share));
    assertThat(picture.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(picture.header("Content-Language")).isEqualTo("it");
    assertThat(picture.body()).contains(">Punteggio<");
  }

  private static JsonNode untimed(JsonNode report) {
    ((ObjectNode) report).remove("computed_at");
    return report;
  }

  @Test
  void tokenIsToldOnceAndKeptAsItsDigest() {
    var share = made();
    var token = token(share);

    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT digest = sha256(convert_to(:token, 'UTF8')) AND to_jsonb(s)::text NOT LIKE '%' || :token || '%'
                    FROM share_links s WHERE id = :id::uuid
                    """)
                .param("token", token)
                .param("id", share.path("id").asString())
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(home.ask("GET", "/shares", null).body()).doesNotContain(token, "digest");
    assertThat(home.record().toString()).doesNotContain(token);
    assertThat(home.ask("GET", "/export", null).body())
        .contains(share.path("id").asString())
        .doesNotContain(token, "digest");
  }

  @Test
  void eachLookIsListedAndInTheAccessLogOfTheChild() {
    var share = made();
    shared("", token(share)).ok();
    assertDone(shared("/pictures/score", token(share)), 200);
    assertDone(shared("/report", token(share)), 200);

    var listed = home.ask("GET", "/shares", null).ok().path("items").get(0);
    assertThat(listed.path("label").asString()).isEqualTo("Dr. Rossi");
    assertThat(listed.path("window").asString()).isEqualTo("90d");
    assertThat(listed.path("made_by").longValue()).isEqualTo(home.family().parent());
    assertThat(listed.path("looks").intValue()).isEqualTo(2);
    assertThat(listed.path("last_look_at").isNull()).isFalse();
    var id = share.path("id").asString();
    var page = home.ask("GET", "/shares/" + id + "/looks?limit=1", null).ok();
    assertThat(page.path("items").get(0).path("what").asString()).isEqualTo("pdf");
    var rest =
        home.ask(
                "GET",
                "/shares/" + id + "/looks?cursor=" + page.path("next_cursor").asString(),
                null)
            .ok();
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.path("items").get(0).path("what").asString()).isEqualTo("report");
    assertThat(home.record())
        .containsExactly(
            "share_made: " + id, "share_look: report by " + id, "share_look: pdf by " + id);
    assertThat(home.ask("GET", "/access-log", null).ok().path("entries"))
        .anyMatch(entry -> entry.path("action").asString().equals("share_look"));
  }

  @Test
  void pictureAloneIsALookToo() {
    var share = made();
    assertDone(shared("/pictures/score", token(share)), 200);
    assertThat(home.record()).contains("share_look: picture by " + share.path("id").asString());
  }

  @Test
  void revokedLinkOpensNothing() {
    var share = made();
    shared("", token(share)).ok();
    for (int i = 0; i < 2; i++) {
      assertDone(home.ask("DELETE", "/shares/" + share.path("id").asString(), null), 204);
    }
    assertOver(share);
    assertThat(home.record().stream().filter(entry -> entry.startsWith("share_revoked")))
        .hasSize(1);
  }

  @Test
  void endedLinkOpensNothing() {
    var share = made();
    update(
        "UPDATE share_links SET made_at = now() - interval '8 days', ends_at = now() - interval '1 second' WHERE child_id = ?",
        home.family().child().value());
    assertOver(share);
  }

  private static void assertOver(JsonNode share) {
    for (var below : List.of("", "/report", "/pictures/score")) {
      var problem = shared(below, token(share)).problem(410);
      assertThat(problem.toString()).doesNotContain("Sam", token(share));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE auth_users SET status = 'suspended' WHERE id = (SELECT parent_id FROM children WHERE id = ?)",
        "UPDATE children SET restricted_at = now() WHERE id = ?",
        "UPDATE children SET is_active = false WHERE id = ?"
      })
  void linkOpensNothingWhereItsMakerOrTheChildIsNotInUse(String change) {
    var share = made();
    shared("", token(share)).ok();
    update(change, home.family().child().value());
    assertOver(share);
  }

  @Test
  void linkEndsWithTheGuardianWhoMadeItAndDoesNotComeBack() {
    var guardian = home.guardian();
    var aunt = Tokens.TRUSTED.of(guardian, "parent");
    var reply = home.askAs(aunt, "POST", "/shares", FOR_THE_DENTIST);
    assertDone(reply, 201);
    shared("", token(reply.json())).ok();

    assertDone(home.ask("DELETE", "/guardians/" + guardian, null), 204);

    assertOver(reply.json());
    update(
        "INSERT INTO guardians (child_id, user_id, added_by) VALUES (?, ?, ?)",
        home.family().child().value(),
        guardian,
        home.family().parent());
    assertOver(reply.json());
  }

  @Test
  void linkIsOfGuardiansOnly() {
    var share = made();
    var stranger = SERVICE.family("Europe/Rome").token();
    assertDone(home.askAs(stranger, "GET", "/shares", null), 404);
    assertDone(home.askAs(stranger, "POST", "/shares", FOR_THE_DENTIST), 404);
    assertDone(home.askAs(stranger, "DELETE", "/shares/" + share.path("id").asString(), null), 404);
    assertDone(home.ask("GET", "/shares/" + UUID.randomUUID() + "/looks", null), 404);
    shared("", token(share)).ok();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"label\": \"Dentist\", \"days\": 0} | days",
        "{\"label\": \"Dentist\", \"days\": 31} | days",
        "{\"label\": \"Dentist\"} | days",
        "{\"label\": \" \", \"days\": 7} | label",
        "{\"label\": \"Dentist\", \"days\": 7, \"window\": \"8d\"} | window"
      })
  void linkThatCannotBeMadeNamesTheField(String body, String field) {
    var problem = home.ask("POST", "/shares", body).problem(400);
    assertThat(problem.path("errors").valueStream().map(e -> e.path("field").asString()))
        .contains(field);
  }

  @Test
  void childHasTwentyLinksThatCanBeUsed() {
    var made = new ArrayList<JsonNode>();
    for (int i = 0; i < 20; i++) {
      made.add(made());
    }
    home.ask("POST", "/shares", FOR_THE_DENTIST).problem(409);
    assertDone(home.ask("DELETE", "/shares/" + made.getFirst().path("id").asString(), null), 204);
    made();
  }

  @Test
  void whoComesWithoutALinkIsToldWhatIsMissing() {
    var problem = SERVICE.get("/api/v1/shared", null).problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo("Smile-Share");
  }

  @Test
  void guessesAreSlowedDownAndLinksAreNot() {
    try (var service = ServiceUnderTest.startAlone()) {
      var family = Household.in(service);
      var reply = family.ask("POST", "/shares", FOR_THE_DENTIST);
      assertDone(reply, 201);
      for (int i = 0; i < 30; i++) {
        service.get("/api/v1/shared", null, "Smile-Share", "guess" + i).problem(404);
      }
      var problem = service.get("/api/v1/shared", null, "Smile-Share", "guess");
      problem.problem(429);
      assertThat(problem.header("Retry-After")).isNotNull();
      service.get("/api/v1/shared", null, "Smile-Share", token(reply.json())).ok();
    }
  }
}
