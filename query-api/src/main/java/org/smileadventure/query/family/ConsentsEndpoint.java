package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.StaleAnswers;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What may be done with a child's data. Each word is kept; the last one counts. */
@RestController
class ConsentsEndpoint {
  private static final String HISTORY = SqlFile.read(ConsentsEndpoint.class, "consents.sql");
  private static final String CURRENT =
      SqlFile.read(ConsentsEndpoint.class, "consents-that-count.sql");

  private final GuardedChildren children;
  private final Answers answers;
  private final StaleAnswers stale;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ConsentsEndpoint(
      GuardedChildren children,
      Answers answers,
      StaleAnswers stale,
      JdbcClient jdbc,
      JsonMapper json) {
    this.children = children;
    this.answers = answers;
    this.stale = stale;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A word about a purpose.
   *
   * @param recipient the professional with whom the child's data are shared
   * @param givenHow api or paper
   */
  record Consent(
      long id,
      String purpose,
      @Nullable Long recipient,
      @Nullable String recipientName,
      boolean granted,
      String textVersion,
      long givenBy,
      @Nullable String givenByName,
      Instant givenAt,
      String givenHow) {}

  /**
   * The words that count, and a page of all.
   *
   * @param current the last one about each purpose and recipient
   * @param history newest first
   */
  record Consents(
      List<Consent> current,
      List<Consent> history,
      @Nullable String nextCursor,
      int limit,
      Instant computedAt) {}

  @Operation(summary = "What may be done with a child's data")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Consents.class)))
  @GetMapping("/api/v1/children/{id}/consents")
  ResponseEntity<byte[]> consents(ChildRequest asked, Page page) {
    var before = page.after() == null ? Long.MAX_VALUE : Cursor.id(page.after());
    var body =
        children.read(
            asked,
            () -> {
              var history =
                  page.cut(
                      jdbc.sql(HISTORY)
                          .param("child", asked.child().value())
                          .param("before", before)
                          .param("most", page.limitAndOne())
                          .query((row, _) -> json.readValue(row.getString(1), Consent.class))
                          .list(),
                      consent -> Cursor.ofId(consent.id()));
              var current =
                  jdbc.sql(CURRENT)
                      .param("child", asked.child().value())
                      .query((row, _) -> json.readValue(row.getString(1), Consent.class))
                      .list();
              return new Consents(
                  current, history.items(), history.next(), page.limit(), answers.now());
            });
    return answers.of(body, asked.fields());
  }

  /**
   * A word.
   *
   * @param recipient the professional, where the purpose is professional_sharing, and only there
   * @param textVersion which text the guardian has read
   */
  record NewConsent(
      @NotNull
          @Pattern(
              regexp =
                  "play_analytics|professional_sharing|population_figures|research_export|record_store")
          String purpose,
      @Nullable @Positive Long recipient,
      @NotNull Boolean granted,
      @NotNull @TypedText(max = 20) String textVersion) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    NewConsent {
      textVersion = Canonical.text(textVersion);
    }
  }

  record Given(long id) {}

  private record Outcome(String outcome, @Nullable Long consent) {}

  @Operation(summary = "Grants a purpose, or withdraws it")
  @ApiResponse(
      responseCode = "201",
      description = "It counts from now on",
      content = @Content(schema = @Schema(implementation = Given.class)))
  @ApiResponse(responseCode = "422", description = "There is no such professional")
  @PostMapping("/api/v1/children/{id}/consents")
  ResponseEntity<Given> give(ChildRequest asked, @Valid @RequestBody NewConsent consent) {
    if (consent.purpose().equals("professional_sharing") != (consent.recipient() != null)) {
      throw new BadParameterException(
          "recipient",
          "a professional's number for professional_sharing, and left out for other purposes",
          String.valueOf(consent.recipient()));
    }
    var said =
        jdbc.sql(
                """
                SELECT outcome, consent
                FROM give_consent(:viewer, :child, :purpose, :recipient, :granted, :text)
                """)
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("purpose", consent.purpose())
            .param("recipient", consent.recipient(), Types.BIGINT)
            .param("granted", consent.granted())
            .param("text", consent.textVersion())
            .query(Outcome.class)
            .single();
    switch (said.outcome()) {
      case "given" -> stale.forget(asked.child());
      case "no_recipient" ->
          throw new ProblemException(
                  HttpStatus.UNPROCESSABLE_CONTENT,
                  "recipient: there is no professional " + consent.recipient())
              .with("parameter", "recipient");
      default -> throw ChildAnswers.notFound(asked.child());
    }
    return ResponseEntity.created(URI.create("/api/v1/children/" + asked.child() + "/consents"))
        .body(new Given(Objects.requireNonNull(said.consent())));
  }
}
