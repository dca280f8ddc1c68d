package org.smileadventure.query.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a child's play went in a window. All but the counts by status are figures of completed
 * sessions. Days are the child's.
 */
record ChildAnalytics(
    long childId,
    Frame window,
    Totals totals,
    Share completionRate,
    Distribution score,
    Distribution engagement,
    Sources days,
    Instant computedAt) {

  private static final String INSUFFICIENT_DATA = "insufficient_data";

  /**
   * The window.
   *
   * @param from null: from the first day on
   */
  record Frame(String name, @Nullable LocalDate from, LocalDate to, String timeZone) {}

  record Totals(
      long sessions,
      long completed,
      long abandoned,
      long interrupted,
      long inProgress,
      double minutes,
      double activeMinutes,
      long interactions,
      long levels,
      long achievements) {}

  /**
   * A percentage of n cases.
   *
   * @param value from 0 to 100; null, with a reason and the n it takes, if there are too few cases
   */
  record Share(
      @Nullable Double value,
      long n,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nNeeded) {

    static Share of(long part, long n) {
      return n == 0
          ? new Share(null, 0, INSUFFICIENT_DATA, 1)
          : new Share(100.0 * part / n, n, null, null);
    }
  }

  /**
   * Mean, sample standard deviation and extremes of n values.
   *
   * @param mean null, as are the extremes, below one value
   * @param sd null below two values
   * @param nNeeded how many it takes for what is null
   */
  record Distribution(
      long n,
      @Nullable Double mean,
      @Nullable Double sd,
      @Nullable Double min,
      @Nullable Double max,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nNeeded) {

    static Distribution of(
        long n,
        @Nullable Double mean,
        @Nullable Double sd,
        @Nullable Double min,
        @Nullable Double max) {
      return n >= 2
          ? new Distribution(n, mean, sd, min, max, null, null)
          : new Distribution(n, mean, sd, min, max, INSUFFICIENT_DATA, n == 0 ? 1 : 2);
    }
  }

  /**
   * How many days with play came from the summary, and how many were computed as they were asked.
   */
  record Sources(long fromSummary, long live) {}
}
