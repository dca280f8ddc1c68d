package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccessTest {
  private static final Tokens TRUSTED = Tokens.TRUSTED;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  /** The status of the answer to each kind of caller; a token that is not accepted is a 401. */
  private record Expected(int anonymous, int parent, int professional, int admin) {}

  private static final Map<String, Expected> ENDPOINTS =
      Map.of(
          "GET /health", new Expected(200, 200, 200, 200),
          "GET /api/v1/auth/jwks", new Expected(200, 200, 200, 200),
          "POST /api/v1/auth/token", new Expected(400, 400, 400, 400),
          "POST /api/v1/auth/device-token", new Expected(401, 200, 403, 403),
          "GET /api/v1/children/{id}/analytics", new Expected(401, 200, 200, 403),
          "GET /api/v1/children/{id}/sessions", new Expected(401, 200, 200, 403),
          // where the container sends what went wrong outside of an endpoint
          " /error", new Expected(404, 404, 404, 404));

  @Test
  void everyEndpointIsExpected() {
    assertThat(mapped()).containsExactlyInAnyOrderElementsOf(new TreeSet<>(ENDPOINTS.keySet()));
  }

  @ParameterizedTest
  @MethodSource("mapped")
  void everyEndpointAnswersThoseItIsMeantFor(String endpoint) {
    var expected = ENDPOINTS.get(endpoint);
    assertThat(expected).as("expectation for " + endpoint).isNotNull();
    var family = SERVICE.family("Europe/Rome");
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    var admin = SERVICE.user("admin", "unused");

    var anonymous =
        SERVICE.send(
            method(endpoint),
            path(endpoint, family),
            null,
            body(endpoint),
            "Content-Type",
            "application/json");
    assertThat(anonymous.status()).as("anonymous").isEqualTo(expected.anonymous());
    if (anonymous.status() == 401) {
      assertRefused(anonymous);
    }
    assertThat(call(endpoint, family, family.token()).status()).isEqualTo(expected.parent());
    assertThat(call(endpoint, family, TRUSTED.of(professional, "professional")).status())
        .isEqualTo(expected.professional());
    var asAdmin = call(endpoint, family, TRUSTED.of(admin, "admin"));
    assertThat(asAdmin.status()).isEqualTo(expected.admin());
    if (asAdmin.status() == 403) {
      asAdmin.problem(403);
    }
    for (var claims : badClaims(family.parent())) {
      assertRefused(call(endpoint, family, TRUSTED.signed(claims)));
    }
    assertRefused(call(endpoint, family, new Tokens().of(family.parent(), "parent")));
    assertRefused(call(endpoint, family, "nonsense"));
    assertRefused(call(endpoint, family, unsigned(family.parent())));
  }

  static Stream<String> mapped() {
    return SERVICE
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(
            info -> {
              var methods = info.getMethodsCondition().getMethods();
              var names =
                  methods.isEmpty() ? List.of("") : methods.stream().map(Enum::name).toList();
              return names.stream()
                  .flatMap(m -> info.getPatternValues().stream().map(path -> m + " " + path));
            })
        .distinct()
        .sorted();
  }

  private static List<JWTClaimsSet> badClaims(long user) {
    var past = Date.from(Instant.now().minusSeconds(120));
    return List.of(
        Tokens.claims(user, "parent").expirationTime(past).build(),
        Tokens.claims(user, "parent")
            .notBeforeTime(Date.from(Instant.now().plusSeconds(600)))
            .build(),
        Tokens.claims(user, "parent").issuer("somebody-else").build(),
        Tokens.claims(user, "parent").issuer(null).build(),
        Tokens.claims(user, "parent").audience("something-else").build(),
        Tokens.claims(user, "parent").audience((String) null).build());
  }

  /** A good token whose header says that it needs no signature, and which has none. */
  private static String unsigned(long user) {
    return new PlainJWT(Tokens.claims(user, "parent").build()).serialize();
  }

  private static Reply call(String endpoint, Family family, String token) {
    return SERVICE.send(
        method(endpoint),
        path(endpoint, family),
        token,
        body(endpoint),
        "Content-Type",
        "application/json");
  }

  private static String method(String endpoint) {
    var method = endpoint.substring(0, endpoint.indexOf(' '));
    return method.isEmpty() ? "GET" : method;
  }

  private static String path(String endpoint, Family family) {
    return endpoint.substring(endpoint.indexOf(' ') + 1).replace("{id}", family.child().toString());
  }

  private static String body(String endpoint) {
    return endpoint.startsWith("POST") ? "{}" : "";
  }

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
        "/api/v1/children",
        "/api/v1/admin",
        "/actuator/env",
        "/actuator"
      })
  void whatThereIsNotIsRefusedWithoutAPage(String path) {
    assertRefused(SERVICE.get(path, null, "Accept", "text/html"));
    var token = SERVICE.family("Europe/Rome").token();
    var known = SERVICE.get(path, token, "Accept", "text/html");
    known.problem(path.startsWith("/api/v1/children") ? 404 : 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void otherMethodsAreRefused(String method) {
    var family = SERVICE.family("Europe/Rome");
    assertRefused(SERVICE.send(method, family.sessions(), null, "{}"));
    SERVICE.send(method, family.sessions(), family.token(), "{}").problem(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//api/v1/auth/jwks", "/api/v1/children/1%2Fsessions", "/a;b=c", "/%00"})
  void pathWithTricksInItIsRefusedWithoutDetails(String path) {
    var reply = SERVICE.get(path, null);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).doesNotContain("Exception", "Tomcat/", "trace");
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
