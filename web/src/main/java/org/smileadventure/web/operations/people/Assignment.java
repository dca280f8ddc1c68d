package org.smileadventure.web.operations.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a professional may see a child.
 *
 * @param until of a temporary one
 * @param consented false: no guardian consents, so nothing is shown
 */
public record Assignment(
    long id,
    long childId,
    long professionalId,
    Instant assignedDate,
    String status,
    String assignmentType,
    @Nullable Instant until,
    @Nullable Instant endedAt,
    Permissions permissions,
    boolean consented) {
  static final List<String> TYPES = List.of("primary", "consulting", "temporary");

  /** Whether the professional may export, and read the notes of guardians. */
  public record Permissions(boolean export, boolean notes) {}

  public boolean isActive() {
    return status.equals("active");
  }
}
