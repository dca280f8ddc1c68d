package org.smileadventure.web.operations.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account.
 *
 * @param role parent, professional or admin
 * @param status active, inactive, suspended, pending or deleted
 * @param isVerified whether the address is theirs
 */
public record Person(
    long id,
    String email,
    String firstName,
    String lastName,
    String role,
    String status,
    boolean isVerified,
    @Nullable String licenseNumber,
    @Nullable String specialization,
    @Nullable String clinicName,
    @Nullable Instant lastLoginAt,
    Instant createdAt) {
  static final List<String> ROLES = List.of("parent", "professional", "admin");
  static final List<String> STATUSES =
      List.of("active", "inactive", "suspended", "pending", "deleted");

  /** What an admin can make of it. */
  private static final List<String> DECIDED = List.of("active", "inactive", "suspended");

  /** The other states that an admin can give it; a closed account stays closed. */
  public List<String> otherStatuses() {
    return status.equals("deleted")
        ? List.of()
        : DECIDED.stream().filter(other -> !other.equals(status)).toList();
  }

  public String name() {
    return firstName + " " + lastName;
  }
}
