package org.smileadventure.query.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.answer.Viewer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes back tokens of an outside issuer. It tells nobody which logins have ended; whoever learns
 * of one names the token or the session here.
 */
@RestController
@ConditionalOnProperty("smile.oidc.jwks-url")
class RevocationEndpoint {
  private static final Duration LONGEST = Duration.ofDays(366);

  private final RevocationRows revocations;
  private final Audit audit;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  RevocationEndpoint(
      RevocationRows revocations,
      Audit audit,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.revocations = revocations;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What is taken back: one of the two.
   *
   * @param jti of one token
   * @param sid of a session, with all of its tokens
   * @param until when the last of them expires
   */
  record Revocation(
      @Nullable @TypedText(max = 200) String jti,
      @Nullable @TypedText(max = 200) String sid,
      @NotNull Instant until) {}

  @Operation(summary = "Takes back a token or a session of the issuer")
  @ApiResponse(responseCode = "204", description = "All services refuse it within a second")
  @PostMapping("/api/v1/revocations")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@Valid @RequestBody Revocation revocation, @AuthenticationPrincipal Jwt admin) {
    if ((revocation.jti() == null) == (revocation.sid() == null)) {
      throw new BadParameterException(
          "jti", "given, or sid", revocation.jti() == null ? "neither" : "both");
    }
    var now = clock.instant();
    if (revocation.until().isBefore(now) || revocation.until().isAfter(now.plus(LONGEST))) {
      throw new BadParameterException(
          "until", "within a year from now", revocation.until().toString());
    }
    var subject = revocation.jti() == null ? "sid:" + revocation.sid() : "jti:" + revocation.jti();
    transaction.executeWithoutResult(
        _ -> {
          revocations.revoke(subject, revocation.until());
          audit.record(Viewer.of(admin), "revocation", subject);
        });
  }
}
