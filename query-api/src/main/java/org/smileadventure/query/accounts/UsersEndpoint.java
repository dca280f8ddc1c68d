package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.smileadventure.query.security.Logins;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Accounts, for admins: who has one, and whether it may be used. */
@RestController
class UsersEndpoint {
  private static final String USER =
      """
      SELECT jsonb_build_object(
        'id', id, 'email', email, 'first_name', first_name, 'last_name', last_name, 'phone', phone,
        'role', role, 'status', status, 'is_active', is_active, 'is_verified', is_verified,
        'timezone', timezone, 'language', language, 'license_number', license_number,
        'specialization', specialization, 'clinic_name', clinic_name, 'last_login_at', last_login_at,
        'failed_login_attempts', failed_login_attempts, 'locked_until', locked_until,
        'created_at', created_at)
      FROM auth_users
      """;

  private final Answers answers;
  private final JdbcClient jdbc;
  private final Logins logins;
  private final JsonMapper json;

  UsersEndpoint(Answers answers, JdbcClient jdbc, Logins logins, JsonMapper json) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.logins = logins;
    this.json = json;
  }

  record User(
      long id,
      String email,
      String firstName,
      String lastName,
      @Nullable String phone,
      String role,
      String status,
      boolean isActive,
      boolean isVerified,
      String timezone,
      String language,
      @Nullable String licenseNumber,
      @Nullable String specialization,
      @Nullable String clinicName,
      @Nullable Instant lastLoginAt,
      int failedLoginAttempts,
      @Nullable Instant lockedUntil,
      Instant createdAt) {}

  /** A page of accounts, by number. */
  record UserPage(List<User> users, @Nullable String nextCursor, int limit, Instant computedAt) {}

  /**
   * Which accounts; what is null does not matter.
   *
   * @param email how the address begins
   */
  record Filter(
      @Nullable @Pattern(regexp = "parent|professional|admin") String role,
      @Nullable @Pattern(regexp = "active|inactive|suspended|pending|deleted") String status,
      @Nullable @Size(min = 1, max = 255) @Pattern(regexp = "[!-~]*") String email) {}

  @Operation(summary = "Accounts")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UserPage.class)))
  @GetMapping("/api/v1/users")
  ResponseEntity<byte[]> users(Asked asked, Page page, @Valid @ParameterObject Filter filter) {
    var found =
        jdbc.sql(
                USER
                    + """
                    WHERE id > :after
                      AND (:role::text IS NULL OR role = :role::text)
                      AND (:status::text IS NULL OR status = :status::text)
                      AND (:email::text IS NULL OR starts_with(email, :email::text))
                    ORDER BY id
                    LIMIT :most
                    """)
            .param("after", page.after() == null ? 0 : Cursor.id(page.after()))
            .param("role", filter.role(), Types.VARCHAR)
            .param("status", filter.status(), Types.VARCHAR)
            .param(
                "email",
                filter.email() == null ? null : filter.email().toLowerCase(Locale.ROOT),
                Types.VARCHAR)
            .param("most", page.limitAndOne())
            .query((row, _) -> json.readValue(row.getString(1), User.class))
            .list();
    var cut = page.cut(found, user -> Cursor.ofId(user.id()));
    return answers.of(
        new UserPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  @Operation(summary = "An account")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = User.class)))
  @GetMapping("/api/v1/users/{id}")
  ResponseEntity<byte[]> user(@PathVariable long id, Asked asked) {
    var user =
        jdbc.sql(USER + "WHERE id = :id")
            .param("id", id)
            .query((row, _) -> json.readValue(row.getString(1), User.class))
            .optional()
            .orElseThrow(() -> notFound(id));
    return answers.of(user, asked.fields());
  }

  record Status(@NotNull @Pattern(regexp = "active|inactive|suspended") String status) {}

  @Operation(summary = "Lets an account be used, or not; its logins end if it is not")
  @ApiResponse(responseCode = "204", description = "It counts from now on")
  @ApiResponse(responseCode = "409", description = "It is the account of who asks")
  @PutMapping("/api/v1/users/{id}/status")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(@PathVariable long id, @Valid @RequestBody Status status, Asked asked) {
    var active = status.status().equals("active");
    if (id == asked.viewer().id() && !active) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "nobody locks themselves out; ask another admin");
    }
    var changed =
        jdbc.sql(
                """
                UPDATE auth_users
                SET status = :status, is_active = :active, last_modified_by = :by, updated_at = now(),
                    failed_login_attempts = 0, locked_until = NULL
                WHERE id = :id
                """)
            .param("status", status.status())
            .param("active", active)
            .param("by", asked.viewer().id())
            .param("id", id)
            .update();
    if (changed == 0) {
      throw notFound(id);
    }
    if (!active) {
      logins.endAll(id, null, Logins.Reason.ACCOUNT);
    }
  }

  private static ProblemException notFound(long id) {
    return new ProblemException(HttpStatus.NOT_FOUND, "there is no user " + id);
  }
}
