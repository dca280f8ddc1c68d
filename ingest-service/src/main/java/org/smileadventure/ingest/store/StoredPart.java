package org.smileadventure.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/** What is stored of a session before a batch. */
final class StoredPart {
  static final StoredPart NOTHING = new StoredPart(new int[0], false, false);

  private final int[] bounds;
  private final boolean hasStarted;
  private final boolean hasEnded;

  /**
   * @param bounds of the ranges of stored sequences, in order: the first one of each, and the first
   *     one after it
   */
  private StoredPart(int[] bounds, boolean hasStarted, boolean hasEnded) {
    this.bounds = bounds;
    this.hasStarted = hasStarted;
    this.hasEnded = hasEnded;
  }

  static StoredPart of(ResultSet row) throws SQLException {
    return new StoredPart(
        bounds(row.getString("ranges")),
        row.getBoolean("has_started"),
        row.getBoolean("has_ended"));
  }

  /** As PostgreSQL writes a multirange of integers: {@code {[1,8),[11,12)}}. */
  private static int[] bounds(String ranges) {
    return Stream.of(ranges.substring(2, ranges.length() - 2).split("\\D+", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /** Whether its row says so, as the next one. */
  boolean hasStarted() {
    return hasStarted;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  boolean holds(int sequence) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (sequence < bounds[i + 1]) {
        return sequence >= bounds[i];
      }
    }
    return false;
  }

  int count() {
    int count = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      count += bounds[i + 1] - bounds[i];
    }
    return count;
  }
}
