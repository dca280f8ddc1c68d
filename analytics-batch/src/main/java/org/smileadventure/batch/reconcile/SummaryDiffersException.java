package org.smileadventure.batch.reconcile;

import java.util.List;

/** What is summarised is not what its definition says. */
final class SummaryDiffersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long found;

  /**
   * Names some of them.
   *
   * @param found how many rows differ, of those that were looked at before this was thrown
   */
  SummaryDiffersException(List<String> differences, long found) {
    super("the summaries differ from their definition, among others: " + differences);
    this.found = found;
  }

  long found() {
    return found;
  }
}
