package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.smileadventure.query.accounts.RegistrationEndpoint.Address;
import org.smileadventure.query.accounts.RegistrationEndpoint.Link;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.security.Attempts;
import org.smileadventure.query.security.Logins;
import org.smileadventure.query.security.RandomToken;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes the own password, with the one before or with a link that is mailed. */
@RestController
class PasswordEndpoint {
  private final Passwords passwords;
  private final OwnPassword own;
  private final PasswordEncoder encoder;
  private final Attempts attempts;

  PasswordEndpoint(
      Passwords passwords, OwnPassword own, PasswordEncoder encoder, Attempts attempts) {
    this.passwords = passwords;
    this.own = own;
    this.encoder = encoder;
    this.attempts = attempts;
  }

  record Change(@NotBlank @Size(max = 72) String oldPassword, @GoodPassword String newPassword) {}

  record Reset(
      @NotNull @Pattern(regexp = Link.TOKEN, message = Link.TOKEN_MESSAGE) String token,
      @GoodPassword String newPassword) {}

  @Operation(summary = "Changes the own password")
  @ApiResponse(responseCode = "204", description = "It counts from now on; other logins have ended")
  @PostMapping("/api/v1/auth/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(
      @Valid @RequestBody Change change,
      @AuthenticationPrincipal Jwt token,
      HttpServletRequest request) {
    var user = Viewer.of(token).id();
    own.require(request, user, change.oldPassword(), "old_password");
    var login = token.getClaimAsString(Logins.LOGIN_CLAIM);
    passwords.change(
        user, hash(request, change.newPassword()), login == null ? null : UUID.fromString(login));
  }

  @Operation(summary = "Mails a link to choose another password, if the address has an account")
  @ApiResponse(responseCode = "202", description = "Whether it has one is told to nobody")
  @PostMapping("/api/v1/auth/password/forgotten")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void forgotten(@Valid @RequestBody Address address, HttpServletRequest request) {
    attempts.mail(request);
    passwords.forgotten(address.email());
  }

  @Operation(summary = "Sets another password with the link that was mailed; all logins end")
  @ApiResponse(responseCode = "204", description = "It counts from now on")
  @ApiResponse(responseCode = "404", description = "There is no such link")
  @ApiResponse(responseCode = "410", description = "It was used before, or has expired")
  @PostMapping("/api/v1/auth/password/reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset(@Valid @RequestBody Reset reset, HttpServletRequest request) {
    var account =
        passwords.reset(new RandomToken(reset.token()), hash(request, reset.newPassword()));
    attempts.forget(request, account.email());
    attempts.forget(request, "user " + account.id());
  }

  private String hash(HttpServletRequest request, String password) {
    return attempts.hashing(request, () -> encoder.encode(password));
  }
}
