package org.smileadventure.query.children;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the children that the viewer may see, by number.
 *
 * @param nextCursor for the page after; null on the last one
 */
record ChildPage(List<Child> children, @Nullable String nextCursor, int limit, Instant computedAt) {

  /**
   * A child in a list.
   *
   * @param lastSessionDay where the child lives; null: it never played
   */
  record Child(
      long id,
      long parentId,
      String name,
      int age,
      @Nullable LocalDate dateOfBirth,
      @Nullable String avatarUrl,
      String timezone,
      int points,
      int level,
      List<String> achievements,
      @Nullable String diagnosis,
      @Nullable Integer supportLevel,
      @Nullable String communicationStyle,
      boolean isActive,
      Instant createdAt,
      Instant updatedAt,
      @Nullable LocalDate lastSessionDay) {}
}
