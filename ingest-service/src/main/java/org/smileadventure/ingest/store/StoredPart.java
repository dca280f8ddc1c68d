package org.smileadventure.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/** What is stored of a session before a batch. */
final class StoredPart {
  static final StoredPart NOTHING = new StoredPart(null, new int[0], false, false);

  private final @Nullable ChildId owner;
  private final int[] bounds;
  private final boolean hasEnded;
  private final boolean forgotten;

  /**
   * @param bounds of the ranges of stored sequences, in order: the first one of each, and the first
   *     one after it
   */
  private StoredPart(@Nullable ChildId owner, int[] bounds, boolean hasEnded, boolean forgotten) {
    this.owner = owner;
    this.bounds = bounds;
    this.hasEnded = hasEnded;
    this.forgotten = forgotten;
  }

  static StoredPart of(ResultSet row) throws SQLException {
    var owner = row.getObject("child_id", Long.class);
    return new StoredPart(
        owner == null ? null : new ChildId(owner),
        owner == null ? new int[0] : bounds(row.getString("ranges")),
        row.getBoolean("has_ended"),
        row.getBoolean("forgotten"));
  }

  /** As PostgreSQL writes a multirange of integers: {@code {[1,8),[11,12)}}. */
  private static int[] bounds(String ranges) {
    return Stream.of(ranges.substring(2, ranges.length() - 2).split("\\D+", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /** Null: nothing is stored. */
  @Nullable ChildId owner() {
    return owner;
  }

  /** Whether its row says so. */
  boolean hasEnded() {
    return hasEnded;
  }

  boolean isForgotten() {
    return forgotten;
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
