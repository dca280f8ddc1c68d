package org.smileadventure.query;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.fixture.Endpoints;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.Scene.Caller;
import org.smileadventure.query.Scene.State;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/**
 * Every operation, asked by everybody, in every state that they and the child may be in: the status
 * is the one that the rules say, whoever is refused is told nothing of the child and changes
 * nothing of it, and whoever looks without being family is on record once.
 */
@RealServers
class AccessMatrixTest {
  private static final Tokens TRUSTED = Tokens.TRUSTED;

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private enum About {
    /** Asked without a token. */
    ANYTHING,
    /** Asked with the link to a report, which the parent has made. */
    LINK,
    /** The own account, or what is of no child: that goes by the token. */
    ACCOUNT,
    CHILD
  }

  /**
   * The status of the answer to each kind of caller, where all is in use.
   *
   * @param unassigned to a professional who may not see the child, for any reason
   */
  private record Rule(
      About about, int parent, int guardian, int other, int assigned, int unassigned, int admin) {

    static Rule anybody(int status) {
      return new Rule(About.ANYTHING, status, status, status, status, status, status);
    }

    static Rule ofAccounts(int parent, int professional, int admin) {
      return new Rule(About.ACCOUNT, parent, parent, parent, professional, professional, admin);
    }

    static Rule ofGuardians(int status) {
      return new Rule(About.CHILD, status, status, 404, 403, 403, 403);
    }

    static Rule ofWhoMaySee() {
      return new Rule(About.CHILD, 200, 200, 404, 200, 404, 200);
    }

    int of(Caller caller) {
      return switch (caller) {
        case NOBODY -> 401;
        case PARENT -> parent;
        case GUARDIAN -> guardian;
        case OTHER -> other;
        case ASSIGNED -> assigned;
        case UNASSIGNED, FORMER, UNCONSENTED -> unassigned;
        case ADMIN -> admin;
      };
    }
  }

