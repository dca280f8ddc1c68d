package org.smileadventure.query.share;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.family.GuardedChildren;
import org.smileadventure.query.page.Cursor;
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

/** The links to a child's report that its guardians gave to somebody. */
@RestController
class SharesEndpoint {
  private static final String SHARES = SqlFile.read(SharesEndpoint.class, "shares.sql");
  private static final String LOOKS = SqlFile.read(SharesEndpoint.class, "looks.sql");
  private static final int MOST_DAYS = 30;
  private static final String WINDOWS = "7d|30d|90d|365d|all";
  private static final String DEFAULT_WINDOW = "30d";

  private final GuardedChildren children;
  private final Answers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  SharesEndpoint(GuardedChildren children, Answers answers, JdbcClient jdbc, JsonMapper json) {
    this.children = children;
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A link that is wanted. The report will be in the language of the request.
   *
   * @param label for whom it is
   * @param days after which it ends
   * @param window of the report; null: 30d
   */
  record NewShare(
      @NotNull @TypedText(max = 100) String label,
      @NotNull @Min(1) @Max(MOST_DAYS) Integer days,
      @Nullable @Pattern(regexp = WINDOWS) String window) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    NewShare {
      label = Canonical.text(label);
    }
  }

  /**
   * A link that was made.
   *
   * @param token opens the report; it is told this once
   */
  record Made(UUID id, String label, String window, Instant endsAt, String token) {
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }

  private record Outcome(String outcome, @Nullable UUID share) {}

  @Operation(summary = "Makes a link by which somebody reads the report, for at most 30 days")
  @ApiResponse(
      responseCode = "201",
      description = "The token is told this once",
      content = @Content(schema = @Schema(implementation = Made.class)))
  @ApiResponse(responseCode = "409", description = "Twenty links can be used")
  @PostMapping("/api/v1/children/{id}/shares")
  ResponseEntity<Made> share(
      ChildRequest asked, @Valid @RequestBody NewShare share, Language language) {
    var now = answers.now();
    var ends = now.plus(Duration.ofDays(share.days()));
    var window = Objects.requireNonNullElse(share.window(), DEFAULT_WINDOW);
    var token = RandomToken.create();
    var said =
        jdbc.sql(
                """
                SELECT outcome, share
                FROM make_share(:viewer, :child, :digest, :label, :window, :language,
                  :now::timestamptz, :ends::timestamptz)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("digest", token.digest())
            .param("label", share.label())
            .param("window", window)
            .param("language", language.tag())
            .param("now", now.toString())
            .param("ends", ends.toString())
            .query(Outcome.class)
            .single();
    return switch (said.outcome()) {
      case "made" ->
          ResponseEntity.created(URI.create("/api/v1/children/" + asked.child() + "/shares"))
              .body(
                  new Made(
                      Objects.requireNonNull(said.share()),
                      share.label(),
                      window,
                      ends,
                      token.text()));
      case "too_many" ->
          throw new ProblemException(
              HttpStatus.CONFLICT, "twenty links of this child can be used; revoke one first");
      default -> throw ChildAnswers.notFound(asked.child());
    };
  }

  /**
   * A link.
   *
   * @param madeBy the guardian's number
   * @param looks how often it was used
   */
  record Share(
      UUID id,
      String label,
      String window,
      String language,
      long madeBy,
      Instant madeAt,
      Instant endsAt,
      @Nullable Instant revokedAt,
      long looks,
      @Nullable Instant lastLookAt) {}

  /** The links, newest first: those that can be used, and others until they are forgotten. */
  record Shares(List<Share> items, Instant computedAt) {}

  @Operation(summary = "The links to a child's report")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Shares.class)))
  @GetMapping("/api/v1/children/{id}/shares")
  ResponseEntity<byte[]> shares(ChildRequest asked) {
    var found =
        children.read(
            asked,
            () ->
                jdbc.sql(SHARES)
                    .param("child", asked.child().value())
                    .query((row, _) -> json.readValue(row.getString(1), Share.class))
                    .list());
    return answers.of(new Shares(found, answers.now()), asked.fields());
  }

  /**
   * A look.
   *
   * @param what report, pdf or picture
   */
  record Look(long id, Instant at, String what) {}

  /** A page of looks, newest first. */
  record Looks(List<Look> items, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "When a link was used")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Looks.class)))
  @GetMapping("/api/v1/children/{id}/shares/{share}/looks")
  ResponseEntity<byte[]> looks(ChildRequest asked, @PathVariable("share") UUID share, Page page) {
    var before = page.after() == null ? null : Cursor.momentAndId(page.after());
    var found =
        children.read(
            asked,
            () -> {
              requireShare(asked, share);
              return jdbc.sql(LOOKS)
                  .param("child", asked.child().value())
                  .param("share", share)
                  .param("before", before == null ? Long.MAX_VALUE : before.id())
                  .param("most", page.limitAndOne())
                  .query((row, _) -> json.readValue(row.getString(1), Look.class))
                  .list();
            });
    var cut = page.cut(found, look -> new Cursor.Moment<>(look.at(), look.id()).text());
    return answers.of(
        new Looks(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  private void requireShare(ChildRequest asked, UUID share) {
    if (!jdbc.sql("SELECT EXISTS (SELECT FROM share_links WHERE child_id = :child AND id = :share)")
        .param("child", asked.child().value())
        .param("share", share)
        .query(Boolean.class)
        .single()) {
      throw notFound();
    }
  }

  @Operation(summary = "Revokes a link")
  @ApiResponse(responseCode = "204", description = "It opens nothing any more")
  @DeleteMapping("/api/v1/children/{id}/shares/{share}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(ChildRequest asked, @PathVariable("share") UUID share) {
    if (!jdbc.sql("SELECT revoke_share(:viewer, :child, :share, :now::timestamptz)")
        .param("viewer", asked.viewer().id())
        .param("child", asked.child().value())
        .param("share", share)
        .param("now", answers.now().toString())
        .query(Boolean.class)
        .single()) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(HttpStatus.NOT_FOUND, "there is no link of yours with this id");
  }
}
