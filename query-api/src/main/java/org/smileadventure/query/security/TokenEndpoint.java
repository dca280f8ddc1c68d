package org.smileadventure.query.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Map;
import org.smileadventure.common.service.BearerAccess;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives a bearer token for an e-mail address and a password, and tells the key to check it with.
 */
@RestController
class TokenEndpoint {
  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;
  private final TokenSigner signer;
  private final RSAKey signingKey;
  private final TokenProperties properties;
  private final String hashOfNobody;

  TokenEndpoint(
      JdbcClient jdbc,
      PasswordEncoder passwords,
      TokenSigner signer,
      RSAKey signingKey,
      TokenProperties properties) {
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.signer = signer;
    this.signingKey = signingKey;
    this.properties = properties;
    this.hashOfNobody = passwords.encode("nobody's password");
  }

  // BCrypt takes 72 bytes; a longer password would be refused by the encoder with an exception.
  // PostgreSQL has no text with a zero character in it.
  record Credentials(
      @NotBlank
          @Size(max = 255)
          @Pattern(regexp = "\\P{Cntrl}*", message = "must not contain control characters")
          String email,
      @NotBlank @Size(max = 72) String password) {}

  record Token(String accessToken, String tokenType, long expiresIn) {}

  private record Account(long id, String hashedPassword, String role) {}

  @PostMapping("/api/v1/auth/token")
  ResponseEntity<Token> token(@Valid @RequestBody Credentials credentials) {
    var account =
        jdbc.sql(
                """
                SELECT id, hashed_password, role FROM auth_users
                WHERE email = :email AND status = 'active' AND is_active
                """)
            .param("email", credentials.email().strip().toLowerCase(Locale.ROOT))
            .query(Account.class)
            .optional();
    // Nobody's password is checked as long as somebody's, so that time does not tell who is known.
    var matches =
        passwords.matches(
            credentials.password(), account.map(Account::hashedPassword).orElse(hashOfNobody));
    if (account.isEmpty() || !matches) {
      var refused =
          new ErrorResponseException(
              HttpStatus.UNAUTHORIZED,
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.UNAUTHORIZED, "the e-mail address or the password is wrong"),
              null);
      refused.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      throw refused;
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Token(signed(account.get()), "Bearer", properties.life().toSeconds()));
  }

  private String signed(Account account) {
    return signer.sign(
        account.id(), properties.life(), Map.of(BearerAccess.ROLE_CLAIM, account.role()));
  }

  @GetMapping("/api/v1/auth/jwks")
  Map<String, Object> keys() {
    return new JWKSet(signingKey).toJSONObject(true);
  }
}
