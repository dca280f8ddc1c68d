package org.smileadventure.web.operations.quarantine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in quarantine.
 *
 * @param counted records that were looked at
 * @param complete false: there are older ones that were not counted
 * @param nextId of the record that will come next
 * @param unseen records that came after the last one that somebody has marked as seen
 */
public record Counts(
    long counted,
    boolean complete,
    @Nullable Long firstId,
    @Nullable Long nextId,
    @Nullable Long seenUpTo,
    long unseen,
    @Nullable Instant oldestUnseenAt,
    List<Reason> reasons) {

  /**
   * The records that were set aside for a reason.
   *
   * @param reason null: they came without one
   */
  public record Reason(
      @Nullable String reason,
      long records,
      long replayed,
      @Nullable Instant oldestAt,
      @Nullable Instant newestAt) {}

  /** The newest record that was there; −1: none was. */
  public long last() {
    return nextId == null ? -1 : nextId - 1;
  }
}
