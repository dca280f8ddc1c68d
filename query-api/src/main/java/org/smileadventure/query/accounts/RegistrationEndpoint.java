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
import org.smileadventure.query.security.RandomToken;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes down who would like an account, and verifies their address by a link that is mailed. The
 * answer and the work are the same whether the address has one already, so that nobody learns who
 * is known.
 */
@RestController
class RegistrationEndpoint {
  private final Registrations registrations;
  private final PasswordEncoder passwords;
  private final Attempts attempts;

  RegistrationEndpoint(Registrations registrations, PasswordEncoder passwords, Attempts attempts) {
    this.registrations = registrations;
    this.attempts = attempts;
    this.passwords = passwords;
  }

  /**
   * Who registers.
   *
   * @param role an admin is made by an admin of the database, never here
   * @param licenseNumber of a professional, who has to have one
   * @param timezone UTC if nothing is said
   * @param language of mail; English if nothing is said
   */
  record Registration(
      @NotNull @Email @TypedText(max = Canonical.MAX_EMAIL) String email,
      @GoodPassword String password,
      @NotNull @TypedText(max = 100) String firstName,
      @NotNull @TypedText(max = 100) String lastName,
      @NotNull @Pattern(regexp = "parent|professional") String role,
      @Nullable @Pattern(regexp = Profile.PHONE, message = "must be of 10 to 15 digits")
          String phone,
      @Nullable @TypedText(max = 100) String licenseNumber,
      @Nullable @KnownTimeZone String timezone,
      @Nullable @Pattern(regexp = Profile.LANGUAGE, message = "must be a language, as en or it-CH")
          String language) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Registration {
      email = Canonical.email(email);
      firstName = Canonical.text(firstName);
      lastName = Canonical.text(lastName);
      licenseNumber = Canonical.text(licenseNumber);
    }
  }

  /** An address, as it may be typed. */
  record Address(@NotNull @Email @TypedText(max = Canonical.MAX_EMAIL) String email) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Address {
      email = Canonical.email(email);
    }
  }

  /**
   * What a link in a mail has.
   *
   * @param token all that stands after {@code token=}
   */
  record Link(@NotNull @Pattern(regexp = TOKEN, message = TOKEN_MESSAGE) String token) {
    static final String TOKEN = "[A-Za-z0-9_-]{43}";
    static final String TOKEN_MESSAGE = "must be what stands after token= in the link";
  }

  /**
   * What came of it.
   *
   * @param status pending: an admin looks at the account first
   */
  record Verified(String role, String status) {}

  @Operation(summary = "Asks for an account; a link that is mailed verifies the address")
  @ApiResponse(responseCode = "202", description = "It was taken down; the rest is in the mail")
  @PostMapping("/api/v1/auth/register")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void register(@Valid @RequestBody Registration registration, HttpServletRequest request) {
    if (registration.role().equals("professional") && registration.licenseNumber() == null) {
      throw new BadParameterException("license_number", "given by a professional", "");
    }
    attempts.newAccount(request);
    var hash = attempts.hashing(request, () -> passwords.encode(registration.password()));
    registrations.take(registration, hash);
  }

  @Operation(
      summary = "Verifies an address with the link that was mailed to it",
      description =
          "Then a parent can log in. A professional waits until an admin activates the account.")
  @ApiResponse(responseCode = "404", description = "There is no such link")
  @ApiResponse(responseCode = "410", description = "It was used before, or has expired")
  @PostMapping("/api/v1/auth/verify")
  Verified verify(@Valid @RequestBody Link link) {
    var account = registrations.verify(new RandomToken(link.token()));
    return new Verified(account.role(), account.status());
  }

  @Operation(summary = "Mails the link once more, if the address waits for one")
  @ApiResponse(responseCode = "202", description = "Whether it does is told to nobody")
  @PostMapping("/api/v1/auth/verify/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void resend(@Valid @RequestBody Address address, HttpServletRequest request) {
    attempts.mail(request);
    registrations.resend(address.email());
  }
}
