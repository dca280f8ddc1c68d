package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
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
  private static final String NAME = "[\\p{L}\\p{M} '.-]*";

  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;

  RegistrationEndpoint(JdbcClient jdbc, PasswordEncoder passwords) {
    this.jdbc = jdbc;
    this.passwords = passwords;
  }

  /**
   * Who registers.
   *
   * @param role an admin is made by an admin of the database, never here
   * @param licenseNumber of a professional, who has to have one
   */
  record Registration(
      @NotNull @Email @Size(min = 3, max = 255) @Pattern(regexp = "[!-~]*") String email,
      @GoodPassword String password,
      @NotNull @Size(min = 2, max = 100) @Pattern(regexp = NAME) String firstName,
      @NotNull @Size(min = 2, max = 100) @Pattern(regexp = NAME) String lastName,
      @NotNull @Pattern(regexp = "parent|professional") String role,
      @Nullable @Pattern(regexp = "[0-9]{10,15}") String phone,
      @Nullable @Size(min = 1, max = 100) @Pattern(regexp = "[ -~]*") String licenseNumber) {}

  @Operation(summary = "Asks for an account; an admin activates it")
  @ApiResponse(responseCode = "202", description = "It was taken down")
  @PostMapping("/api/v1/auth/register")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void register(@Valid @RequestBody Registration registration) {
    if (registration.role().equals("professional") && registration.licenseNumber() == null) {
      throw new BadParameterException("license_number", "given by a professional", "");
    }
    jdbc.sql(
            """
            INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, phone, license_number)
            VALUES (:email, :password, :first_name, :last_name, :role, 'pending', :phone, :license)
            ON CONFLICT (email) DO NOTHING
            """)
        .param("email", registration.email().toLowerCase(Locale.ROOT))
        .param("password", passwords.encode(registration.password()))
        .param("first_name", registration.firstName().strip())
        .param("last_name", registration.lastName().strip())
        .param("role", registration.role())
        .param("phone", registration.phone())
        .param("license", registration.licenseNumber())
        .update();
  }
}
