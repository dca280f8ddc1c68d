package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.security.Attempts;
import org.smileadventure.query.security.Logins;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes the own password, and ends all other logins. */
@RestController
class PasswordEndpoint {
  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;
  private final Attempts attempts;
  private final Logins logins;

  PasswordEndpoint(JdbcClient jdbc, PasswordEncoder passwords, Attempts attempts, Logins logins) {
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.attempts = attempts;
    this.logins = logins;
  }

  record Change(@NotBlank @Size(max = 72) String oldPassword, @GoodPassword String newPassword) {}

  @Operation(summary = "Changes the own password")
  @ApiResponse(responseCode = "204", description = "It counts from now on; other logins have ended")
  @PostMapping("/api/v1/auth/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(
      @Valid @RequestBody Change change,
      @AuthenticationPrincipal Jwt token,
      HttpServletRequest request) {
    var user = Viewer.of(token).id();
    var account = "user " + user;
    attempts.requireTryLeft(request, account);
    var hash =
        jdbc.sql(
                "SELECT hashed_password FROM auth_users WHERE id = :user AND is_active AND status = 'active'")
            .param("user", user)
            .query((row, _) -> row.getString(1))
            .optional();
    var matches =
        hash.isPresent()
            && attempts.hashing(request, () -> passwords.matches(change.oldPassword(), hash.get()));
    if (!matches || !logins.succeeded(user)) {
      attempts.wrong(request, account);
      throw new ProblemException(
              HttpStatus.FORBIDDEN, "old_password is not the password of this account")
          .with("parameter", "old_password");
    }
    jdbc.sql(
            "UPDATE auth_users SET hashed_password = :password, updated_at = now() WHERE id = :user")
        .param("password", passwords.encode(change.newPassword()))
        .param("user", user)
        .update();
    var login = token.getClaimAsString(Logins.LOGIN_CLAIM);
    logins.endAll(user, login == null ? null : UUID.fromString(login), Logins.Reason.PASSWORD);
  }
}
