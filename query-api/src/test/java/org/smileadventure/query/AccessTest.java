package org.smileadventure.query;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RealServers
class AccessTest {
  private static final Tokens TRUSTED = Tokens.TRUSTED;
  private static final Tokens STRANGER = new Tokens();

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  /**
   * The status of the answer to each kind of caller; a token that is not accepted is a 401.
   *
   * @param own to the parent of the child that the path is about, if it is about one
   * @param other to another parent
   * @param assigned to a professional to whom the child is assigned
   * @param unassigned to another one
   * @param missing to a parent and a professional, about a child that there is not
   */
  private record Expected(
      int anonymous, int own, int other, int assigned, int unassigned, int admin, int missing) {

    static Expected forEverybody(int status) {
      return new Expected(status, status, status, status, status, status, status);
    }

    static Expected aboutNoChild(int parent, int professional, int admin) {
      return new Expected(401, parent, parent, professional, professional, admin, parent);
    }

    static Expected ofGuardians(int status) {
      return new Expected(401, status, 404, 403, 403, 403, 404);
    }

    static Expected aboutAChild() {
      return new Expected(401, 200, 404, 200, 404, 200, 404);
    }
  }

  private static final Map<String, Expected> OPERATIONS =
      Map.ofEntries(
          entry("GET /health", Expected.forEverybody(200)),
          entry("GET /api/v1/auth/jwks", Expected.forEverybody(200)),
          entry("POST /api/v1/auth/token", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/refresh", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/register", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/logout", Expected.aboutNoChild(204, 204, 204)),
          entry("POST /api/v1/auth/password", Expected.aboutNoChild(400, 400, 400)),
          entry("POST /api/v1/auth/verify", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/verify/resend", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/password/forgotten", Expected.forEverybody(400)),
          entry("POST /api/v1/auth/password/reset", Expected.forEverybody(400)),
          entry("GET /api/v1/me", Expected.aboutNoChild(200, 200, 200)),
          entry("PATCH /api/v1/me", Expected.aboutNoChild(200, 200, 200)),
          entry("DELETE /api/v1/me", Expected.aboutNoChild(400, 400, 400)),
          entry("GET /api/v1/devices", Expected.aboutNoChild(200, 403, 403)),
          entry("DELETE /api/v1/devices/{id}", new Expected(401, 204, 404, 403, 403, 403, 404)),
          entry("GET /api/v1/privacy/retention", Expected.forEverybody(200)),
          // Without the link that they need.
          entry("GET /api/v1/shared", Expected.forEverybody(400)),
          entry("GET /api/v1/shared/report", Expected.forEverybody(400)),
          entry("GET /api/v1/shared/pictures/{picture}", Expected.forEverybody(400)),
          entry("GET /api/v1/audit", Expected.aboutNoChild(403, 403, 200)),
          entry("GET /api/v1/users", Expected.aboutNoChild(403, 403, 200)),
          entry("GET /api/v1/users/{id}", Expected.aboutNoChild(403, 403, 200)),
          entry("PUT /api/v1/users/{id}/status", Expected.aboutNoChild(403, 403, 204)),
          entry("GET /api/v1/assignments", Expected.aboutNoChild(403, 403, 200)),
          entry("POST /api/v1/assignments", Expected.aboutNoChild(403, 403, 400)),
          entry("DELETE /api/v1/assignments/{id}", Expected.aboutNoChild(403, 403, 204)),
          entry("GET /health/performance", Expected.aboutNoChild(403, 403, 200)),
          entry("GET /health/cache", Expected.aboutNoChild(403, 403, 200)),
          entry("GET /health/database", Expected.aboutNoChild(403, 403, 200)),
          entry("POST /api/v1/auth/device-token", Expected.aboutNoChild(200, 403, 403)),
          entry("GET /api/v1/dashboard", Expected.aboutNoChild(200, 200, 403)),
          entry("GET /api/v1/children", Expected.aboutNoChild(200, 200, 403)),
          entry("GET /api/v1/children/{id}", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/analytics", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/trends", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/emotions", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/triggers", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/strategies", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/scenarios", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/activities", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/sessions", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/data-quality", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/report", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/pictures/{picture}", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/shares", Expected.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/shares", Expected.ofGuardians(201)),
          entry("GET /api/v1/children/{id}/shares/{share}/looks", Expected.ofGuardians(200)),
          entry("DELETE /api/v1/children/{id}/shares/{share}", Expected.ofGuardians(204)),
          entry("GET /api/v1/children/{id}/export", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/figures/{figure}", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/mastery", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/story", Expected.aboutAChild()),
          entry("GET /api/v1/children/{id}/phases", Expected.aboutAChild()),
          entry(
              "POST /api/v1/children/{id}/phases", new Expected(401, 201, 404, 201, 404, 403, 404)),
          // A guardian's, which a professional does not remove; it is gone when it is their turn.
          entry(
              "DELETE /api/v1/children/{id}/phases/{phase}",
              new Expected(401, 204, 404, 404, 404, 403, 404)),
          entry("GET /api/v1/children/{id}/phases/{phase}/comparison", Expected.aboutAChild()),
          entry("POST /api/v1/children", Expected.aboutNoChild(400, 403, 403)),
          entry("PATCH /api/v1/children/{id}", Expected.ofGuardians(204)),
          entry("DELETE /api/v1/children/{id}", Expected.ofGuardians(202)),
          entry("GET /api/v1/children/{id}/changes", Expected.ofGuardians(200)),
          entry("GET /api/v1/children/{id}/guardians", Expected.ofGuardians(200)),
          entry("DELETE /api/v1/children/{id}/guardians/{user_id}", Expected.ofGuardians(204)),
          entry("GET /api/v1/children/{id}/invitations", Expected.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/invitations", Expected.ofGuardians(201)),
          entry("DELETE /api/v1/children/{id}/invitations/{invitation}", Expected.ofGuardians(204)),
          entry("POST /api/v1/invitations/accept", Expected.aboutNoChild(404, 403, 403)),
          entry("PUT /api/v1/children/{id}/restriction", Expected.ofGuardians(204)),
          entry("GET /api/v1/children/{id}/consents", Expected.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/consents", Expected.ofGuardians(201)),
          entry("GET /api/v1/children/{id}/access-log", Expected.ofGuardians(200)),
          entry("POST /api/v1/erasures", Expected.aboutNoChild(403, 403, 400)),
          entry("GET /api/v1/erasures/{id}", new Expected(401, 200, 404, 404, 404, 200, 404)),
          entry("POST /api/v1/incidents/exposure", Expected.aboutNoChild(403, 403, 400)),
          entry("GET /api/v1/sessions/{id}", Expected.aboutAChild()),
          entry(
              "PUT /api/v1/sessions/{id}/rating", new Expected(401, 204, 404, 403, 403, 403, 404)),
          entry("GET /api/v1/population", Expected.aboutNoChild(403, 200, 200)),
          entry("GET /api/v1/population/export", Expected.aboutNoChild(403, 200, 200)),
          entry("POST /api/v1/cohorts/compare", Expected.aboutNoChild(403, 200, 200)),
          entry("GET /api/v1/treatments", Expected.aboutNoChild(403, 200, 200)),
          entry("GET /api/v1/insights", Expected.aboutNoChild(403, 200, 200)),
          entry("GET /api/v1/platform", Expected.aboutNoChild(403, 403, 200)));

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("PATCH /api/v1/children/{id}", "{\"age\": 8}"),
          entry("DELETE /api/v1/children/{id}", "{\"confirm_name\": \"Sam\"}"),
          entry(
              "POST /api/v1/children/{id}/invitations",
              "{\"email\": \"aunt@example.org\", \"kind\": \"guardian\"}"),
          entry("POST /api/v1/children/{id}/shares", "{\"label\": \"Dentist\", \"days\": 7}"),
          entry("POST /api/v1/invitations/accept", "{\"token\": \"nobody's\"}"),
          entry("PUT /api/v1/children/{id}/restriction", "{\"restricted\": true}"),
          entry(
              "POST /api/v1/children/{id}/phases",
              "{\"day\": \"2026-03-01\", \"kind\": \"therapy\", \"label\": \"Speech\"}"),
          entry(
              "POST /api/v1/children/{id}/consents",
              "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\": \"1\"}"),
          entry("PUT /api/v1/sessions/{id}/rating", "{\"rating\": 4}"),
          entry("PUT /api/v1/users/{id}/status", "{\"status\": \"active\"}"),
          entry(
              "POST /api/v1/cohorts/compare",
              "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"b\", \"age_bands\": [\"7-12\"]}]}"));

  /** One that has no rule yet fails here: who may call it has to be said above. */
  @Test
  void everyOperationOfTheDescriptionHasARule() {
    assertThat(described().toList())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(OPERATIONS.keySet()));
  }

  @Test
  void everythingThatIsMappedIsDescribed() {
    var beside = Set.of(" /error", "GET /v3/api-docs", "GET /v3/api-docs.yaml");
    assertThat(mapped().filter(endpoint -> !beside.contains(endpoint)))
        .containsExactlyInAnyOrderElementsOf(described().toList());
  }

  @ParameterizedTest
  @MethodSource("described")
  void everyOperationAnswersThoseItIsMeantFor(String operation) {
    var expected = OPERATIONS.get(operation);
    assertThat(expected).as("expectation for " + operation).isNotNull();
    var scene = Scene.of(operation);
    var family = scene.family();
    var path = scene.path();
    var id = scene.id();
    var unassigned = TRUSTED.of(SERVICE.professional(), "professional");
    var other = SERVICE.family("Europe/Rome").token();
    var admin = TRUSTED.of(SERVICE.user("admin", "unused"), "admin");

    var anonymous = call(operation, path, id, null);
    assertThat(anonymous.status()).as("anonymous").isEqualTo(expected.anonymous());
    if (anonymous.status() == 401) {
      assertRefused(anonymous);
    }
    assertStatus("other", call(operation, path, id, other), expected.other());
    assertStatus("own", call(operation, path, id, family.token()), expected.own());
    assertStatus("assigned", call(operation, path, id, scene.assigned()), expected.assigned());
    assertStatus("unassigned", call(operation, path, id, unassigned), expected.unassigned());
    assertStatus("admin", call(operation, path, id, admin), expected.admin());
    var none =
        operation.matches(".*/(sessions|erasures|devices)/\\{id}.*")
            ? new UUID(0, 1).toString()
            : "999999";
    assertStatus("missing", call(operation, path, none, family.token()), expected.missing());
    for (var claims : badClaims(family.parent())) {
      assertRefused(call(operation, path, id, TRUSTED.signed(claims)));
    }
    assertRefused(call(operation, path, id, STRANGER.of(family.parent(), "parent")));
    assertRefused(call(operation, path, id, "nonsense"));
    assertRefused(call(operation, path, id, unsigned(family.parent())));
  }

  /**
   * A child that has played, its parent, and whoever else an operation may be about.
   *
   * @param path the operation with what stands in it beside {@code {id}}
   */
  record Scene(ServiceUnderTest.Family family, long professional, String path, String id) {

    static Scene of(String operation) {
      var family = SERVICE.family("Europe/Rome");
      StoredHistory.store(
          SERVICE.db(),
          Play.by(family.child(), Instant.now().minusSeconds(600)).completed(50).events());
      var played =
          SERVICE
              .db()
              .sql("SELECT id::text FROM game_sessions WHERE child_id = ?")
              .param(family.child().value())
              .query(String.class)
              .single();
      var professional = SERVICE.professional();
      SERVICE.assign(professional, family.child());
      var assignment =
          SERVICE
              .db()
              .sql("SELECT id::text FROM patient_assignments WHERE professional_id = ?")
              .param(professional)
              .query(String.class)
              .single();
      var guardian = SERVICE.user("parent", "unused");
      insert(
          "INSERT INTO guardians (child_id, user_id, added_by) VALUES (?, ?, ?) RETURNING user_id::text",
          family.child().value(),
          guardian,
          family.parent());
      var invitation =
          insert(
              """
              INSERT INTO guardian_invitations (child_id, digest, kind, email, invited_by, expires_at)
              VALUES (?, sha256('x'), 'guardian', 'uncle@example.org', ?, now() + interval '1 day') RETURNING id::text
              """,
              family.child().value(),
              family.parent());
      var share =
          insert(
              """
              INSERT INTO share_links (child_id, digest, label, window_name, language, made_by, ends_at)
              VALUES (?, sha256(gen_random_uuid()::text::bytea), 'Dentist', '30d', 'en', ?, now() + interval '1 day')
              RETURNING id::text
              """,
              family.child().value(),
              family.parent());
      var erasure =
          operation.contains("/erasures/{id}")
              ? insert(
                  "INSERT INTO erasures (id, child, asked_by, asked_as) VALUES (uuidv7(), ?, ?, 'parent') RETURNING id::text",
                  family.child().value(),
                  family.parent())
              : "";
      var phase =
          insert(
              """
              INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
              VALUES (?, '2026-03-01', 'therapy', 'Speech', ?, 'parent') RETURNING id::text
              """,
              family.child().value(),
              family.parent());
      var path =
          operation
              .replace("{figure}", "score")
              .replace("{phase}", phase)
              .replace("{user_id}", Long.toString(guardian))
              .replace("{picture}", "score")
              .replace("{share}", share)
              .replace("{invitation}", invitation);
      var id =
          operation.contains("/sessions/{id}")
              ? played
              : !erasure.isEmpty()
                  ? erasure
                  : operation.contains("/users/{id}")
                      ? Long.toString(family.parent())
                      : operation.contains("/assignments/{id}")
                          ? assignment
                          : operation.contains("/devices/{id}")
                              ? device(family)
                              : family.child().toString();
      return new Scene(family, professional, path, id);
    }

    String assigned() {
      return TRUSTED.of(professional, "professional");
    }

    void parentIs(String status) {
      SERVICE
          .db()
          .sql("UPDATE auth_users SET status = ?, is_active = ? WHERE id = ?")
          .params(status, !status.equals("deleted"), family.parent())
          .update();
    }
  }

  /** What is not as it was when the token was made, and who comes with that token. */
  enum State {
    PENDING {
      @Override
      String token(Scene scene) {
        scene.parentIs("pending");
        return scene.family().token();
      }
    },
    INACTIVE {
      @Override
      String token(Scene scene) {
        scene.parentIs("inactive");
        return scene.family().token();
      }
    },
    CLOSED {
      @Override
      String token(Scene scene) {
        scene.parentIs("deleted");
        return scene.family().token();
      }
    },
    SUSPENDED_PARENT {
      @Override
      String token(Scene scene) {
        suspend(scene.family().parent());
        return scene.family().token();
      }
    },
    SUSPENDED_PROFESSIONAL {
      @Override
      String token(Scene scene) {
        suspend(scene.professional());
        return scene.assigned();
      }
    },
    SUSPENDED_ADMIN {
      @Override
      String token(Scene scene) {
        var admin = SERVICE.user("admin", "unused");
        suspend(admin);
        return TRUSTED.of(admin, "admin");
      }
    },
    RESTRICTED_CHILD {
      @Override
      String token(Scene scene) {
        SERVICE
            .db()
            .sql("UPDATE children SET restricted_at = now() WHERE id = ?")
            .param(scene.family().child().value())
            .update();
        return scene.assigned();
      }
    },
    CHILD_BEING_ERASED {
      @Override
      String token(Scene scene) {
        assertThat(
                SERVICE
                    .send(
                        "DELETE",
                        "/api/v1/children/" + scene.family().child(),
                        scene.family().token(),
                        "{\"confirm_name\": \"Sam\"}",
                        "Content-Type",
                        "application/json")
                    .status())
            .isEqualTo(202);
        return scene.family().token();
      }
    };

    abstract String token(Scene scene);

    private static void suspend(long user) {
      assertThat(
              SERVICE
                  .send(
                      "PUT",
                      "/api/v1/users/" + user + "/status",
                      TRUSTED.of(SERVICE.user("admin", "unused"), "admin"),
                      "{\"status\": \"suspended\"}",
                      "Content-Type",
                      "application/json")
                  .status())
          .isEqualTo(204);
    }
  }

  static Stream<Arguments> statesAndOperations() {
    var operations =
        described()
            .filter(
                operation -> Objects.requireNonNull(OPERATIONS.get(operation)).anonymous() == 401)
            .toList();
    return Stream.of(State.values())
        .flatMap(state -> operations.stream().map(operation -> Arguments.of(state, operation)));
  }

  /** A list may be answered, if nothing of the child is in it. */
  @ParameterizedTest
  @MethodSource("statesAndOperations")
  void nothingIsToldWhereTheAccountOrTheChildIsNotInUse(State state, String operation) {
    var scene = Scene.of(operation);
    var about = operation.contains("/children/{id}") || operation.contains("/sessions/{id}");
    var token = state.token(scene);

    var reply = call(operation, scene.path(), scene.id(), token);

    if (state.name().startsWith("SUSPENDED")) {
      assertRefused(reply);
    } else if (state == State.CHILD_BEING_ERASED
        && operation.startsWith("DELETE /api/v1/children/{id}")
        && !operation.contains("{id}/")) {
      // Asked again, it is the same erasure.
      assertThat(reply.status()).isEqualTo(202);
    } else if (about) {
      assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(400);
    }
    assertThat(reply.body()).doesNotContain("\"Sam\"");
  }

  private static String device(ServiceUnderTest.Family family) {
    return SERVICE
        .send("POST", "/api/v1/auth/device-token", family.token(), null)
        .ok()
        .path("device_id")
        .asString();
  }

  private static void assertStatus(String caller, Reply reply, int status) {
    assertThat(reply.status()).as(caller + ": " + reply.body()).isEqualTo(status);
    if (status >= 400) {
      reply.problem(status);
    }
  }

  static Stream<String> described() {
    return SERVICE
        .get("/v3/api-docs", null)
        .ok()
        .path("paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .map(method -> method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
        .sorted();
  }

  private static Stream<String> mapped() {
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

  private static String insert(String statement, Object... parameters) {
    return SERVICE
        .db()
        .sql(statement)
        .params(parameters)
        .query((row, _) -> row.getString(1))
        .single();
  }

  private static Reply call(String operation, String path, String id, @Nullable String token) {
    var method = operation.substring(0, operation.indexOf(' '));
    var body = BODIES.getOrDefault(operation, method.equals("GET") ? null : "{}");
    return SERVICE.send(
        method,
        path.substring(path.indexOf(' ') + 1).replace("{id}", id),
        token,
        body,
        "Content-Type",
        "application/json");
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