  private static final Rule LINK = new Rule(About.LINK, 200, 200, 200, 200, 200, 200);

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          entry("GET /health", Rule.anybody(200)),
          entry("GET /api/v1/auth/jwks", Rule.anybody(200)),
          entry("POST /api/v1/auth/token", Rule.anybody(400)),
          entry("POST /api/v1/auth/refresh", Rule.anybody(400)),
          entry("POST /api/v1/auth/register", Rule.anybody(400)),
          entry("POST /api/v1/auth/verify", Rule.anybody(400)),
          entry("POST /api/v1/auth/verify/resend", Rule.anybody(400)),
          entry("POST /api/v1/auth/password/forgotten", Rule.anybody(400)),
          entry("POST /api/v1/auth/password/reset", Rule.anybody(400)),
          entry("GET /api/v1/privacy/retention", Rule.anybody(200)),
          entry("GET /api/v1/shared", LINK),
          entry("GET /api/v1/shared/report", LINK),
          entry("GET /api/v1/shared/pictures/{picture}", LINK),
          entry("POST /api/v1/auth/logout", Rule.ofAccounts(204, 204, 204)),
          entry("POST /api/v1/auth/password", Rule.ofAccounts(400, 400, 400)),
          entry("GET /api/v1/me", Rule.ofAccounts(200, 200, 200)),
          entry("PATCH /api/v1/me", Rule.ofAccounts(200, 200, 200)),
          // Another parent is the only one who decides about a child.
          entry("DELETE /api/v1/me", new Rule(About.ACCOUNT, 204, 204, 409, 204, 204, 204)),
          entry("GET /api/v1/devices", Rule.ofAccounts(200, 403, 403)),
          entry(
              "DELETE /api/v1/devices/{id}", new Rule(About.ACCOUNT, 204, 404, 404, 403, 403, 403)),
          entry("POST /api/v1/auth/device-token", Rule.ofAccounts(200, 403, 403)),
          entry("GET /api/v1/audit", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/operations/data", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/operations/instances", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/operations/promises", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/users", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/users/{id}", Rule.ofAccounts(403, 403, 200)),
          entry("PUT /api/v1/users/{id}/status", Rule.ofAccounts(403, 403, 204)),
          entry("GET /api/v1/assignments", Rule.ofAccounts(403, 403, 200)),
          entry("POST /api/v1/assignments", Rule.ofAccounts(403, 403, 200)),
          entry("DELETE /api/v1/assignments/{id}", Rule.ofAccounts(403, 403, 204)),
          entry("GET /health/performance", Rule.ofAccounts(403, 403, 200)),
          entry("GET /health/cache", Rule.ofAccounts(403, 403, 200)),
          entry("GET /health/database", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/dashboard", Rule.ofAccounts(200, 200, 403)),
          entry("GET /api/v1/children", Rule.ofAccounts(200, 200, 403)),
          entry("POST /api/v1/children", Rule.ofAccounts(201, 403, 403)),
          entry("POST /api/v1/invitations/accept", Rule.ofAccounts(404, 403, 403)),
          entry("POST /api/v1/incidents/exposure", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/population", Rule.ofAccounts(403, 200, 200)),
          entry("GET /api/v1/population/export", Rule.ofAccounts(403, 200, 200)),
          entry("POST /api/v1/cohorts/compare", Rule.ofAccounts(403, 200, 200)),
          entry("GET /api/v1/treatments", Rule.ofAccounts(403, 200, 200)),
          entry("GET /api/v1/insights", Rule.ofAccounts(403, 200, 200)),
          entry("GET /api/v1/platform", Rule.ofAccounts(403, 403, 200)),
          entry("GET /api/v1/children/{id}", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/analytics", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/trends", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/emotions", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/triggers", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/strategies", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/scenarios", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/activities", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/sessions", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/statements", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/data-quality", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/report", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/pictures/{picture}", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/export", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/figures/{figure}", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/story", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/phases", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/phases/{phase}/comparison", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/phases/{phase}/pictures/{figure}", Rule.ofWhoMaySee()),
          entry("GET /api/v1/children/{id}/mastery", Rule.ofWhoMaySee()),
          entry("GET /api/v1/sessions/{id}", Rule.ofWhoMaySee()),
          entry(
              "POST /api/v1/children/{id}/phases",
              new Rule(About.CHILD, 201, 201, 404, 201, 404, 403)),
          // A guardian's, which a professional does not change or remove.
          entry(
              "PATCH /api/v1/children/{id}/phases/{phase}",
              new Rule(About.CHILD, 204, 204, 404, 403, 404, 403)),
          entry(
              "DELETE /api/v1/children/{id}/phases/{phase}",
              new Rule(About.CHILD, 204, 204, 404, 403, 404, 403)),
          entry("GET /api/v1/children/{id}/shares", Rule.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/shares", Rule.ofGuardians(201)),
          entry("GET /api/v1/children/{id}/shares/{share}/looks", Rule.ofGuardians(200)),
          entry("DELETE /api/v1/children/{id}/shares/{share}", Rule.ofGuardians(204)),
          entry("PATCH /api/v1/children/{id}", Rule.ofGuardians(204)),
          entry("DELETE /api/v1/children/{id}", Rule.ofGuardians(202)),
          entry("GET /api/v1/children/{id}/changes", Rule.ofGuardians(200)),
          entry("GET /api/v1/children/{id}/guardians", Rule.ofGuardians(200)),
          entry("DELETE /api/v1/children/{id}/guardians/{user_id}", Rule.ofGuardians(204)),
          entry("GET /api/v1/children/{id}/invitations", Rule.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/invitations", Rule.ofGuardians(201)),
          entry("DELETE /api/v1/children/{id}/invitations/{invitation}", Rule.ofGuardians(204)),
          entry("PUT /api/v1/children/{id}/restriction", Rule.ofGuardians(204)),
          entry("GET /api/v1/children/{id}/consents", Rule.ofGuardians(200)),
          entry("POST /api/v1/children/{id}/consents", Rule.ofGuardians(201)),
          entry("GET /api/v1/children/{id}/access-log", Rule.ofGuardians(200)),
          entry("PUT /api/v1/sessions/{id}/rating", Rule.ofGuardians(204)),
          entry("POST /api/v1/erasures", Rule.ofAccounts(403, 403, 202)),
          entry(
              "GET /api/v1/erasures/{id}", new Rule(About.ACCOUNT, 200, 200, 404, 404, 404, 200)));

  /** All of who may what, in one place. */
  static int expected(String operation, Caller caller, State state) {
    var rule = requireNonNull(RULES.get(operation), operation);
    if (caller != Caller.NOBODY && state.tokensAreTakenBack()) {
      return 401;
    }
    var status = rule.of(caller);
    return switch (rule.about()) {
      case ANYTHING -> rule.parent();
      case LINK ->
          state == State.ERASED ? 404 : state.isSilent() || state == State.RESTRICTED ? 410 : 200;
      case CHILD -> {
        if (status == 401 || (status == 403 && !operation.contains("/phases/{phase}"))) {
          yield status;
        } else if (operation.equals("DELETE /api/v1/children/{id}")
            && status == 202
            && state.childIsGone()) {
          yield 202; // it is the same erasure
        } else if (state.accountsAreNotInUse() || state.childIsGone()) {
          yield status == 403 && caller == Caller.ADMIN ? 403 : 404;
        }
        yield state == State.RESTRICTED && caller == Caller.ASSIGNED ? 404 : status;
      }
      case ACCOUNT ->
          status < 400 || status == 409 ? ofAccount(operation, caller, status, state) : status;
    };
  }

  private static int ofAccount(String operation, Caller caller, int status, State state) {
    if (operation.equals("GET /api/v1/erasures/{id}")) {
      return state.childIsGone() ? status : 404;
    }
    if (state.accountsAreNotInUse()) {
      return switch (operation) {
        case "GET /api/v1/me", "PATCH /api/v1/me" -> 404;
        case "DELETE /api/v1/me" -> 403; // no password is that of such an account
        case "POST /api/v1/children" -> 409;
        case "POST /api/v1/auth/device-token" -> 422; // for which child
        case "POST /api/v1/incidents/exposure" -> 403;
        case "POST /api/v1/erasures" -> 404;
        case "PUT /api/v1/users/{id}/status" -> state == State.DELETED ? 409 : status;
        default -> status;
      };
    }
    if (state.childIsGone()
        && operation.equals("POST /api/v1/auth/device-token")
        && caller != Caller.OTHER) {
      return 422;
    }
    if (state == State.ERASED) {
      return switch (operation) {
        case "DELETE /api/v1/devices/{id}", "DELETE /api/v1/assignments/{id}" -> 404;
        case "POST /api/v1/assignments" -> 422;
        default -> status;
      };
    }
    return status;
  }

  private static final Map<State, Scene> SCENES = new EnumMap<>(State.class);

  private static Scene scene(State state) {
    return new Scene(SERVICE, state);
  }

  static Stream<String> described() {
    return Scene.described(SERVICE);
  }

  /** One that has no rule yet fails here: who may call it has to be said above. */
  @Test
  void everyOperationOfTheDescriptionHasARule() {
    assertThat(described().toList())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(RULES.keySet()));
  }

  @Test
  void everythingThatIsMappedIsDescribed() {
    var beside = Set.of(" /error", "GET /v3/api-docs", "GET /v3/api-docs.yaml");
    assertThat(Endpoints.mapped(SERVICE.context()).filter(endpoint -> !beside.contains(endpoint)))
        .containsExactlyInAnyOrderElementsOf(described().toList());
  }

  @ParameterizedTest
  @MethodSource("described")
  void everybodyIsAnsweredAsTheRulesSayAndNobodyElseIsToldOfTheChild(String operation) {
    var wrong = new ArrayList<String>();
    for (var state : State.values()) {
      // Who is refused comes first, as that changes nothing: all of them meet the same child.
      var scene = SCENES.computeIfAbsent(state, AccessMatrixTest::scene);
      var writes = !operation.startsWith("GET ");
      var refused = new ArrayList<Caller>();
      var accepted = new ArrayList<Caller>();
      for (var caller : callers(state)) {
        (expected(operation, caller, state) < 300 ? accepted : refused).add(caller);
      }
      var before = scene.digest();
      for (var caller : refused) {
        judge(scene, operation, caller, state, wrong);
      }
      if (!before.equals(scene.digest())) {
        wrong.add(state + ": somebody who is refused has changed the child");
      }
      for (var caller : accepted) {
        judge(writes ? scene(state) : scene, operation, caller, state, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Caller> callers(State state) {
    return Stream.of(Caller.values())
        .filter(
            caller ->
                state == State.ACTIVE || (caller != Caller.FORMER && caller != Caller.UNCONSENTED))
        .toList();
  }

  private static void judge(
      Scene scene, String operation, Caller caller, State state, List<String> wrong) {
    var who = caller + ", " + state + ": ";
    var recorded = scene.onRecord(caller);
    var reply = scene.call(operation, caller);
    var status = reply.status();
    if (status != expected(operation, caller, state)) {
      wrong.add(who + status + " for " + expected(operation, caller, state) + " " + reply.body());
    } else if (status >= 400) {
      reply.problem(status);
    }
    var tellsTexts = reply.body().contains(Scene.CANARY);
    if (tellsTexts && !mayBeTold(operation, caller, state, status)) {
      wrong.add(who + "is told of the child: " + reply.body());
    }
    if (state == State.ACTIVE
        && caller == Caller.PARENT
        && operation.startsWith("GET ")
        && isAboutTheChild(operation)
        && tellsTexts == NUMBERS_ALONE.contains(operation)) {
      wrong.add(who + "positive control: " + reply.body());
    }
    if (status < 300 && isAboutTheChild(operation) && isOfSomebodyElse(caller, state)) {
      var records = scene.onRecord(caller) - recorded;
      // Asked again, it is the same erasure.
      if (records != (operation.equals("POST /api/v1/erasures") && state.childIsGone() ? 0 : 1)) {
        wrong.add(who + records + " more on record");
      }
    }
  }

  /** Whether somebody asks who may see the child, and whose child it is not. */
  private static boolean isOfSomebodyElse(Caller caller, State state) {
    return caller == Caller.ADMIN
        || (caller == Caller.ASSIGNED && !state.isSilent() && state != State.RESTRICTED);
  }

  private static boolean isAboutTheChild(String operation) {
    var rule = requireNonNull(RULES.get(operation));
    return rule.about() == About.CHILD
        || Set.of(
                "GET /api/v1/children",
                "GET /api/v1/dashboard",
                "POST /api/v1/erasures",
                "POST /api/v1/assignments",
                "DELETE /api/v1/assignments/{id}",
                "POST /api/v1/incidents/exposure")
            .contains(operation);
  }

  private static boolean mayBeTold(String operation, Caller caller, State state, int status) {
    if (status >= 300) {
      return false;
    } else if (operation.contains("/shared")) {
      return state == State.ACTIVE;
    } else if (operation.equals("GET /api/v1/devices")) {
      return caller == Caller.PARENT; // what they call their devices
    } else if (Set.of("PATCH /api/v1/me", "POST /api/v1/cohorts/compare").contains(operation)) {
      return true; // what they have said themselves
    }
    return caller.mayKnowTheChild()
        && !state.isSilent()
        && !(state == State.RESTRICTED && caller == Caller.ASSIGNED);
  }

  /** What is told of the child without a text of it. */
  private static final Set<String> NUMBERS_ALONE =
      Set.of(
          "GET /api/v1/children/{id}/access-log",
          "GET /api/v1/children/{id}/consents",
          "GET /api/v1/children/{id}/data-quality",
          "GET /api/v1/children/{id}/emotions",
          "GET /api/v1/children/{id}/guardians",
          "GET /api/v1/children/{id}/shares/{share}/looks",
          "GET /api/v1/children/{id}/trends");

  @Test
  void tokensThatAreNotGoodOpenNothing() {
    var scene = SCENES.computeIfAbsent(State.ACTIVE, AccessMatrixTest::scene);
    var parent = scene.account(Caller.PARENT);
    var bad =
        Stream.concat(
                badClaims(parent).stream().map(TRUSTED::signed),
                Stream.of(new Tokens().of(parent, "parent"), "nonsense", unsigned(parent)))
            .toList();
    var before = scene.digest();
    for (var operation : described().toList()) {
      for (var token : bad) {
        assertRefused(scene.call(operation, token));
      }
      if (expected(operation, Caller.NOBODY, State.ACTIVE) == 401) {
        assertRefused(scene.call(operation, Caller.NOBODY));
      }
    }
    assertThat(scene.digest()).isEqualTo(before);
  }

  private static void assertRefused(Reply reply) {
    reply.problem(401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
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
}
