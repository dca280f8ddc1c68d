package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.security.Attempts;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes down who would like an account; an admin activates it. The answer and the work are the same
 * whether the address has one already, so that nobody learns who is known.
 */
@RestController
class RegistrationEndpoint {
  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;
  private final Attempts attempts;

  RegistrationEndpoint(JdbcClient jdbc, PasswordEncoder passwords, Attempts attempts) {
    this.jdbc = jdbc;
    this.attempts = attempts;
    this.passwords = passwords;
  }

  /**
   * Who registers.
   *
   * @param role an admin is made by an admin of the database, never here
   * @param licenseNumber of a professional, who has to have one
   */
  record Registration(
      @NotNull @Email @TypedText(max = Canonical.MAX_EMAIL) String email,
      @GoodPassword String password,
      @NotNull @TypedText(max = 100) String firstName,
      @NotNull @TypedText(max = 100) String lastName,
      @NotNull @Pattern(regexp = "parent|professional") String role,
      @Nullable @Pattern(regexp = "[0-9]{10,15}") String phone,
      @Nullable @TypedText(max = 100) String licenseNumber) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Registration {
      email = Canonical.email(email);
      firstName = Canonical.text(firstName);
      lastName = Canonical.text(lastName);
      licenseNumber = Canonical.text(licenseNumber);
    }
  }

  @Operation(summary = "Asks for an account; an admin activates it")
  @ApiResponse(responseCode = "202", description = "It was taken down")
  @PostMapping("/api/v1/auth/register")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void register(@Valid @RequestBody Registration registration, HttpServletRequest request) {
    if (registration.role().equals("professional") && registration.licenseNumber() == null) {
      throw new BadParameterException("license_number", "given by a professional", "");
    }
    attempts.newAccount(request);
    var hash = attempts.hashing(request, () -> passwords.encode(registration.password()));
    jdbc.sql(
            """
            INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, phone, license_number)
            VALUES (:email, :password, :first_name, :last_name, :role, 'pending', :phone, :license)
            ON CONFLICT (email) DO NOTHING
            """)
        .param("email", registration.email())
        .param("password", hash)
        .param("first_name", registration.firstName())
        .param("last_name", registration.lastName())
        .param("role", registration.role())
        .param("phone", registration.phone())
        .param("license", registration.licenseNumber())
        .update();
  }
}
