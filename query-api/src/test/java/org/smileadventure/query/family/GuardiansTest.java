package org.smileadventure.query.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** Who decides about a child, how somebody comes to, and how that ends. */
@RealServers
class GuardiansTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long invited = SERVICE.user("parent", "unused");
  private final String theirs = Tokens.TRUSTED.of(invited, "parent");

  @Test
  void whoIsInvitedDecidesBesideTheParent() {
    SERVICE.get(home.path(""), theirs).problem(404);
    var made = invite("guardian");
    assertDone(made, 201);

    var accepted = accept(home.mailedToken()).ok();

    assertThat(accepted.path("child_id").longValue()).isEqualTo(home.family().child().value());
    assertThat(accepted.path("kind").asString()).isEqualTo("guardian");
    SERVICE.get(home.path(""), theirs).ok();
    assertDone(home.askAs(theirs, "PATCH", "", "{\"age\": 9}"), 204);
    var guardians =
        SERVICE.get(home.path("/guardians"), home.family().token()).ok().path("guardians");
    assertThat(guardians.valueStream().map(guardian -> guardian.path("user_id").longValue()))
        .containsExactly(home.family().parent(), invited);
    assertThat(guardians.path(1).path("name").asString()).isEqualTo("Test User");
    assertThat(guardians.path(1).path("added_by").longValue()).isEqualTo(home.family().parent());
    assertThat(states()).containsExactly("accepted");
  }

  @Test
  void mailIsForTheInvitedAndNothingElseKeepsTheToken() {
    invite("guardian");
    var token = home.mailedToken();
    assertThat(
            SERVICE
                .db()
                .sql("SELECT recipient FROM outgoing_mail WHERE child = ?")
                .param(home.family().child().value())
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactly(home.email(invited));
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT count(*) FROM guardian_invitations WHERE digest = sha256(convert_to(?,"
                        + " 'UTF8'))")
                .param(token)
                .query(Integer.class)
                .single())
        .isOne();
    assertThat(SERVICE.get(home.path("/invitations"), home.family().token()).body())
        .doesNotContain(token);
  }

  @Test
  void invitationIsGoodForOneUse() {
    invite("guardian");
    accept(home.mailedToken()).ok();
    accept(home.mailedToken()).problem(410);
  }

  @Test
  void invitationEndsAfterSevenDays() {
    invite("guardian");
    assertThat(
            SERVICE
                .db()
                .sql(
                    "SELECT expires_at - invited_at = interval '7 days' FROM guardian_invitations"
                        + " WHERE child_id = ?")
                .param(home.family().child().value())
                .query(Boolean.class)
                .single())
        .isTrue();
    update("UPDATE guardian_invitations SET expires_at = now() WHERE child_id = ?");
    accept(home.mailedToken()).problem(410);
    assertThat(states()).containsExactly("expired");
    SERVICE.get(home.path(""), theirs).problem(404);
  }

  @Test
  void invitationThatWasTakenBackIsOver() {
    var id = invite("guardian").json().path("id").asString();
    assertDone(home.ask("DELETE", "/invitations/" + id, null), 204);
    home.ask("DELETE", "/invitations/" + id, null).problem(404);
    accept(home.mailedToken()).problem(410);
    assertThat(states()).containsExactly("revoked");
  }

  @Test
  void invitationIsForItsAddressOnly() {
    invite("guardian");
    var stranger = Tokens.TRUSTED.of(SERVICE.user("parent", "unused"), "parent");
    var token = home.mailedToken();
    accept(token, stranger).problem(403);
    SERVICE.get(home.path(""), stranger).problem(404);
    for (var state : List.of("is_verified = false", "status = 'suspended'", "is_active = false")) {
      SERVICE.db().sql("UPDATE auth_users SET " + state + " WHERE id = ?").param(invited).update();
      accept(token).problem(403);
      SERVICE
          .db()
          .sql(
              "UPDATE auth_users SET is_verified = true, status = 'active', is_active = true WHERE"
                  + " id = ?")
          .param(invited)
          .update();
    }
    accept(token).ok();
    accept("nonsense").problem(404);
  }

  @Test
  void transferMakesAnotherParentAndTheOldOneSeesNothing() {
    SERVICE.get(home.family().sessions(), home.family().token()).ok();
    assertDone(invite("transfer"), 201);

    accept(home.mailedToken()).ok();

    assertThat(SERVICE.get(home.path(""), theirs).ok().path("parent_id").longValue())
        .isEqualTo(invited);
    SERVICE.get(home.path(""), home.family().token()).problem(404);
    SERVICE.get(home.family().sessions(), home.family().token()).problem(404);
    assertThat(SERVICE.get(home.path("/changes"), theirs).ok().at("/changes/0/field").asString())
        .isEqualTo("parent_id");
  }

  /** Whoever was misusing an account would else come back by a friend. */
  @ParameterizedTest
  @CsvSource({
    "suspended, guardian",
    "suspended, transfer",
    "closed, guardian",
    "closed, transfer",
    "removed, guardian",
    "removed, transfer"
  })
  void invitationEndsWithTheRightOfWhoInvited(String how, String kind) {
    var parent = home.family().parent();
    var stays = home.guardian();
    update(
        "UPDATE auth_users SET hashed_password = '{noop}unused' WHERE id = (SELECT parent_id FROM"
            + " children WHERE id = ?)");
    assertDone(invite(kind), 201);
    var token = home.mailedToken();

    switch (how) {
      case "suspended" -> assertDone(status(parent, "suspended"), 204);
      case "closed" ->
          assertDone(
              Household.send(
                  SERVICE,
                  "DELETE",
                  "/api/v1/me",
                  home.family().token(),
                  "{\"password\": \"unused\"}"),
              204);
      default -> {
        assertDone(
            home.ask(
                "POST",
                "/invitations",
                "{\"email\": \"%s\", \"kind\": \"transfer\"}".formatted(home.email(stays))),
            201);
        accept(home.mailedToken(), Tokens.TRUSTED.of(stays, "parent")).ok();
      }
    }
    var left = Tokens.TRUSTED.of(stays, "parent");
    assertThat(
            SERVICE
                .get(home.path("/invitations"), left)
                .ok()
                .path("invitations")
                .valueStream()
                .map(invitation -> invitation.path("state").asString()))
        .contains("revoked")
        .doesNotContain("open");
    accept(token).problem(410);
    // And if it had been forgotten to take it back.
    SERVICE
        .db()
        .sql("UPDATE guardian_invitations SET revoked_at = NULL WHERE child_id = ?")
        .param(home.family().child().value())
        .update();
    accept(token).problem(410);
    SERVICE.get(home.path(""), theirs).problem(404);
    SERVICE.get(home.path(""), left).ok();
  }

  @Test
  void invitationDoesNotComeBackWithTheAccount() {
    invite("guardian");
    assertDone(status(home.family().parent(), "suspended"), 204);
    assertDone(status(home.family().parent(), "active"), 204);
    accept(home.mailedToken()).problem(410);
    assertThat(states()).containsExactly("revoked");
  }

  @Test
  void onlyTheParentHandsAChildOver() {
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    home.askAs(guardian, "POST", "/invitations", invitation("transfer")).problem(403);
    assertDone(home.askAs(guardian, "POST", "/invitations", invitation("guardian")), 201);
  }

  @Test
  void parentOfTwentyChildrenTakesOverNoOther() {
    var people = new People(SERVICE.db());
    for (int i = 0; i < 20; i++) {
      people.child(invited, "UTC");
    }
    invite("transfer");
    accept(home.mailedToken()).problem(409);
    SERVICE.get(home.path(""), home.family().token()).ok();
  }

  @Test
  void tenInvitationsAreOpenAtMost() {
    for (int i = 0; i < 10; i++) {
      assertDone(invite("guardian"), 201);
    }
    invite("guardian").problem(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"email\": \"nobody\", \"kind\": \"guardian\"}",
        "{\"email\": \"a@example.org\", \"kind\": \"owner\"}",
        "{\"email\": \"a@example.org\\u000aBcc: b@example.org\", \"kind\": \"guardian\"}"
      })
  void invitationThatSaysTooLittleIsRefused(String body) {
    home.ask("POST", "/invitations", body).problem(400);
    assertThat(states()).isEmpty();
  }

  @Test
  void parentRemovesAGuardianWithTheirDevicesAndInvitations() {
    invite("guardian");
    accept(home.mailedToken()).ok();
    SERVICE.get(home.family().sessions(), theirs).ok();
    home.askAs(
        theirs,
        "POST",
        "/invitations",
        "{\"email\": \"aunt@example.org\", \"kind\": \"guardian\"}");
    device(invited);
    device(home.family().parent());

    assertDone(home.ask("DELETE", "/guardians/" + invited, null), 204);

    SERVICE.get(home.family().sessions(), theirs).problem(404);
    assertThat(states()).containsExactly("revoked", "accepted");
    assertThat(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT d.user_id FROM devices d JOIN revocations r ON r.subject = 'device:' || d.jti
                    WHERE r.revoked AND d.revoked_at IS NOT NULL AND ? = ANY (d.children)
                    """)
                .param(home.family().child().value())
                .query(Long.class)
                .list())
        .containsExactly(invited);
    assertThat(home.record()).contains("guardian_removed: " + invited);
    home.ask("DELETE", "/guardians/" + invited, null).problem(404);
  }

  @Test
  void guardianRemovesThemselvesAndNobodyElse() {
    var one = home.guardian();
    var other = home.guardian();
    var ones = Tokens.TRUSTED.of(one, "parent");
    home.askAs(ones, "DELETE", "/guardians/" + other, null).problem(403);
    home.askAs(ones, "DELETE", "/guardians/" + home.family().parent(), null).problem(409);
    home.ask("DELETE", "/guardians/" + home.family().parent(), null).problem(409);
    assertDone(home.askAs(ones, "DELETE", "/guardians/" + one, null), 204);
    SERVICE.get(home.path(""), ones).problem(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspended", "deleted"})
  void guardianDoesNotLeaveAChildToNobody(String status) {
    var one = home.guardian();
    var other = home.guardian();
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = ? WHERE id = ?")
        .params(status, home.family().parent())
        .update();
    assertDone(leave(one), 204);
    leave(other).problem(409);
    SERVICE.get(home.path(""), Tokens.TRUSTED.of(other, "parent")).ok();
    SERVICE
        .db()
        .sql("UPDATE auth_users SET status = 'active' WHERE id = ?")
        .param(home.family().parent())
        .update();
    assertDone(leave(other), 204);
  }

  @Test
  void ofOneWhoLeavesAndOneWhoClosesTheAccountOneStays() throws Exception {
    for (int round = 0; round < 10; round++) {
      var family = Household.in(SERVICE);
      var guardian = family.guardian();
      var leaving = Tokens.TRUSTED.of(guardian, "parent");
      SERVICE
          .db()
          .sql("UPDATE auth_users SET hashed_password = '{noop}unused' WHERE id = ?")
          .param(family.family().parent())
          .update();
      var turn = new AtomicInteger();
      var statuses =
          Reply.together(
                  2,
                  () ->
                      turn.getAndIncrement() == 0
                          ? family.askAs(leaving, "DELETE", "/guardians/" + guardian, null)
                          : Household.send(
                              SERVICE,
                              "DELETE",
                              "/api/v1/me",
                              family.family().token(),
                              "{\"password\": \"unused\"}"))
              .stream()
              .map(Reply::status)
              .toList();
      assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    }
  }

  private Reply leave(long guardian) {
    return home.askAs(
        Tokens.TRUSTED.of(guardian, "parent"), "DELETE", "/guardians/" + guardian, null);
  }

  private static Reply status(long user, String status) {
    return Household.send(
        SERVICE,
        "PUT",
        "/api/v1/users/" + user + "/status",
        Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin"),
        "{\"status\": \"%s\"}".formatted(status));
  }

  @Test
  void guardianRatesASessionAndGetsADeviceToken() {
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    assertThat(
            Household.send(SERVICE, "POST", "/api/v1/auth/device-token", guardian, null)
                .ok()
                .path("child_ids")
                .toString())
        .isEqualTo("[" + home.family().child() + "]");
  }

  private void device(long user) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO devices (jti, user_id, name, children, expires_at)
            VALUES (gen_random_uuid(), ?, 'Tablet', ARRAY[?::bigint], now() + interval '30 days')
            """)
        .params(user, home.family().child().value())
        .update();
  }

  private String invitation(String kind) {
    return "{\"email\": \"%s\", \"kind\": \"%s\"}".formatted(home.email(invited), kind);
  }

  private Reply invite(String kind) {
    return home.ask("POST", "/invitations", invitation(kind));
  }

  private Reply accept(String token) {
    return accept(token, theirs);
  }

  private static Reply accept(String token, String as) {
    return Household.send(
        SERVICE, "POST", "/api/v1/invitations/accept", as, "{\"token\": \"" + token + "\"}");
  }

  private List<String> states() {
    return SERVICE
        .get(home.path("/invitations"), home.family().token())
        .ok()
        .path("invitations")
        .valueStream()
        .map(invitation -> invitation.path("state").asString())
        .toList();
  }

  private void update(String statement) {
    assertThat(SERVICE.db().sql(statement).param(home.family().child().value()).update()).isOne();
  }
}
