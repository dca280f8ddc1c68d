package org.smileadventure.query.analytics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Lack;
import org.smileadventure.common.metric.WindowFigures;

/** How a child's play went in a window. Days are the child's. */
public record ChildAnalytics(
    long childId,
    Frame window,
    @JsonUnwrapped WindowFigures figures,
    Cohort cohort,
    Sources days,
    Instant computedAt) {

  /**
   * The window.
   *
   * @param from null: from the first day on
   */
  public record Frame(String name, @Nullable LocalDate from, LocalDate to, String timeZone) {}

  /**
   * Where the child stands among those of its age and support level.
   *
   * @param scoreFifth from 1, the lowest fifth, to 5; null, as the next one, if there were fewer
   *     than 20 of them with 3 completed sessions when they were last ranked, or the child had not
   *     so many, or is not counted in the population
   * @param asOf the day on which the cohort was looked at; null: never
   * @param lack in children
   */
  public record Cohort(
      @Nullable Integer scoreFifth,
      @Nullable Integer engagementFifth,
      @Nullable LocalDate asOf,
      @JsonUnwrapped @Nullable Lack lack) {
    private static final int LEAST_CHILDREN = 20;

    static Cohort of(
        @Nullable Integer scoreFifth, @Nullable Integer engagementFifth, @Nullable LocalDate asOf) {
      var lacks = asOf != null && (scoreFifth == null || engagementFifth == null);
      return new Cohort(
          scoreFifth, engagementFifth, asOf, lacks ? Lack.ofCases(LEAST_CHILDREN) : null);
    }
  }

  /**
   * How many days with play came from the summary, and how many were computed as they were asked.
   */
  public record Sources(long fromSummary, long live) {}
}
