package org.smileadventure.query.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A child is erased: asked for by whom, what holds at once, and what is certified at the end. */
@RealServers
class ErasureTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long admin = SERVICE.user("admin", "unused");
  private final String office = Tokens.TRUSTED.of(admin, "admin");

  @Test
  void nobodySeesTheChildFromTheAnswerOn() {
    var professional = SERVICE.professional();
    SERVICE.assign(professional, home.family().child());
    SERVICE.get(home.family().sessions(), home.family().token()).ok();
    SERVICE.get(home.path(""), office).ok();

    var asked = erase("Sam");

    assertDone(asked, 202);
    assertThat(asked.header("Location"))
        .isEqualTo("/api/v1/erasures/" + asked.json().path("erasure").asString());
    for (var token :
        List.of(home.family().token(), Tokens.TRUSTED.of(professional, "professional"), office)) {
      SERVICE.get(home.path(""), token).problem(404);
      SERVICE.get(home.family().sessions(), token).problem(404);
    }
    assertThat(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT NOT c.is_active AND NOT c.play_consent AND r.revoked
                      AND r.until BETWEEN now() + interval '30 days 23 hours' AND now() + interval '31 days'
                    FROM children c JOIN revocations r ON r.subject = 'child:' || c.id
                    WHERE c.id = ?
                    """)
                .param(home.family().child().value())
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(home.record()).contains("erasure_asked: " + asked.json().path("erasure").asString());
    var state = state(asked, home.family().token()).ok();
    assertThat(state.path("state").asString()).isEqualTo("asked");
    assertThat(state.path("certificate").isNull()).isTrue();
  }

  @Test
  void nameHasToBeRepeated() {
    erase("Sammy").problem(422);
    home.ask("DELETE", "", "{}").problem(400);
    home.ask("DELETE", "", null).problem(400);
    SERVICE.get(home.path(""), home.family().token()).ok();
    assertDone(erase(" Sam "), 202);
  }

  @Test
  void askedTwiceItIsTheSameErasure() {
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    var id = erase("Sam").json().path("erasure").asString();
    assertThat(erase("Sam").json().path("erasure").asString()).isEqualTo(id);
    assertThat(
            home.askAs(guardian, "DELETE", "", "{\"confirm_name\": \"\"}")
                .json()
                .path("erasure")
                .asString())
        .isEqualTo(id);
    assertThat(byAdmin("again").json().path("erasure").asString()).isEqualTo(id);
    assertThat(home.record()).filteredOn(line -> line.startsWith("erasure_asked")).hasSize(1);
  }

  @Test
  void adminNeedsAReasonAndTheOffice() {
    byAdmin("").problem(400);
    Household.send(
            SERVICE,
            "POST",
            "/api/v1/erasures",
            office,
            "{\"child_id\": 999999999, \"reason\": \"none\"}")
        .problem(404);
    var former = Tokens.TRUSTED.of(SERVICE.user("parent", "unused"), "admin");
    Household.send(
            SERVICE,
            "POST",
            "/api/v1/erasures",
            former,
            "{\"child_id\": %s, \"reason\": \"none\"}".formatted(home.family().child()))
        .problem(404);
    assertDone(byAdmin("a court asked for it"), 202);
  }

  @Test
  void guardiansOfThatTimeReadHowFarItIsAndNobodyElse() {
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    var asked = erase("Sam");
    sweep();
    for (var token : List.of(home.family().token(), guardian, office)) {
      assertThat(state(asked, token).ok().path("state").asString()).isEqualTo("swept");
    }
    state(asked, Household.in(SERVICE).family().token()).problem(404);
    state(asked, Tokens.TRUSTED.of(SERVICE.user("parent", "unused"), "admin")).problem(404);
  }

  @Test
  void certificateSaysWhatWasErasedAndWhatRemainsWhereUntilWhen() {
    var asked = erase("Sam");
    sweep();

    var certificate = state(asked, home.family().token()).ok().path("certificate");

    assertThat(certificate.path("child_id").longValue()).isEqualTo(home.family().child().value());
    assertThat(certificate.path("erased").toString())
        .isEqualTo("{\"children\":1,\"game_sessions\":3}");
    assertThat(
            certificate
                .path("remains")
                .valueStream()
                .map(rest -> rest.path("place").asString() + " " + rest.path("name").asString()))
        .contains(
            "topic game-session-events",
            "topic game-session-events-quarantine",
            "table audit_log",
            "table population_cell",
            "disk backups")
        .doesNotContain("table children", "table auth_users");
    var sweptAt = Instant.parse(certificate.path("swept_at").asString());
    assertThat(until(certificate, "game-session-events"))
        .isEqualTo(sweptAt.plus(Duration.ofHours(86)).toString());
    assertThat(until(certificate, "game-session-events-quarantine"))
        .isEqualTo(sweptAt.plus(Duration.ofHours(30)).toString());
    assertThat(until(certificate, "game-session-events-quarantine, of no child that is told"))
        .isEqualTo(sweptAt.plus(Duration.ofDays(31).plusHours(10)).toString());
    assertThat(
            List.of(
                "write-ahead log",
                "dead rows",
                "column statistics",
                "logs",
                "backups",
                "population_cell",
                "population_member",
                "pending_invalidation",
                "smile-erasures"))
        .allMatch(name -> until(certificate, name).equals("null"));
  }

  /** As ingest tells them, who has them. */
  @Test
  void timesOfTheCertificateAreThoseOfTheSettings() {
    var asked = erase("Sam");
    sweep();
    try {
      SERVICE.db().sql("SELECT topics_keep('8 days', '50 days', '3 hours')").query(_ -> {});
      SERVICE
          .db()
          .sql("UPDATE retention_policy SET period = '7 years' WHERE class = 'audit'")
          .update();
      SERVICE.db().sql("UPDATE retention_policy SET period = NULL WHERE class = 'jobs'").update();
      var certificate = state(asked, home.family().token()).ok().path("certificate");
      var sweptAt = Instant.parse(certificate.path("swept_at").asString());
      assertThat(until(certificate, "game-session-events"))
          .isEqualTo(sweptAt.plus(Duration.ofDays(8)).toString());
      assertThat(until(certificate, "game-session-events-quarantine"))
          .isEqualTo(sweptAt.plus(Duration.ofHours(3)).toString());
      assertThat(until(certificate, "game-session-events-quarantine, of no child that is told"))
          .isEqualTo(sweptAt.plus(Duration.ofDays(50)).toString());
      assertThat(Instant.parse(until(certificate, "audit_log")))
          .isBetween(
              sweptAt.plus(Duration.ofDays(7 * 365)), sweptAt.plus(Duration.ofDays(7 * 365 + 4)));
      assertThat(until(certificate, "batch_job_execution")).isEqualTo("null");
    } finally {
      SERVICE.db().sql("SELECT topics_keep('86 hours', '754 hours', '30 hours')").query(_ -> {});
      SERVICE
          .db()
          .sql("UPDATE retention_policy SET period = '24 months' WHERE class = 'audit'")
          .update();
      SERVICE
          .db()
          .sql("UPDATE retention_policy SET period = '90 days' WHERE class = 'jobs'")
          .update();
    }
  }

  @Test
  void certificateTellsThatARecordStoreWasSentSomething() {
    var sent = Household.in(SERVICE);
    SERVICE
        .db()
        .sql(
            "INSERT INTO audit_log (actor_role, action, child, detail) VALUES ('system',"
                + " 'statements_sent', ?, 'to the record store: 7')")
        .param(sent.family().child().value())
        .update();
    assertThat(remainsOf(sent)).contains("outside record store");
    assertThat(remainsOf(home)).doesNotContain("outside record store");
  }

  private static List<String> remainsOf(Household household) {
    return SERVICE
        .db()
        .sql(
            """
            INSERT INTO erasures (id, child, asked_by, asked_as, swept_at)
            VALUES (uuidv7(), :child, :parent, 'parent', now())
            RETURNING id::text
            """)
        .param("child", household.family().child().value())
        .param("parent", household.family().parent())
        .query(String.class)
        .list()
        .stream()
        .flatMap(
            id ->
                SERVICE
                    .get("/api/v1/erasures/" + id, household.family().token())
                    .ok()
                    .at("/certificate/remains")
                    .valueStream())
        .map(rest -> rest.path("place").asString() + " " + rest.path("name").asString())
        .toList();
  }

  @Test
  void certificateOfAnAccountTellsWhatRemainsOfIt() {
    var account = SERVICE.user("parent", "unused");
    var id =
        SERVICE
            .db()
            .sql(
                """
                INSERT INTO erasures (id, account, asked_by, asked_as, swept_at) VALUES (uuidv7(), ?, ?, 'parent', now())
                RETURNING id::text
                """)
            .params(account, account)
            .query(String.class)
            .single();
    assertThat(
            SERVICE
                .get("/api/v1/erasures/" + id, office)
                .ok()
                .at("/certificate/remains")
                .valueStream()
                .map(rest -> rest.path("place").asString() + " " + rest.path("name").asString()))
        .contains("table auth_users", "table audit_log", "disk backups")
        .doesNotContain("topic game-session-events", "table population_member");
  }

  /** It stays for two years after what it is about was erased. */
  @Test
  void whatIsOnRecordOfAChildIsNumbersIdsAndWordsOfOurs() {
    var canary = "qvintessa";
    var professional = SERVICE.professional();
    SERVICE.assign(professional, home.family().child());
    var theirs = Tokens.TRUSTED.of(professional, "professional");
    assertDone(
        home.ask(
            "PATCH",
            "",
            "{\"behavioral_notes\": \"%1$s\", \"diagnosis\": \"%1$s\"}".formatted(canary)),
        204);
    var phase =
        home.ask(
            "POST",
            "/phases",
            "{\"day\": \"2026-03-01\", \"kind\": \"therapy\", \"label\": \"%s\"}"
                .formatted(canary));
    assertDone(phase, 201);
    assertDone(home.ask("DELETE", "/phases/" + phase.json().path("id").asString(), null), 204);
    assertDone(
        home.ask(
            "POST",
            "/shares",
            "{\"label\": \"%s\", \"days\": 7, \"window\": \"30d\"}".formatted(canary)),
        201);
    assertDone(
        home.ask(
            "POST",
            "/consents",
            "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\": \"%s\"}"
                .formatted(canary)),
        201);
    assertDone(
        home.ask(
            "POST",
            "/invitations",
            "{\"email\": \"%s@example.org\", \"kind\": \"guardian\"}".formatted(canary)),
        201);
    SERVICE.get(home.path("/activities?limit=5"), theirs).ok();
    SERVICE.get("/api/v1/users?email=" + canary, office).ok();
    SERVICE.get("/api/v1/assignments?child_id=" + home.family().child(), office).ok();
    assertDone(
        home.ask("DELETE", "", "{\"confirm_name\": \"Sam\", \"reason\": \"%s\"}".formatted(canary)),
        202);
    sweep();

    assertThat(
            SERVICE
                .db()
                .sql("SELECT count(*) FROM audit_log WHERE detail ILIKE '%qvintessa%'")
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(home.record())
        .map(
            line ->
                line.replaceFirst("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                    .replace("/" + home.family().child() + "/", "/N/"))
        .containsExactly(
            "phase_added: ID",
            "phase_removed: ID",
            "share_made: ID",
            "consent: research_export granted",
            "look: GET /api/v1/children/N/activities",
            "assignments_read: list",
            "erasure_asked: ID");
  }

  private static String until(JsonNode certificate, String name) {
    return certificate
        .path("remains")
        .valueStream()
        .filter(rest -> rest.path("name").asString().equals(name))
        .map(rest -> rest.path("until").isNull() ? "null" : rest.path("until").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void signatureOfTheCertificateIsCheckedWithThePublishedKeys() throws Exception {
    var asked = erase("Sam");
    sweep();
    var state = state(asked, home.family().token()).ok();

    var signed = JWSObject.parse(state.path("signature").asString());

    var keys = JWKSet.parse(SERVICE.get("/api/v1/auth/jwks", null).body());
    var key = keys.getKeyByKeyId(signed.getHeader().getKeyID()).toRSAKey();
    assertThat(signed.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    assertThat(signed.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(JsonMapper.shared().readTree(signed.getPayload().toString()))
        .isEqualTo(state.path("certificate"));
    var forged =
        JWSObject.parse(state.path("signature").asString().replaceFirst("\\.[^.]*\\.", ".e30."));
    assertThat(forged.verify(new RSASSAVerifier(key))).isFalse();
    SERVICE.get("/api/v1/children", state.path("signature").asString()).problem(401);
  }

  private Reply erase(String name) {
    return home.ask(
        "DELETE", "", "{\"confirm_name\": \"%s\", \"reason\": \"moving away\"}".formatted(name));
  }

  private Reply byAdmin(String reason) {
    return Household.send(
        SERVICE,
        "POST",
        "/api/v1/erasures",
        office,
        "{\"child_id\": %s, \"reason\": \"%s\"}".formatted(home.family().child(), reason));
  }

  private static Reply state(Reply asked, String token) {
    return SERVICE.get(String.valueOf(asked.header("Location")), token);
  }

  /** As ingest-service does it. */
  private void sweep() {
    var child = home.family().child().value();
    SERVICE.db().sql("SELECT erase_child(?, true)").param(child).query(_ -> {});
    SERVICE
        .db()
        .sql(
            """
            UPDATE erasures
            SET announced_at = now(), erased_at = now(), erased_rows = '{"children": 1, "game_sessions": 2}',
                cleared_at = now(), swept_at = now(), swept_rows = '{"game_sessions": 1}'
            WHERE child = ?
            """)
        .param(child)
        .update();
  }
}
