package org.smileadventure.web.operations.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of records that are sent again now. Nothing was sent.
 *
 * @param checked records of the reason
 * @param nextCursor null: these were all
 */
public record Check(
    long checked, List<Outcome> outcomes, List<Item> items, @Nullable String nextCursor) {

  /**
   * What would become of so many.
   *
   * @param outcome stored, duplicate, too_large, without_value, already_replayed or a reason
   */
  public record Outcome(String outcome, long records) {}

  public record Item(long id, String outcome, @Nullable String detail) {}
}
