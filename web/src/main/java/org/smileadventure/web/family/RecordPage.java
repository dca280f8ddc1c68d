package org.smileadventure.web.family;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is on record about a child, newest first.
 *
 * @param looks empty on the page of changes, as the changes on that of looks
 * @param next null: there is nothing older
 */
public record RecordPage(
    Profile profile, List<Look> looks, List<Change> changes, @Nullable String next) {

  /** A page of the access log. */
  public record Looks(List<Look> entries, @Nullable String nextCursor) {}

  /** A page of the changes. */
  public record Changes(List<Change> changes, @Nullable String nextCursor) {}

  /**
   * Somebody looked, or decided something.
   *
   * @param name null: nobody who is known by name here
   * @param what of a look: the request
   */
  public record Look(Instant at, String role, @Nullable String name, String action, String what) {
    /** The side of the child that was looked at: {@code analytics}; empty: something else. */
    public String side() {
      var path = what.split(" ", -1);
      var parts = path.length == 2 ? path[1].split("[/?]", -1) : new String[0];
      return parts.length > 5 ? parts[5] : "";
    }
  }

  /** A field that was changed. */
  public record Change(
      Instant changedAt,
      @Nullable String changedByName,
      String field,
      @Nullable Object oldValue,
      @Nullable Object newValue) {

    /** Whether the values can be shown as they are. */
    public boolean isPlain() {
      return isPlain(oldValue) && isPlain(newValue);
    }

    private static boolean isPlain(@Nullable Object value) {
      return !(value instanceof List<?> || value instanceof Map<?, ?>);
    }
  }
}
