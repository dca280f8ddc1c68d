package org.smileadventure.query.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.Viewer;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/** An account, and what may become of it. Its address and its role stay as they are. */
@Table("auth_users")
@SuppressWarnings("UnusedVariable") // what is only written here is read by others, in the database
final class Account {
  @Id private final Long id;
  @ReadOnlyProperty private final String email;
  @ReadOnlyProperty private final String role;
  @ReadOnlyProperty private final @Nullable String licenseNumber;
  @ReadOnlyProperty private final Instant createdAt;
  private String hashedPassword;
  private String status;
  private boolean isActive;
  private boolean isVerified;
  private @Nullable Instant emailVerifiedAt;
  private int failedLoginAttempts;
  private @Nullable Instant lockedUntil;
  @Embedded.Empty private Profile profile;
  private @Nullable Long lastModifiedBy;
  private Instant updatedAt;
  @Version private final Long version;

  @PersistenceCreator
  Account(
      Long id,
      String email,
      String role,
      @Nullable String licenseNumber,
      Instant createdAt,
      String hashedPassword,
      String status,
      boolean isActive,
      boolean isVerified,
      @Nullable Instant emailVerifiedAt,
      int failedLoginAttempts,
      @Nullable Instant lockedUntil,
      Profile profile,
      @Nullable Long lastModifiedBy,
      Instant updatedAt,
      Long version) {
    this.id = id;
    this.email = email;
    this.role = role;
    this.licenseNumber = licenseNumber;
    this.createdAt = createdAt;
    this.hashedPassword = hashedPassword;
    this.status = status;
    this.isActive = isActive;
    this.isVerified = isVerified;
    this.emailVerifiedAt = emailVerifiedAt;
    this.failedLoginAttempts = failedLoginAttempts;
    this.lockedUntil = lockedUntil;
    this.profile = profile;
    this.lastModifiedBy = lastModifiedBy;
    this.updatedAt = updatedAt;
    this.version = version;
  }

  long id() {
    return id;
  }

  String email() {
    return email;
  }

  String role() {
    return role;
  }

  @Nullable String licenseNumber() {
    return licenseNumber;
  }

  Instant createdAt() {
    return createdAt;
  }

  String hashedPassword() {
    return hashedPassword;
  }

  String status() {
    return status;
  }

  boolean isVerified() {
    return isVerified;
  }

  Profile profile() {
    return profile;
  }

  long version() {
    return version;
  }

  /** Who is at it, for the record. */
  Viewer viewer() {
    return new Viewer(id, role);
  }

  /** Whether somebody can log in. */
  boolean isInUse() {
    return isActive && status.equals("active");
  }

  boolean isWaiting() {
    return isActive && status.equals("pending");
  }

  boolean isClosed() {
    return status.equals("deleted");
  }

  /** Its mail is read: a parent may come in, and a professional waits for an admin. */
  void verify(Instant now) {
    if (!isVerified) {
      isVerified = true;
      emailVerifiedAt = now;
    }
    if (isWaiting() && role.equals("parent")) {
      status = "active";
    }
    changed(id, now);
  }

  /** An admin lets it be used, or not. What locked it is forgotten. */
  void decide(String decided, long admin, Instant now) {
    status = decided;
    isActive = decided.equals("active");
    unlock();
    changed(admin, now);
  }

  /** Another password counts. */
  void encode(String hash, Instant now) {
    hashedPassword = hash;
    changed(id, now);
  }

  /** What locked it is forgotten. */
  void unlock() {
    failedLoginAttempts = 0;
    lockedUntil = null;
  }

  void describe(Profile said, Instant now) {
    profile = said;
    changed(id, now);
  }

  void close(Instant now) {
    status = "deleted";
    isActive = false;
    changed(id, now);
  }

  private void changed(long by, Instant now) {
    lastModifiedBy = by;
    updatedAt = now;
  }
}
