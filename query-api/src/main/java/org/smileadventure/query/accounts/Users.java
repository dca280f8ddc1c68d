package org.smileadventure.query.accounts;

import jakarta.validation.constraints.Pattern;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.smileadventure.query.security.AccountAccess;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts, as admins see and change them. */
@Component
class Users {
  private static final String USER =
      """
      SELECT id, email, first_name, last_name, phone, role, status, is_active, is_verified, timezone, language,
             license_number, specialization, clinic_name, last_login_at, locked_until, created_at
      FROM auth_users
      """;

  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final AccountAccess access;
  private final Audit audit;
  private final InstantSource clock;

  Users(
      JdbcClient jdbc, Accounts accounts, AccountAccess access, Audit audit, InstantSource clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.access = access;
    this.audit = audit;
    this.clock = clock;
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
      @Nullable Instant lockedUntil,
      Instant createdAt) {}

  /**
   * Which accounts; what is null does not matter.
   *
   * @param email how the address begins
   */
  record Filter(
      @Nullable @Pattern(regexp = "parent|professional|admin") String role,
      @Nullable @Pattern(regexp = "active|inactive|suspended|pending|deleted") String status,
      @Nullable @TypedText(max = Canonical.MAX_EMAIL) String email) {}

  /**
   * A page of them, by number. That it was read is on record, without the address that was typed.
   */
  @Transactional
  Page.Cut<User> find(Filter filter, Page page, Viewer admin) {
    audit.record(
        admin,
        "users_read",
        "list"
            + (filter.role() == null ? "" : " of role " + filter.role())
            + (filter.status() == null ? "" : " of status " + filter.status())
            + (filter.email() == null ? "" : " by address")
            + (page.after() == null ? "" : " after " + Cursor.id(page.after())));
    // A plan for any filter would read the whole table.
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
    var found =
        jdbc.sql(
                USER
                    + """
                    WHERE id > :after
                      AND (:role::text IS NULL OR role = :role::text)
                      AND (:status::text IS NULL OR status = :status::text)
                      AND (:email::text IS NULL OR starts_with(email, lower(:email::text)))
                    ORDER BY id
                    LIMIT :most
                    """)
            .param("after", page.after() == null ? 0 : Cursor.id(page.after()))
            .param("role", filter.role(), Types.VARCHAR)
            .param("status", filter.status(), Types.VARCHAR)
            .param("email", filter.email(), Types.VARCHAR)
            .param("most", page.limitAndOne())
            .query(new SimplePropertyRowMapper<>(User.class))
            .list();
    return page.cut(found, user -> Cursor.ofId(user.id()));
  }

  @Transactional
  Optional<User> find(long id, Viewer admin) {
    audit.record(admin, "users_read", "user " + id);
    return jdbc.sql(USER + "WHERE id = :id").param("id", id).query(User.class).optional();
  }

  /**
   * Decides whether an account may be used; returns whether there is such an account.
   *
   * @throws ProblemException with 409 if it is closed
   */
  @Transactional
  boolean decide(long id, String status, Viewer admin) {
    var found = accounts.findLockedById(id);
    if (found.isEmpty()) {
      return false;
    }
    var account = found.get();
    if (account.isClosed()) {
      throw new ProblemException(HttpStatus.CONFLICT, "the account was closed, for good");
    }
    account.decide(status, admin.id(), clock.instant());
    accounts.save(account);
    if (account.isInUse()) {
      access.begin(id);
    } else {
      access.end(id);
    }
    audit.record(admin, "account_status", "user " + id + " " + status);
    return true;
  }
}
