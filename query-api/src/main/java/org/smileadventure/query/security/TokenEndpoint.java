package org.smileadventure.query.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.smileadventure.common.security.BearerAccess;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives tokens for an e-mail address and a password. */
@RestController
@OwnTokens
class TokenEndpoint {
  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;
  private final Attempts attempts;
  private final TokenSigner signer;
  private final TokenProperties properties;
  private final Logins logins;
  private final String hashOfNobody;

  TokenEndpoint(
      JdbcClient jdbc,
      PasswordEncoder passwords,
      Attempts attempts,
      TokenSigner signer,
      TokenProperties properties,
      Logins logins) {
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.attempts = attempts;
    this.signer = signer;
    this.properties = properties;
    this.logins = logins;
    this.hashOfNobody = passwords.encode("nobody's password");
  }

  // BCrypt takes 72 bytes; a longer password would be refused by the encoder with an exception.
  // PostgreSQL has no text with a zero character in it.
  record Credentials(
      @NotNull @TypedText(max = Canonical.MAX_EMAIL) String email,
      @NotBlank @Size(max = 72) String password) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Credentials {
      email = Canonical.email(email);
    }
  }

  record Refresh(
      @NotBlank @Size(max = 200) @Pattern(regexp = "[A-Za-z0-9_-]*") String refreshToken) {}

  /**
   * Tokens of a login.
   *
   * @param expiresIn seconds for which the access token is accepted
   * @param refreshToken good for one more answer like this, within seven days of the login
   */
  record Token(String accessToken, String tokenType, long expiresIn, String refreshToken) {}

  private record Account(long id, String hashedPassword, String role) {}

  @Operation(summary = "Logs in")
  @PostMapping("/api/v1/auth/token")
  ResponseEntity<Token> token(
      @Valid @RequestBody Credentials credentials, HttpServletRequest request) {
    attempts.requireTryLeft(request, credentials.email());
    var account =
        jdbc.sql(
                """
                SELECT id, hashed_password, role FROM auth_users
                WHERE email = :email AND status = 'active' AND is_active
                """)
            .param("email", credentials.email())
            .query(Account.class)
            .optional();
    // Nobody's password is checked as long as somebody's, and a wrong one is written down nowhere:
    // time does not tell who is known.
    var matches =
        attempts.hashing(
            request,
            () ->
                passwords.matches(
                    credentials.password(),
                    account.map(Account::hashedPassword).orElse(hashOfNobody)));
    if (account.isPresent() && matches && logins.succeeded(account.get().id())) {
      return tokens(logins.begin(account.get().id(), account.get().role()));
    }
    attempts.wrong(request, credentials.email());
    throw refused("the e-mail address or the password is wrong");
  }

  @Operation(summary = "The next tokens of a login; a refresh token is good for one")
  @PostMapping("/api/v1/auth/refresh")
  ResponseEntity<Token> refresh(@Valid @RequestBody Refresh refresh) {
    return logins
        .refresh(refresh.refreshToken())
        .map(this::tokens)
        .orElseThrow(() -> refused("the refresh token is not accepted; log in again"));
  }

  @Operation(summary = "Ends the login of the token")
  @ApiResponse(responseCode = "204", description = "Its tokens are not accepted any more")
  @PostMapping("/api/v1/auth/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logout(@AuthenticationPrincipal Jwt token) {
    var login = token.getClaimAsString(Logins.LOGIN_CLAIM);
    if (login != null) {
      logins.end(UUID.fromString(login), Logins.Reason.LOGOUT);
    }
  }

  private ResponseEntity<Token> tokens(Logins.Login login) {
    var access =
        signer.sign(
            login.user(),
            properties.life(),
            Map.of(
                BearerAccess.ROLE_CLAIM, login.role(), Logins.LOGIN_CLAIM, login.id().toString()));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Token(access, "Bearer", properties.life().toSeconds(), login.refreshToken()));
  }

  private static ProblemException refused(String detail) {
    var refused = new ProblemException(HttpStatus.UNAUTHORIZED, detail);
    refused.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    return refused;
  }
}
