package org.smileadventure.query.phase;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is so for a child from a day on.
 *
 * @param until the last day, itself in it; null: it goes on
 * @param kind baseline, therapy, medication, scenario, holiday or other
 * @param source noted; or profile, of a therapy that stands in the child's profile and is changed
 *     there
 * @param madeBy the account of who noted it; null, as are the next three: it is of the profile
 * @param madeAs parent or professional
 * @param version by which it is changed (If-Match)
 */
public record Phase(
    UUID id,
    LocalDate day,
    @Nullable LocalDate until,
    String kind,
    String label,
    String source,
    @Nullable Long madeBy,
    @Nullable String madeAs,
    @Nullable Instant madeAt,
    @Nullable Long version) {
  static final String NOTED = "noted";
  static final String PROFILE = "profile";

  boolean isOfProfile() {
    return source.equals(PROFILE);
  }

  /**
   * Whether its first or its last day is one of these.
   *
   * @param first null: from the first day on
   */
  public boolean beginsOrEndsIn(@Nullable LocalDate first, LocalDate last) {
    return isIn(day, first, last) || (until != null && isIn(until, first, last));
  }

  private static boolean isIn(LocalDate day, @Nullable LocalDate first, LocalDate last) {
    return !(first != null && day.isBefore(first)) && !day.isAfter(last);
  }
}
