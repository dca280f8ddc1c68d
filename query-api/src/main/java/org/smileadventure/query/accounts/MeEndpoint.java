package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.http.ComparesVersions;
import org.smileadventure.common.http.IfMatch;
import org.smileadventure.common.security.OutsideIssuer;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The own account: what is kept of who asks, put right, and closed. */
@RestController
class MeEndpoint {
  private final Accounts accounts;
  private final Profiles profiles;
  private final OwnPassword password;
  private final Closing closing;
  private final OutsideIssuer outside;

  MeEndpoint(
      Accounts accounts,
      Profiles profiles,
      OwnPassword password,
      Closing closing,
      OutsideIssuer outside) {
    this.accounts = accounts;
    this.profiles = profiles;
    this.password = password;
    this.closing = closing;
    this.outside = outside;
  }

  /**
   * An account, to who has it.
   *
   * @param version goes up with each change
   */
  record Me(
      long id,
      String email,
      String role,
      String status,
      boolean isVerified,
      String firstName,
      String lastName,
      @Nullable String phone,
      String timezone,
      String language,
      @Nullable String bio,
      @Nullable String licenseNumber,
      @Nullable String specialization,
      @Nullable String clinicName,
      @Nullable String clinicAddress,
      Instant createdAt,
      long version) {
    static Me of(Account account) {
      var profile = account.profile();
      return new Me(
          account.id(),
          account.email(),
          account.role(),
          account.status(),
          account.isVerified(),
          profile.firstName(),
          profile.lastName(),
          profile.phone(),
          profile.timezone(),
          profile.language(),
          profile.bio(),
          account.licenseNumber(),
          profile.specialization(),
          profile.clinicName(),
          profile.clinicAddress(),
          account.createdAt(),
          account.version());
    }
  }

  @Operation(summary = "The own account")
  @GetMapping("/api/v1/me")
  ResponseEntity<Me> me(@AuthenticationPrincipal Jwt token) {
    return answer(
        accounts
            .findById(Viewer.of(token).id())
            .filter(Account::isInUse)
            .orElseThrow(MeEndpoint::notInUse));
  }

  @Operation(
      summary = "Changes the own account",
      description =
          "A JSON merge patch (RFC 7396): what is not named stays, null takes a value away. The address,"
              + " the role and the license number are not changed here.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = Profile.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Me.class)))
  @PatchMapping("/api/v1/me")
  @ComparesVersions
  ResponseEntity<Me> change(
      @RequestBody Map<String, @Nullable Object> patch,
      IfMatch version,
      @AuthenticationPrincipal Jwt token) {
    return answer(profiles.patch(Viewer.of(token).id(), version, patch));
  }

  /**
   * That it is meant.
   *
   * @param password of the account; where another issuer makes the tokens there is none
   */
  record Farewell(@Nullable @Size(max = 72) String password) {}

  @Operation(
      summary = "Closes the own account, for good",
      description = "What is kept of the person is erased after that.")
  @ApiResponse(responseCode = "204", description = "It is closed, and nobody comes in any more")
  @ApiResponse(
      responseCode = "409",
      description = "Children would be left without a guardian: children names them")
  @DeleteMapping("/api/v1/me")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void close(
      @Valid @RequestBody Farewell farewell,
      @AuthenticationPrincipal Jwt token,
      HttpServletRequest request) {
    var user = Viewer.of(token).id();
    if (outside.jwksUrl() == null) {
      if (farewell.password() == null || farewell.password().isBlank()) {
        throw new BadParameterException("password", "that of the account", "");
      }
      password.require(request, user, farewell.password(), "password");
    }
    closing.close(user);
  }

  static ProblemException notInUse() {
    return new ProblemException(HttpStatus.NOT_FOUND, "this account is not in use");
  }

  private static ResponseEntity<Me> answer(Account account) {
    return ResponseEntity.ok()
        .eTag(IfMatch.tag(account.version()))
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(Me.of(account));
  }
}
