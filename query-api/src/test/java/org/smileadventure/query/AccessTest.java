package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RealServers
class AccessTest {
  private static final Tokens TRUSTED = Tokens.TRUSTED;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private static void assertRefused(Reply reply) {
    reply.problem(401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void tokenWithoutARoleOrWithAnotherOpensNothing() {
    var family = SERVICE.family("Europe/Rome");
    for (var claims :
        List.of(
            Tokens.claims(family.parent(), "parent").claim("role", null).build(),
            Tokens.claims(family.parent(), "ROLE_parent").build(),
            Tokens.claims(family.parent(), "Parent").build())) {
      SERVICE.get(family.sessions(), TRUSTED.signed(claims)).problem(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytics", "sessions"})
  void strangersChildIsAsUnknownAsAChildThatDoesNotExist(String view) {
    var family = SERVICE.family("Europe/Rome");
    var stranger = SERVICE.family("Europe/Rome").token();
    var path = "/api/v1/children/" + family.child() + "/" + view;
    var before = SERVICE.get(path, stranger).problem(404);

    SERVICE.get(path, family.token()).ok();
    assertThat(SERVICE.get(path, family.token()).cacheStatus()).isEqualTo("hit");

    var reply = SERVICE.get(path, stranger);
    assertThat(reply.problem(404)).isEqualTo(before);
    assertThat(reply.cacheStatus()).isNull();
    var unknown = new ChildId(999_999);
    var ofNobody = SERVICE.get("/api/v1/children/" + unknown + "/" + view, stranger).problem(404);
    assertThat(anonymised(reply.json(), family.child())).isEqualTo(anonymised(ofNobody, unknown));
  }

  private static JsonNode anonymised(JsonNode problem, ChildId child) {
    var copy = (ObjectNode) problem.deepCopy();
    for (var field : List.of("detail", "instance")) {
      copy.put(field, problem.path(field).asString().replace(child.toString(), "?"));
    }
    return copy;
  }

  @Test
  void professionalSeesOnlyTheChildrenAssignedToThem() {
    var family = SERVICE.family("Europe/Rome");
    var sibling = SERVICE.family("Europe/Rome");
    var professional = SERVICE.professional();
    var token = TRUSTED.of(professional, "professional");
    SERVICE.get(family.sessions(), token).problem(404);

    SERVICE.assign(professional, family.child());

    SERVICE.get(family.sessions(), token).ok();
    SERVICE.get(family.analytics("7d"), token).ok();
    SERVICE.get(sibling.sessions(), token).problem(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inactive", "transferred"})
  void assignmentThatIsNotActiveOpensNothing(String status) {
    var family = SERVICE.family("Europe/Rome");
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    update(
        "UPDATE patient_assignments SET status = ? WHERE professional_id = ?",
        status,
        professional);
    SERVICE.get(family.sessions(), TRUSTED.of(professional, "professional")).problem(404);
  }

  @Test
  void assignmentOfAParentOpensNothing() {
    var family = SERVICE.family("Europe/Rome");
    var other = SERVICE.family("Europe/Rome");
    SERVICE.assign(other.parent(), family.child());
    SERVICE.get(family.sessions(), other.token()).problem(404);
  }

  @Test
  void parentWhoseAccountIsNotInUseSeesNothing() {
    for (var change : List.of("is_active = false", "status = 'suspended'", "status = 'pending'")) {
      var family = SERVICE.family("Europe/Rome");
      update("UPDATE auth_users SET " + change + " WHERE id = ?", family.parent());
      SERVICE.get(family.sessions(), family.token()).problem(404);
      SERVICE.get(family.analytics("7d"), family.token()).problem(404);
    }
  }

  @Test
  void professionalWhoseAccountIsNotInUseSeesNothing() {
    var family = SERVICE.family("Europe/Rome");
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    update("UPDATE auth_users SET status = 'suspended' WHERE id = ?", professional);
    SERVICE.get(family.sessions(), TRUSTED.of(professional, "professional")).problem(404);
    SERVICE.get(family.sessions(), family.token()).ok();
  }

  @Test
  void childThatIsNotActiveIsNotThere() {
    var family = SERVICE.family("Europe/Rome");
    update("UPDATE children SET is_active = false WHERE id = ?", family.child().value());
    SERVICE.get(family.analytics("7d"), family.token()).problem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nothing",
        "/api/v1/children/1/nothing",
        "/api/v1/admin",
        "/actuator/env",
        "/actuator"
      })
  void whatThereIsNotIsRefusedWithoutAPage(String path) {
    SERVICE.get(path, null, "Accept", "text/html").problem(404);
    var token = SERVICE.family("Europe/Rome").token();
    SERVICE.get(path, token, "Accept", "text/html").problem(404);
    assertRefused(SERVICE.get(path, "nonsense"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void otherMethodsAreRefused(String method) {
    var family = SERVICE.family("Europe/Rome");
    SERVICE.send(method, family.sessions(), null, "{}").problem(405);
    SERVICE.send(method, family.sessions(), family.token(), "{}").problem(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//api/v1/auth/jwks", "/api/v1/children/1%2Fsessions", "/a;b=c", "/%00"})
  void pathWithTricksInItIsRefusedWithoutDetails(String path) {
    SERVICE.get(path, null).problem(400);
  }

  @Test
  void livenessAndReadinessAreForEverybodyAndTellNothingElse() {
    for (var path : List.of("/actuator/health/liveness", "/actuator/health/readiness")) {
      var reply = SERVICE.get(path, null);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  private static void update(String sql, Object... parameters) {
    assertThat(SERVICE.db().sql(sql).params(parameters).update()).isEqualTo(1);
  }
}
