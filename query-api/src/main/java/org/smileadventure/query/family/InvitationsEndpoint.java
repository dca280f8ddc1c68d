package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.StaleAnswers;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.mail.Outbox;
import org.smileadventure.query.page.Page;
import org.smileadventure.query.security.RandomToken;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Asks somebody by mail to become a guardian of a child, or to take over as its parent. */
@RestController
class InvitationsEndpoint {
  private static final Duration LIFE = Duration.ofDays(7);
  private static final String INVITATIONS =
      SqlFile.read(InvitationsEndpoint.class, "invitations.sql");
  private static final String BEFORE_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  private final GuardedChildren children;
  private final Answers answers;
  private final StaleAnswers stale;
  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  InvitationsEndpoint(
      GuardedChildren children,
      Answers answers,
      StaleAnswers stale,
      Outbox outbox,
      JdbcClient jdbc,
      JsonMapper json) {
    this.children = children;
    this.answers = answers;
    this.stale = stale;
    this.outbox = outbox;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Who is asked.
   *
   * @param kind guardian: to decide beside the parent; transfer: in the place of the parent
   */
  record NewInvitation(
      @NotNull @Email @TypedText(max = Canonical.MAX_EMAIL) String email,
      @NotNull @Pattern(regexp = "guardian|transfer") String kind) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    NewInvitation {
      email = Canonical.email(email);
    }
  }

  record Made(UUID id, Instant expiresAt) {}

  private record Outcome(String outcome, @Nullable UUID invitation) {}

