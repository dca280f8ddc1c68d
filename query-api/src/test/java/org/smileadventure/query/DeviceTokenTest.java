package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

@RealServers
class DeviceTokenTest {
  private static final String PATH = "/api/v1/auth/device-token";

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = SERVICE.family("Europe/Rome");
  private final ChildId sibling = new People(SERVICE.db()).child(family.parent(), "Europe/Rome");

  @Test
  void tokenIsForTheChildThatWasNamed() throws Exception {
    var reply = mint(family.token(), naming(List.of(sibling)));

    var answer = reply.ok();
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.path("expires_in").longValue()).isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(answer.path("child_ids").toString()).isEqualTo("[" + sibling + "]");
    var token = SignedJWT.parse(answer.path("access_token").asString());
    var keys = JWKSet.parse(SERVICE.get("/api/v1/auth/jwks", null).body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getStringClaim("scope")).isEqualTo("ingest");
    assertThat(claims.getClaim("children")).isEqualTo(List.of(sibling.value()));
    assertThat(claims.getSubject()).isEqualTo(Long.toString(family.parent()));
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofDays(30));
    assertThat(claims.getClaims().keySet())
        .containsExactlyInAnyOrder("iss", "aud", "sub", "jti", "scope", "children", "iat", "exp");
  }

  @Test
  void whoNamesNoChildGetsATokenForTheHousehold() {
    var forgotten = new People(SERVICE.db()).child(family.parent(), "Europe/Rome");
    SERVICE
        .db()
        .sql("UPDATE children SET is_active = false WHERE id = ?")
        .param(forgotten.value())
        .update();
    var household = "[" + family.child() + "," + sibling + "]";
    assertThat(mint(family.token(), null).ok().path("child_ids").toString()).isEqualTo(household);
    for (var body : List.of("{}", "{\"child_ids\": null}")) {
      assertThat(mint(family.token(), body).ok().path("child_ids").toString()).isEqualTo(household);
    }
    mint(family.token(), naming(List.of(forgotten))).problem(404);
  }

  @Test
  void childOfAnotherParentDoesNotExist() {
    var stranger = SERVICE.family("Europe/Rome").child();
    var nobody = new ChildId(999_999_999);
    var refused = mint(family.token(), naming(List.of(family.child(), stranger))).problem(404);
    var missing = mint(family.token(), naming(List.of(nobody))).problem(404);
    assertThat(refused.path("detail").asString())
        .isEqualTo("there is no child " + stranger + " that you may see");
    assertThat(missing.path("detail").asString())
        .isEqualTo("there is no child " + nobody + " that you may see");
    assertThat(refused.propertyNames()).isEqualTo(missing.propertyNames());
  }

  @Test
  void numberOfChildrenHasItsLimits() {
    mint(family.token(), naming(Collections.nCopies(50, sibling))).ok();
    mint(family.token(), naming(Collections.nCopies(51, sibling))).problem(400);
    mint(family.token(), naming(List.of())).problem(400);
    mint(family.token(), "{\"child_ids\": [null]}").problem(400);
    var problem = mint(family.token(), "{\"child_ids\": [0]}").problem(400);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("child_ids[0]");
    var childless = SERVICE.user("parent", "unused");
    mint(Tokens.TRUSTED.of(childless, "parent"), null).problem(422);
  }

  @Test
  void deviceIsFoundAgainByItsName() {
    var tablet = mint(family.token(), "{\"name\": \" Sam's tablet \"}").ok();
    mint(family.token(), naming(List.of(sibling))).ok();
    var devices = devices();
    assertThat(devices.valueStream().map(device -> device.path("name").asString()))
        .containsExactly("a device without a name", "Sam's tablet");
    var listed = devices.get(1);
    assertThat(listed.path("id")).isEqualTo(tablet.path("device_id"));
    assertThat(listed.path("child_ids")).isEqualTo(tablet.path("child_ids"));
    assertThat(listed.path("revoked_at").isNull()).isTrue();
    mint(family.token(), "{\"name\": \"  \"}").problem(400);
    assertThat(SERVICE.get("/api/v1/devices", SERVICE.family("UTC").token()).ok().path("devices"))
        .isEmpty();
  }

  @Test
  void deviceThatIsTakenBackIsRevokedForAsLongAsItsTokenIsGood() throws Exception {
    var answer = mint(family.token(), null).ok();
    var id = answer.path("device_id").asString();
    assertThat(revoke(id, family.token()).status()).isEqualTo(204);
    assertThat(revoke(id, family.token()).status()).isEqualTo(204);
    revoke(id, SERVICE.family("UTC").token()).problem(404);
    revoke("nonsense", family.token()).problem(400);

    assertThat(devices().get(0).path("revoked_at").isNull()).isFalse();
    var expires =
        SignedJWT.parse(answer.path("access_token").asString())
            .getJWTClaimsSet()
            .getExpirationTime()
            .toInstant();
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT revoked AND until >= ?::timestamptz FROM revocations WHERE subject = ?")
                .params(expires.toString(), "device:" + id)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(
            SERVICE
                .db()
                .sql("SELECT actor FROM audit_log WHERE action = 'device_revoked' AND detail = ?")
                .param("device " + id)
                .query(Long.class)
                .list())
        .containsExactly(family.parent());
  }

  @Test
  void deviceOfASuspendedAccountIsOutUntilItIsLetInAgain() {
    // Nothing is open to a device here; but who is known is told that it is not for them.
    var device = mint(family.token(), null).ok().path("access_token").asString();
    SERVICE.get(family.sessions(), device).problem(403);
    setStatus("suspended");
    SERVICE.get(family.sessions(), device).problem(401);
    setStatus("active");
    await().untilAsserted(() -> SERVICE.get(family.sessions(), device).problem(403));
    revoke(devices().get(0).path("id").asString(), family.token());
    SERVICE.get(family.sessions(), device).problem(401);
  }

  private void setStatus(String status) {
    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
    var path = "/api/v1/users/" + family.parent() + "/status";
    var body = "{\"status\": \"" + status + "\"}";
    assertThat(SERVICE.send("PUT", path, admin, body, "Content-Type", "application/json").status())
        .isEqualTo(204);
  }

  private Reply revoke(String device, String token) {
    return SERVICE.send("DELETE", "/api/v1/devices/" + device, token, null);
  }

  private JsonNode devices() {
    return SERVICE.get("/api/v1/devices", family.token()).ok().path("devices");
  }

  @Test
  void deviceTokenOpensNothingHere() {
    var device = mint(family.token(), null).ok().path("access_token").asString();
    SERVICE.get(family.sessions(), device).problem(403);
    SERVICE.get(family.analytics("30d"), device).problem(403);
    mint(device, null).problem(403);
  }

  private static Reply mint(String token, @Nullable String body) {
    return body == null
        ? SERVICE.send("POST", PATH, token, null)
        : SERVICE.send("POST", PATH, token, body, "Content-Type", "application/json");
  }

  private static String naming(List<ChildId> children) {
    return "{\"child_ids\": " + children + "}";
  }
}
