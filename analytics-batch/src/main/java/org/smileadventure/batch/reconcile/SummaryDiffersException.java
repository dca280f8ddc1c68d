package org.smileadventure.batch.reconcile;

import java.util.List;

/** What is summarised is not what its definition says. */
final class SummaryDiffersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SummaryDiffersException(List<String> differences) {
    super("the summaries differ from their definition, among others: " + differences);
  }
}
