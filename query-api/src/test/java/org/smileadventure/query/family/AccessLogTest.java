package org.smileadventure.query.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** Who looked at a child: told to its guardians, and to an admin after an incident. */
@RealServers
class AccessLogTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long professional = SERVICE.professional();
  private final long admin = SERVICE.user("admin", "unused");
  private final String office = Tokens.TRUSTED.of(admin, "admin");

  @Test
  void guardiansAreToldWhoLookedAndAdminsAreAnOffice() {
    look();
    SERVICE.get(home.path(""), home.family().token()).ok();

    var log = SERVICE.get(home.path("/access-log"), home.family().token()).ok().path("entries");

    assertThat(log.valueStream().map(AccessLogTest::line))
        .containsExactly(
            "admin an administrator look GET " + home.path("/analytics"),
            "professional Test User look GET " + home.path("/analytics"),
            "professional Test User look GET " + home.path(""));
    assertThat(log.path(0).propertyNames()).doesNotContain("actor", "user_id");
  }

  /** On record it is: who has no number is named in the detail. */
  @Test
  void theNameOfAnAdminOfAnOutsideIssuerIsNotTold() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO audit_log (actor_role, action, child, detail)
            VALUES ('admin', 'quarantine_read', ?, 'record 4 by sam')
            """)
        .params(home.family().child().value())
        .update();

    var log = SERVICE.get(home.path("/access-log"), home.family().token()).ok().path("entries");

    assertThat(log.valueStream().map(AccessLogTest::line))
        .containsExactly("admin an administrator quarantine_read record 4");
  }

  @Test
  void pagesHoldEachEntryOnce() {
    look();
    look();
    var all = new ArrayList<String>();
    var cursor = "";
    do {
      var page = SERVICE.get(home.path("/access-log?limit=2" + cursor), home.family().token()).ok();
      page.path("entries")
          .valueStream()
          .map(entry -> entry.path("id").asString())
          .forEach(all::add);
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void adminIsToldWhoCouldSeeAndWhoDid() {
    var guardian = home.guardian();
    look();
    home.ask("DELETE", "/guardians/" + guardian, null);
    var unconsented = SERVICE.professional();
    SERVICE
        .db()
        .sql("INSERT INTO patient_assignments (child_id, professional_id) VALUES (?, ?)")
        .params(home.family().child().value(), unconsented)
        .update();

    var child = exposure("\"child_ids\": [%s]".formatted(home.family().child())).at("/children/0");

    assertThat(child.path("guardians").valueStream().map(who -> who.path("user_id").longValue()))
        .containsExactlyInAnyOrder(home.family().parent(), guardian);
    assertThat(
            child
                .path("assignments")
                .valueStream()
                .map(
                    who ->
                        who.path("professional_id").longValue()
                            + " "
                            + who.path("consented").booleanValue()))
        .containsExactly(professional + " true", unconsented + " false");
    assertThat(
            child
                .path("looks")
                .valueStream()
                .map(
                    looks ->
                        "%s %s %s"
                            .formatted(
                                looks.path("user_id").asString(),
                                looks.path("request").asString(),
                                looks.path("times").asString())))
        .containsExactlyInAnyOrder(
            admin + " GET /api/v1/children/{id}/analytics 1",
            professional + " GET /api/v1/children/{id}/analytics 1",
            professional + " GET /api/v1/children/{id} 1");
  }

  @Test
  void consentThatWasWithdrawnAfterThatTimeIsToldAsGiven() {
    var child = home.family().child();
    SERVICE.assign(professional, child);
    SERVICE
        .db()
        .sql(
            "UPDATE patient_assignments SET assigned_date = now() - interval '9 days' WHERE"
                + " child_id = ?")
        .param(child.value())
        .update();
    SERVICE
        .db()
        .sql("UPDATE consents SET given_at = now() - interval '9 days' WHERE child_id = ?")
        .param(child.value())
        .update();
    assertDone(
        home.ask(
            "POST",
            "/consents",
            """
            {"purpose": "professional_sharing", "recipient": %d, "granted": false, "text_version": "1"}
            """
                .formatted(professional)),
        201);
    var now = Instant.now();

    // Given before that time, given within it, and not any more.
    assertThat(consented(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))).isTrue();
    assertThat(consented(now.minus(Duration.ofDays(10)), now.minus(Duration.ofDays(1)))).isTrue();
    assertThat(consented(now, now.plusSeconds(60))).isFalse();
  }

  private boolean consented(Instant from, Instant to) {
    return ask(from, to, "\"child_ids\": [%s]".formatted(home.family().child()))
        .ok()
        .at("/children/0/assignments/0/consented")
        .booleanValue();
  }

  @Test
  void accountLeadsToTheChildrenThatItCouldSeeInThatTime() {
    look();
    var other = Household.in(SERVICE);
    SERVICE.assign(professional, other.family().child());
    Household.in(SERVICE);
    assertThat(children(exposure("\"user_id\": " + professional)))
        .containsExactly(home.family().child().value(), other.family().child().value());
    assertThat(children(exposure("\"user_id\": " + home.family().parent())))
        .containsExactly(home.family().child().value());
    SERVICE
        .db()
        .sql(
            "UPDATE patient_assignments SET status = 'inactive', ended_at = now() - interval '2"
                + " days', assigned_date = now() - interval '3 days' WHERE child_id = ?")
        .param(other.family().child().value())
        .update();
    assertThat(children(exposure("\"user_id\": " + professional)))
        .containsExactly(home.family().child().value());
  }

  @Test
  void linkInThatTimeIsToldWithWhoMadeItAndHowOftenItWasUsed() {
    var made = share(7);
    SERVICE.get("/api/v1/shared", null, "Smile-Share", made.path("token").asString()).ok();
    SERVICE.get("/api/v1/shared", null, "Smile-Share", made.path("token").asString()).ok();
    var of = "\"child_ids\": [%s]".formatted(home.family().child());

    var link = exposure(of).at("/children/0/shares/0");
    assertThat(link.path("share").asString()).isEqualTo(made.path("id").asString());
    assertThat(link.path("made_by").longValue()).isEqualTo(home.family().parent());
    assertThat(Instant.parse(link.path("ended").asString()))
        .isEqualTo(Instant.parse(made.path("ends_at").asString()));
    assertThat(link.path("looks").intValue()).isEqualTo(2);

    // What was made after that time, or had ended before it, showed nothing in it.
    var now = Instant.now();
    var before = ask(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(8)), of).ok();
    assertThat(before.at("/children/0/shares").size()).isZero();
    assertDone(home.ask("DELETE", "/shares/" + made.path("id").asString(), null), 204);
    var since = Instant.now();
    var after = ask(since, since.plusSeconds(60), of).ok();
    assertThat(after.at("/children/0/shares").size()).isZero();
    assertThat(exposure(of).at("/children/0/shares").size()).isOne();
    // Links are kept for less than the record.
    SERVICE
        .db()
        .sql("DELETE FROM share_links WHERE child_id = ?")
        .param(home.family().child().value())
        .update();
    assertThat(exposure(of).at("/children/0/shares/0/looks").intValue()).isEqualTo(2);
  }

  private JsonNode share(int days) {
    var reply =
        home.ask(
            "POST",
            "/shares",
            "{\"label\": \"Dentist\", \"days\": %d, \"window\": \"30d\"}".formatted(days));
    assertDone(reply, 201);
    return reply.json();
  }

  /** As ingest erases an account that was closed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoClosedTheAccountIsToldByChildAndByAccount(boolean isParent) {
    var guardian = home.guardian();
    var closes = isParent ? home.family().parent() : guardian;
    var stays = isParent ? guardian : home.family().parent();
    SERVICE.get(home.path(""), Tokens.TRUSTED.of(closes, "parent")).ok();
    if (isParent) {
      share(7);
    }
    for (int times = 0; times < 2; times++) {
      SERVICE.db().sql("SELECT erase_account(?)").param(closes).query(_ -> {});
    }

    for (var of :
        List.of("\"child_ids\": [%s]".formatted(home.family().child()), "\"user_id\": " + closes)) {
      var child = exposure(of).at("/children/0");
      assertThat(child.path("child_id").longValue()).isEqualTo(home.family().child().value());
      assertThat(
              child
                  .path("guardians")
                  .valueStream()
                  .map(
                      who ->
                          who.path("user_id").longValue()
                              + (who.path("until").isNull() ? "" : " until")))
          .containsExactlyInAnyOrder(stays + "", closes + " until");
      assertThat(child.path("shares").size()).isEqualTo(isParent ? 1 : 0);
      if (isParent) {
        assertThat(child.at("/shares/0/made_by").longValue()).isEqualTo(closes);
        assertThat(child.at("/shares/0/ended").isNull()).isFalse();
      }
    }
  }

  @Test
  void timeBeforeTheLooksShowsNone() {
    look();
    var now = Instant.now();
    var answer =
        ask(
                now.minus(Duration.ofDays(9)),
                now.minus(Duration.ofDays(8)),
                "\"child_ids\": [%s]".formatted(home.family().child()))
            .ok();
    assertThat(answer.at("/children/0/looks").size()).isZero();
    assertThat(answer.at("/children/0/assignments").size()).isZero();
  }

  @Test
  void questionIsOnRecordAndHasItsBounds() {
    exposure("\"user_id\": " + professional);
    assertThat(
            SERVICE
                .db()
                .sql("SELECT count(*) FROM audit_log WHERE actor = ? AND action = 'exposure'")
                .param(admin)
                .query(Integer.class)
                .single())
        .isOne();
    var now = Instant.now();
    ask(now, now.minusSeconds(1), "\"user_id\": 1").problem(400);
    ask(now.minus(Duration.ofDays(800)), now, "\"user_id\": 1").problem(400);
    ask(now.minusSeconds(9), now, "\"user_id\": 1, \"child_ids\": [1]").problem(400);
    ask(now.minusSeconds(9), now, "\"child_ids\": []").problem(400);
    ask(now.minusSeconds(9), now, "\"child_ids\": [%s]".formatted("1, ".repeat(100) + "1"))
        .problem(400);
    Household.send(
            SERVICE,
            "POST",
            "/api/v1/incidents/exposure",
            office,
            "{\"from\": \"+999999-01-01T00:00:00Z\", \"to\": \"+1000000-01-01T00:00:00Z\","
                + " \"user_id\": 1}")
        .problem(400);
    var former = Tokens.TRUSTED.of(SERVICE.user("parent", "unused"), "admin");
    Household.send(
            SERVICE,
            "POST",
            "/api/v1/incidents/exposure",
            former,
            body(now.minusSeconds(9), now, "\"user_id\": 1"))
        .problem(403);
  }

  private void look() {
    if (SERVICE
            .db()
            .sql("SELECT count(*) FROM patient_assignments WHERE child_id = ?")
            .param(home.family().child().value())
            .query(Integer.class)
            .single()
        == 0) {
      SERVICE.assign(professional, home.family().child());
    }
    var theirs = Tokens.TRUSTED.of(professional, "professional");
    SERVICE.get(home.path(""), theirs).ok();
    SERVICE.get(home.path("/analytics"), theirs).ok();
    SERVICE.get(home.path("/analytics"), office).ok();
  }

  private JsonNode exposure(String of) {
    var now = Instant.now();
    return ask(now.minus(Duration.ofDays(1)), now.plusSeconds(60), of).ok();
  }

  private Reply ask(Instant from, Instant to, String of) {
    return Household.send(
        SERVICE, "POST", "/api/v1/incidents/exposure", office, body(from, to, of));
  }

  private static String body(Instant from, Instant to, String of) {
    return "{\"from\": \"%s\", \"to\": \"%s\", %s}".formatted(from, to, of);
  }

  private static List<Long> children(JsonNode exposure) {
    return exposure
        .path("children")
        .valueStream()
        .map(child -> child.path("child_id").longValue())
        .toList();
  }

  private static String line(JsonNode entry) {
    return "%s %s %s %s"
        .formatted(
            entry.path("role").asString(),
            entry.path("name").asString(),
            entry.path("action").asString(),
            entry.path("what").asString());
  }
}
