package org.smileadventure.web.operations.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, and what of it waits to be summarised.
 *
 * @param dirtyMonths of children; 10,001: more than 10,000
 * @param reconcile null: nothing was compared yet
 */
public record StoredData(
    long dirtyMonths,
    @Nullable String oldestDirtyMonth,
    @Nullable Instant oldestDirtySince,
    @Nullable Long dirtyWindows,
    @Nullable Reconcile reconcile,
    List<EventPartition> eventPartitions,
    List<Table> tables,
    @Nullable Long databaseBytes) {
  private static final int MOST_COUNTED = 10_000;

  /** Stored figures were computed anew and compared. */
  public record Reconcile(
      @Nullable String executionId,
      @Nullable Instant endedAt,
      @Nullable String status,
      @Nullable Long differences) {}

  /**
   * A month of events.
   *
   * @param from null: it takes what no other takes
   */
  public record EventPartition(
      String name,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long rowsEstimated,
      @Nullable Long sizeBytes) {}

  public record Table(
      String table,
      @Nullable Long rowsEstimated,
      @Nullable Long sizeBytes,
      @Nullable Long indexBytes) {}

  /** Whether there are more months than are counted. */
  public boolean isManyDirty() {
    return dirtyMonths > MOST_COUNTED;
  }
}
