package org.smileadventure.query.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** Which professional may see which child, and how. */
@RealServers
class AssignmentsTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long professional = SERVICE.professional();
  private final String theirs = Tokens.TRUSTED.of(professional, "professional");
  private final String office = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");

  @Test
  void nothingIsSeenBeforeAGuardianConsents() {
    var assignment = assign("").ok();
    assertThat(assignment.path("consented").booleanValue()).isFalse();
    SERVICE.get(home.path(""), theirs).problem(404);
    home.ask(
        "POST",
        "/consents",
        "{\"purpose\": \"professional_sharing\", \"recipient\": %d, \"granted\": true, \"text_version\": \"1\"}"
            .formatted(professional));
    SERVICE.get(home.path(""), theirs).ok();
    assertThat(assign("").ok().path("consented").booleanValue()).isTrue();
  }

  @Test
  void temporaryOneEndsByItself() {
    SERVICE.assign(professional, home.family().child());
    var until = Instant.now().plus(Duration.ofDays(3));
    assertThat(
            Instant.parse(
                assign(", \"assignment_type\": \"temporary\", \"until\": \"%s\"".formatted(until))
                    .ok()
                    .path("until")
                    .asString()))
        .isBetween(until.minusSeconds(1), until.plusSeconds(1));
    SERVICE.get(home.path(""), theirs).ok();
    SERVICE
        .db()
        .sql("UPDATE patient_assignments SET until = now() WHERE professional_id = ?")
        .param(professional)
        .update();
    SERVICE.get(home.path(""), theirs).problem(404);
  }

  @Test
  void whatIsNotNamedIsAllowed() {
    var permissions = assign(", \"permissions\": {\"notes\": false}").ok().path("permissions");
    assertThat(permissions.toString()).isEqualTo("{\"export\":true,\"notes\":false}");
    assertThat(assign("").ok().path("permissions").toString())
        .as("done again, as it is said then")
        .isEqualTo("{\"export\":true,\"notes\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"assignment_type\": \"temporary\"",
        "\"until\": \"2100-01-01T00:00:00Z\"",
        "\"assignment_type\": \"temporary\", \"until\": \"2020-01-01T00:00:00Z\"",
        "\"assignment_type\": \"temporary\", \"until\": \"+999999-01-01T00:00:00Z\"",
        "\"permissions\": {\"delete\": true}",
        "\"permissions\": {\"notes\": null}",
        "\"permissions\": {\"notes\": \"no\"}",
        "\"permissions\": [\"notes\"]"
      })
  void whatCannotBeMeantIsRefused(String rest) {
    assign(", " + rest).problem(400);
  }

  @Test
  void endIsKeptWithItsTimeAndOnRecord() {
    var id = assign("").ok().path("id").asString();
    assertDone(Household.send(SERVICE, "DELETE", "/api/v1/assignments/" + id, office, null), 204);
    assertDone(Household.send(SERVICE, "DELETE", "/api/v1/assignments/" + id, office, null), 204);
    var ended =
        SERVICE
            .get("/api/v1/assignments?professional_id=" + professional, office)
            .ok()
            .at("/assignments/0");
    assertThat(ended.path("status").asString()).isEqualTo("inactive");
    assertThat(ended.path("ended_at").isNull()).isFalse();
    assertThat(home.record())
        .containsExactly(
            "assignment: professional %d assigned: primary".formatted(professional),
            "assignment: professional %d: ended".formatted(professional));
  }

  private Reply assign(String rest) {
    return Household.send(
        SERVICE,
        "POST",
        "/api/v1/assignments",
        office,
        "{\"child_id\": %s, \"professional_id\": %d%s}"
            .formatted(home.family().child(), professional, rest));
  }
}