  @Operation(summary = "Asks somebody by mail to become a guardian, or to take over as the parent")
  @ApiResponse(
      responseCode = "201",
      description = "A mail with a token is on its way; it is good for seven days",
      content = @Content(schema = @Schema(implementation = Made.class)))
  @ApiResponse(responseCode = "409", description = "Ten invitations are open")
  @PostMapping("/api/v1/children/{id}/invitations")
  ResponseEntity<Made> invite(ChildRequest asked, @Valid @RequestBody NewInvitation invitation) {
    var now = answers.now();
    var expires = now.plus(LIFE);
    var token = RandomToken.create();
    var inviter = inviter(asked.viewer());
    var letter =
        outbox.letter(
            inviter.language(),
            "invitation-" + invitation.kind(),
            inviter.email(),
            outbox.page("invitation") + "?token=" + token.text());
    var said =
        jdbc.sql(
                """
                SELECT outcome, invitation
                FROM invite_guardian(:viewer, :child, :kind, :email, :digest, :now::timestamptz,
                  :expires::timestamptz, :subject, :body)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("kind", invitation.kind())
            .param("email", invitation.email())
            .param("digest", token.digest())
            .param("now", now.toString())
            .param("expires", expires.toString())
            .param("subject", letter.subject())
            .param("body", letter.body())
            .query(Outcome.class)
            .single();
    return switch (said.outcome()) {
      case "invited" ->
          ResponseEntity.created(URI.create("/api/v1/children/" + asked.child() + "/invitations"))
              .body(new Made(Objects.requireNonNull(said.invitation()), expires));
      case "not_parent" ->
          throw new ProblemException(HttpStatus.FORBIDDEN, "only the parent hands a child over");
      case "too_many" ->
          throw new ProblemException(
              HttpStatus.CONFLICT, "ten invitations of this child are open; take one back first");
      default -> throw ChildAnswers.notFound(asked.child());
    };
  }

  /** Their address and not their name: anything can be typed as a name, and would be mailed. */
  private Inviter inviter(Viewer viewer) {
    return jdbc.sql("SELECT email, language FROM auth_users WHERE id = :viewer")
        .param("viewer", viewer.id())
        .query(Inviter.class)
        .single();
  }

  private record Inviter(String email, String language) {}

  /**
   * An invitation.
   *
   * @param state open, accepted, revoked or expired
   */
  record Invitation(
      UUID id,
      String kind,
      String email,
      String state,
      long invitedBy,
      Instant invitedAt,
      Instant expiresAt,
      @Nullable Instant acceptedAt,
      @Nullable Instant revokedAt) {}

  /** A page of invitations, newest first. */
  record InvitationPage(
      List<Invitation> invitations, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Who was asked to become a guardian")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = InvitationPage.class)))
  @GetMapping("/api/v1/children/{id}/invitations")
  ResponseEntity<byte[]> invitations(ChildRequest asked, Page page) {
    var now = answers.now();
    var before = page.after() == null ? BEFORE_ALL : cursor(page.after());
    var found =
        children.read(
            asked,
            () ->
                jdbc.sql(INVITATIONS)
                    .param("child", asked.child().value())
                    .param("now", now.toString())
                    .param("before", before)
                    .param("most", page.limitAndOne())
                    .query((row, _) -> json.readValue(row.getString(1), Invitation.class))
                    .list());
    var cut = page.cut(found, invitation -> invitation.id().toString());
    return answers.of(
        new InvitationPage(cut.items(), cut.next(), page.limit(), now), asked.fields());
  }

  private static String cursor(String text) {
    if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new BadParameterException("cursor", "the next_cursor of a page", text);
    }
    return text;
  }

  @Operation(summary = "Takes an invitation back")
  @ApiResponse(responseCode = "204", description = "It cannot be accepted any more")
  @DeleteMapping("/api/v1/children/{id}/invitations/{invitation}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(ChildRequest asked, @PathVariable("invitation") UUID invitation) {
    if (!jdbc.sql("SELECT revoke_invitation(:viewer, :child, :invitation, :now::timestamptz)")
        .param("viewer", asked.viewer().id())
        .param("child", asked.child().value())
        .param("invitation", invitation)
        .param("now", answers.now().toString())
        .query(Boolean.class)
        .single()) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND, "there is no open invitation of yours with this id");
    }
  }

  record Acceptance(@NotBlank @Size(max = 100) String token) {
    @Override
    public String toString() {
      return "Acceptance[***]";
    }
  }

  record Accepted(long childId, String kind) {}

  private record AcceptanceOutcome(String outcome, @Nullable Long child, @Nullable String kind) {}

  @Operation(summary = "Accepts an invitation, with the token of the mail")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Accepted.class)))
  @ApiResponse(responseCode = "404", description = "There is no such invitation")
  @ApiResponse(
      responseCode = "409",
      description = "There are as many children or guardians as may be")
  @ApiResponse(
      responseCode = "410",
      description =
          "It was used, taken back, or has expired, or who invited does not decide any more")
  @PostMapping("/api/v1/invitations/accept")
  ResponseEntity<byte[]> accept(@Valid @RequestBody Acceptance acceptance, Asked asked) {
    var said =
        jdbc.sql(
                "SELECT outcome, child, kind FROM accept_invitation(:viewer, :digest,"
                    + " :now::timestamptz)")
            .param("viewer", asked.viewer().id())
            .param("digest", new RandomToken(acceptance.token()).digest())
            .param("now", answers.now().toString())
            .query(AcceptanceOutcome.class)
            .single();
    if (said.outcome().equals("accepted") && said.child() != null && said.kind() != null) {
      stale.forget(new ChildId(said.child()));
      return answers.of(new Accepted(said.child(), said.kind()), asked.fields());
    }
    throw switch (said.outcome()) {
      case "other_address" ->
          new ProblemException(
              HttpStatus.FORBIDDEN,
              "the invitation is for another address; log in as a parent whose verified address it"
                  + " is");
      case "over" ->
          new ProblemException(
              HttpStatus.GONE,
              "the invitation was used, taken back, or has expired, or who invited you does not"
                  + " decide about the child any more; ask for another");
      case "too_many" ->
          new ProblemException(
              HttpStatus.CONFLICT,
              "a parent has at most 20 children, and a child at most 10 guardians");
      default -> new ProblemException(HttpStatus.NOT_FOUND, "there is no such invitation");
    };
  }
}
